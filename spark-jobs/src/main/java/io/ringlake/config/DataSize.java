package io.ringlake.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of data; units are powers of 1024, as Spark reads them.
 *
 * @param bytes above 0
 */
public record DataSize(long bytes) {

  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18}) *([KMGT]?B)");

  public DataSize {
    if (bytes <= 0) {
      throw new IllegalArgumentException("A data size of %d bytes is not above 0".formatted(bytes));
    }
  }

  /**
   * Reads a whole number above 0 and a unit, in any case: {@code 128MB}.
   *
   * @throws IllegalArgumentException if the text is something else; the message continues "key is
   *     'text', "
   */
  public static DataSize parse(String text) {
    Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (size.matches()) {
      long count = Long.parseLong(size.group(1));
      long unit = 1L << (10 * UNITS.indexOf(size.group(2)));
      if (count > 0 && count <= Long.MAX_VALUE / unit) {
        return new DataSize(count * unit);
      }
    }
    throw new IllegalArgumentException(
        "which is not a data size. Use a whole number above 0 and B, KB, MB, GB or TB, for example 128MB.");
  }

  /** The size in the largest unit that it is a whole number of, as {@link #parse} reads it. */
  @Override
  public String toString() {
    int unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.size() - 1);
    return (bytes >> (10 * unit)) + UNITS.get(unit);
  }
}
