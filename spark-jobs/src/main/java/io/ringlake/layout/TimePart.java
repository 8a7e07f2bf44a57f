package io.ringlake.layout;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.dayofmonth;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import java.util.Locale;
import org.apache.spark.sql.Column;

/**
 * A part of a time that names folders. It is computed from microseconds or days since the epoch
 * alone, so that it is that of UTC whatever time zone Spark's session has.
 */
public enum TimePart {
  /** At least four digits; a sign before years below 0. */
  YEAR(4),
  /** 01 to 12. */
  MONTH(2),
  /** 01 to 31, of the month. */
  DAY(2),
  /** 00 to 23. */
  HOUR(2),
  /** 00 to 59. */
  MINUTE(2);

  private static final long MINUTE_MICROS = 60_000_000L;
  private static final long HOUR_MICROS = 60 * MINUTE_MICROS;
  private static final long DAY_MICROS = 24 * HOUR_MICROS;

  private final int digits;

  TimePart(int digits) {
    this.digits = digits;
  }

  /** The name of the function in {@code --partition-by}, and of its folders. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a date has this part. */
  boolean isOfDates() {
    return this == YEAR || this == MONTH || this == DAY;
  }

  /** The least value, where the part has few; years are not counted. */
  private int least() {
    return this == MONTH || this == DAY ? 1 : 0;
  }

  /** How many values the part can have; 0 for years, which have no bound. */
  int bound() {
    return switch (this) {
      case YEAR -> 0;
      case MONTH -> 12;
      case DAY -> 31;
      case HOUR -> 24;
      case MINUTE -> 60;
    };
  }

  /** The part as a number that begins with 0 where there is a {@link #bound}. */
  Column number(Column text) {
    return text.cast("int").minus(lit(least()));
  }

  /**
   * The part as text, padded with zeros; null where there is no time.
   *
   * @param micros bigint, microseconds since the epoch, any value; or null
   */
  Column ofMicros(Column micros) {
    return switch (this) {
      case YEAR, MONTH, DAY -> ofDays(floorDivide(micros, DAY_MICROS).cast("int"));
      case HOUR -> padded(divide(pmod(micros, lit(DAY_MICROS)), HOUR_MICROS));
      case MINUTE -> padded(divide(pmod(micros, lit(HOUR_MICROS)), MINUTE_MICROS));
    };
  }

  /**
   * The part as text, padded with zeros; null where there is no date.
   *
   * @param days int, days since the epoch, any value; or null
   */
  Column ofDays(Column days) {
    Column date = date_from_unix_date(days);
    return switch (this) {
      case YEAR -> {
        Column year = year(date);
        yield when(year.between(0, 9999), padded(year)).otherwise(year.cast("string"));
      }
      case MONTH -> padded(month(date));
      case DAY -> padded(dayofmonth(date));
      case HOUR, MINUTE -> throw new IllegalStateException("A date has no %s".formatted(folder()));
    };
  }

  private Column padded(Column number) {
    return lpad(number.cast("string"), digits, "0");
  }

  /** Division without the detour over double that {@code /} of Spark takes; rounds down. */
  static Column floorDivide(Column dividend, long divisor) {
    Column remainderSign = shiftright(dividend.mod(lit(divisor)), 63);
    return divide(dividend, divisor).plus(remainderSign);
  }

  /** The same, rounding towards zero. */
  private static Column divide(Column dividend, long divisor) {
    return call_function("div", dividend, lit(divisor));
  }
}
