package io.ringlake.types;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * Decimals and varints as numbers of a fixed precision and scale. A value fits if it is the same
 * number there: zeros at its end may be dropped or added, nothing is rounded.
 */
final class DecimalDecoder extends BoundedDecoder {

  private static final long serialVersionUID = 1L;

  private final TextDecoders.UnboundedNumber number;
  private final int precision;
  private final int scale;

  DecimalDecoder(TextDecoders.UnboundedNumber number, DecimalType type, ValueSite site) {
    super(type, site);
    this.number = number;
    this.precision = type.precision();
    this.scale = type.scale();
  }

  @Override
  boolean fits(ByteBuffer bytes) {
    return exact(number.value(bytes)) != null;
  }

  @Override
  public Decimal getDecimal(ByteBuffer bytes) {
    BigDecimal exact = exact(number.value(bytes));
    if (exact == null) {
      throw misfit(
          "A number in column %%s does not fit into %s as it is.".formatted(type().simpleString()),
          "another --decimal-as");
    }
    return Decimal.apply(exact, precision, scale);
  }

  /** The same number with the scale of the type; null if there is none. */
  private @Nullable BigDecimal exact(BigDecimal value) {
    if (value.scale() == scale) {
      return value.precision() <= precision ? value : null;
    }
    if (value.signum() == 0) {
      return BigDecimal.ZERO.setScale(scale);
    }
    // In long, and before any power of ten is reckoned: a scale can be 2147483647.
    long digits = value.precision();
    long surplus = (long) value.scale() - scale;
    if (digits - surplus > precision || surplus >= digits) {
      return null;
    }
    BigDecimal scaled = value.setScale(scale, RoundingMode.DOWN);
    return scaled.compareTo(value) == 0 ? scaled : null;
  }
}
