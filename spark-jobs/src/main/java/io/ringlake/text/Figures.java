package io.ringlake.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** How numbers are printed for people: the same in bars, log lines and summaries. */
public final class Figures {

  private static final String[] UNITS = {"KB", "MB", "GB", "TB", "PB", "EB"};

  private static final BigDecimal NEARLY_ALL = new BigDecimal("99.9");

  private Figures() {}

  /** A number with commas: {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number and its noun: {@code 1 file}, {@code 1,234 files}. */
  public static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** Bytes in powers of 1024, as {@code --file-size} reads them: {@code 345.6 MB}. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return count(bytes, "byte");
    }
    double amount = bytes / 1024.0;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /**
   * A share, rounded down so that only the whole is {@code 100.0 %}.
   *
   * @param share 0 to 1
   */
  public static String percent(double share) {
    // What sums of shares lack of a round number is not worth a tenth.
    double tenths = share < 1 ? Math.min(Math.floor(share * 1000 + 1e-6), 999) : 1000;
    return String.format(Locale.ROOT, "%.1f %%", tenths / 10);
  }

  /**
   * How much of a whole something is, however little: {@code 12.5 %}, {@code 0.0123 %}. Three
   * figures, and only the whole is {@code 100 %}.
   *
   * @param share above 0, at most 1
   */
  public static String share(double share) {
    BigDecimal percent = new BigDecimal(share * 100).round(new MathContext(3));
    if (share < 1 && percent.compareTo(NEARLY_ALL) > 0) {
      percent = NEARLY_ALL;
    }
    return percent.stripTrailingZeros().toPlainString() + " %";
  }

  /** A time in whole seconds: {@code 0:07}, {@code 1:23}, {@code 2:03:45}. */
  public static String time(Duration time) {
    long seconds = time.plusMillis(500).toSeconds();
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
