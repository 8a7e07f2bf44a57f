package io.ringlake.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the text of a setting is read. */
@FunctionalInterface
public interface ValueFormat<T> {

  /**
   * Reads a text; its spelling in messages and in a checkpoint is the result's {@code toString}.
   *
   * @throws IllegalArgumentException if the text cannot be read; the message continues "key is
   *     'text', "
   */
  T parse(String text);

  /** Any text that is not blank; spaces at its ends are removed. */
  static ValueFormat<String> text() {
    return text -> {
      if (text.isBlank()) {
        throw new IllegalArgumentException("which is empty. Set it or leave it out.");
      }
      return text.strip();
    };
  }

  /** A path, with a scheme or without one, as Hadoop reads them. */
  static ValueFormat<String> path() {
    Pattern schemeWithoutSlash = Pattern.compile("[^/:]*:(?!/).*");
    return text -> {
      String path = text().parse(text);
      if (schemeWithoutSlash.matcher(path).matches()) {
        throw new IllegalArgumentException(
            "which is not a path: a slash follows a scheme, as in file:///data/lake.");
      }
      return path;
    };
  }

  /** A text all of which matches a pattern. */
  static ValueFormat<String> matching(Pattern pattern, String otherwise) {
    return text -> {
      if (!pattern.matcher(text.strip()).matches()) {
        throw new IllegalArgumentException(otherwise);
      }
      return text.strip();
    };
  }

  /** Values separated by commas; none if the text is blank. */
  static <T> ValueFormat<List<T>> listOf(ValueFormat<T> element) {
    return text ->
        text.isBlank()
            ? List.of()
            : Arrays.stream(text.split(",", -1)).map(element::parse).toList();
  }

  /**
   * Any text, also none, without the spaces around it and, outside of double quotes, those beside
   * commas and parentheses.
   */
  static ValueFormat<String> compactText() {
    Pattern quotedOrSpaces = Pattern.compile("(\"[^\"]*\")|(?<=[,()])\\s+|\\s+(?=[,()])");
    return text ->
        quotedOrSpaces
            .matcher(text.strip())
            .replaceAll(
                match -> Matcher.quoteReplacement(Objects.requireNonNullElse(match.group(1), "")));
  }

  /** {@code true} or {@code false}. */
  static ValueFormat<Boolean> bool() {
    return text -> Boolean.valueOf(oneOf(List.of("true", "false")).parse(text));
  }

  /** One of some words, in any case; the result is spelled as in the list. */
  static ValueFormat<String> oneOf(List<String> words) {
    return text -> {
      for (String word : words) {
        if (word.equalsIgnoreCase(text.strip())) {
          return word;
        }
      }
      throw new IllegalArgumentException(
          "which is not known. Use one of: %s.".formatted(String.join(", ", words)));
    };
  }

  /** A whole number. */
  static ValueFormat<Integer> number(int least, int greatest) {
    return text -> {
      String digits = text.strip();
      if (digits.matches("\\d{1,9}")) {
        int number = Integer.parseInt(digits);
        if (number >= least && number <= greatest) {
          return number;
        }
      }
      throw new IllegalArgumentException(
          "which is not a whole number from %d to %d.".formatted(least, greatest));
    };
  }

  /** A share of a whole, above 0 and at most 1, with up to six decimals. */
  static ValueFormat<BigDecimal> share() {
    Pattern pattern = Pattern.compile("[01]?\\.\\d{1,6}|1");
    return text -> {
      if (pattern.matcher(text.strip()).matches()) {
        BigDecimal share = new BigDecimal(text.strip()).stripTrailingZeros();
        if (share.signum() > 0 && share.compareTo(BigDecimal.ONE) <= 0) {
          return share;
        }
      }
      throw new IllegalArgumentException(
          "which is not a share. Use a number above 0 and at most 1, with up to six decimals, for"
              + " example 0.01.");
    };
  }

  /** A whole number above 0 and {@code ms}, {@code s}, {@code m} or {@code h}. */
  static ValueFormat<Duration> duration() {
    Pattern pattern = Pattern.compile("0*([1-9]\\d{0,8}) *(ms|s|m|h)");
    return text -> {
      Matcher duration = pattern.matcher(text.strip());
      if (!duration.matches()) {
        throw new IllegalArgumentException(
            "which is not a length of time. Use a whole number above 0 and ms, s, m or h, for"
                + " example 15s.");
      }
      long number = Long.parseLong(duration.group(1));
      return switch (duration.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    };
  }

  /** The words for the constants of an enum. */
  static <E extends Enum<E>> List<String> words(E[] constants) {
    return Arrays.stream(constants).map(ValueFormat::word).toList();
  }

  /** The word for a constant of an enum. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
