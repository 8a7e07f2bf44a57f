package io.ringlake.types;

import io.ringlake.config.OnOverflow;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** Values of a CQL type that has some which the Spark type does not hold. */
abstract class BoundedDecoder extends CellDecoder {

  private static final long serialVersionUID = 1L;

  private final ValueSite site;

  /**
   * @param site where the values stand, and what becomes of those that do not fit
   */
  BoundedDecoder(DataType type, ValueSite site) {
    super(type);
    this.site = site;
  }

  /** Whether the Spark type holds the value in a cell as it is. */
  abstract boolean fits(ByteBuffer bytes);

  @Override
  public final boolean mayMisfit() {
    return site.onOverflow() != OnOverflow.FAIL;
  }

  @Override
  public final int misfits(@Nullable ByteBuffer bytes) {
    return bytes == null || bytes.remaining() == 0 || fits(bytes) ? 0 : 1;
  }

  @Override
  public final boolean isNull(@Nullable ByteBuffer bytes) {
    return bytes == null || bytes.remaining() == 0 || (mayMisfit() && !fits(bytes));
  }

  /**
   * What ends the run.
   *
   * @param why for example {@code "A timestamp in column %s does not fit"}
   * @param settings that would let it through, beside those for all such values
   */
  final RunFailure misfit(String why, String... settings) {
    return new RunFailure(
        ErrorCode.VALUE_OUT_OF_RANGE, why.formatted(site.column()), site.remedy(settings));
  }
}
