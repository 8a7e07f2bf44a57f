package io.ringlake.types;

import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Values that a type does not hold, as text; null for all others. */
final class MisfitText extends CellDecoder {

  private static final long serialVersionUID = 1L;

  private final BoundedDecoder bounded;
  private final CellDecoder text;

  /**
   * @param text decodes the same cells, all of them
   */
  MisfitText(BoundedDecoder bounded, CellDecoder text) {
    super(DataTypes.StringType);
    this.bounded = bounded;
    this.text = text;
  }

  @Override
  public boolean isNull(@Nullable ByteBuffer bytes) {
    return bounded.misfits(bytes) == 0;
  }

  @Override
  public UTF8String getText(ByteBuffer bytes) {
    return text.getText(bytes);
  }
}
