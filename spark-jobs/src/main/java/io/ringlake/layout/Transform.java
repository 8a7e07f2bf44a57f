package io.ringlake.layout;

import java.util.Locale;

/**
 * What a table partitions its rows by, by itself.
 *
 * @param column of the rows
 * @param argument buckets or width, 0 for functions that take none
 */
public record Transform(Function function, String column, int argument) {

  /** As Iceberg has them. */
  public enum Function {
    IDENTITY,
    YEAR,
    MONTH,
    DAY,
    HOUR,
    BUCKET,
    TRUNCATE
  }

  /** For people: {@code month(placed)}. */
  @Override
  public String toString() {
    String name = function.name().toLowerCase(Locale.ROOT);
    return argument == 0
        ? "%s(%s)".formatted(name, column)
        : "%s(%d,%s)".formatted(name, argument, column);
  }
}
