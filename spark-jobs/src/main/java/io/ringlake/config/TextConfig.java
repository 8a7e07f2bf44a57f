package io.ringlake.config;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How values are spelled in CSV and JSON.
 *
 * @param csvDelimiter between two values of a row
 * @param csvQuote around a value of CSV that could be taken for something else
 * @param csvEscape before a quote within quotes; the same character as the quote doubles it, as RFC
 *     4180 has it
 * @param csvHeader whether each file of CSV begins with the names of its columns
 * @param csvNull what a null is in CSV; a text that is the same stands in quotes
 * @param jsonArray whether a file of JSON is one array, not a row in each line
 * @param encoding the name of a character set
 * @param timestampFormat {@link #ISO}, or a pattern of {@link DateTimeFormatter}
 * @param writetimeFormat {@link #ISO}, {@link #MICROS} since the epoch, or a pattern
 * @param timeZone the zone that both are in
 * @param blobAs how bytes are spelled
 */
public record TextConfig(
    char csvDelimiter,
    char csvQuote,
    char csvEscape,
    boolean csvHeader,
    String csvNull,
    boolean jsonArray,
    String encoding,
    String timestampFormat,
    String writetimeFormat,
    String timeZone,
    BlobText blobAs)
    implements Serializable {

  /** The word for ISO 8601 with microseconds: {@code 2026-01-31T12:00:00.123456Z}. */
  public static final String ISO = "iso";

  /** The word for a whole number of microseconds since the epoch. */
  public static final String MICROS = "micros";

  private static final String ISO_PATTERN = "uuuu-MM-dd'T'HH:mm:ss.SSSSSSZZZZZ";
  private static final String TAB = "\\t";

  /** Differs from the epoch in each field. */
  private static final Instant ANOTHER = Instant.parse("-0043-11-30T23:59:58.987654Z");

  /** How bytes are spelled. */
  public enum BlobText {
    BASE64,
    HEX
  }

  static TextConfig from(Settings settings, OutputFormat format) {
    TextConfig text =
        new TextConfig(
            settings.value("csv-delimiter", TextConfig::character),
            settings.value("csv-quote", TextConfig::character),
            settings.value("csv-escape", TextConfig::character),
            settings.value("csv-header", ValueFormat.bool()),
            settings.value("csv-null", word -> word),
            settings.value("json-array", ValueFormat.bool()),
            settings.value("encoding", TextConfig::encoding),
            settings.value("timestamp-format", pattern(ISO)),
            settings.value("writetime-format", pattern(ISO, MICROS)),
            settings.value("time-zone", TextConfig::zone),
            settings.constant("blob-as", BlobText.values()));
    text.refuseAmbiguity(settings);
    refuseStrangers(settings, format);
    return text;
  }

  /** The formatter of a pattern or of {@link #ISO}, in the zone. */
  public DateTimeFormatter formatter(String format) {
    return DateTimeFormatter.ofPattern(format.equals(ISO) ? ISO_PATTERN : format, Locale.ROOT)
        .withZone(ZoneId.of(timeZone));
  }

  private void refuseAmbiguity(Settings settings) {
    if (csvDelimiter == csvQuote || csvDelimiter == csvEscape) {
      settings.problem(
          "csv-delimiter",
          "csv-delimiter is the same character as csv-quote (%s) or csv-escape (%s). Choose another"
                  .formatted(csvQuote, csvEscape)
              + " one.");
    }
    if (csvNull.indexOf(csvDelimiter) >= 0
        || csvNull.indexOf(csvQuote) >= 0
        || csvNull.indexOf(csvEscape) >= 0
        || csvNull.contains("\n")
        || csvNull.contains("\r")) {
      settings.problem(
          "csv-null",
          "csv-null is '%s', which holds the delimiter, a quote, the escape or an end of line. Choose"
                  .formatted(csvNull)
              + " another one.");
    }
  }

  private static void refuseStrangers(Settings settings, OutputFormat format) {
    List<String> strangers = new ArrayList<>();
    if (format != OutputFormat.CSV) {
      strangers.addAll(
          List.of("csv-delimiter", "csv-quote", "csv-escape", "csv-header", "csv-null"));
    }
    if (format != OutputFormat.JSON) {
      strangers.add("json-array");
    }
    if (!format.isText()) {
      strangers.addAll(
          List.of("encoding", "timestamp-format", "writetime-format", "time-zone", "blob-as"));
    }
    for (String key : strangers) {
      settings.meaningless(
          key,
          "%s means nothing to format %s. Leave it out."
              .formatted(key, format.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static Character character(String text) {
    if (text.equals(TAB)) {
      return '\t';
    }
    if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
      throw new IllegalArgumentException(
          "which is not one character. Use one, or \\t for a tabulator.");
    }
    return text.charAt(0);
  }

  private static String encoding(String text) {
    try {
      Charset charset = Charset.forName(text.strip());
      if (charset.canEncode()) {
        return charset.name();
      }
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "which is no character set. Use one, for example UTF-8 or ISO-8859-1.");
  }

  private static String zone(String text) {
    try {
      return ZoneId.of(text.strip()).getId();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "which is no time zone. Use one, for example UTC, +02:00 or Europe/Berlin.", e);
    }
  }

  private static ValueFormat<String> pattern(String... words) {
    return text -> {
      for (String word : words) {
        if (word.equalsIgnoreCase(text.strip())) {
          return word;
        }
      }
      try {
        DateTimeFormatter formatter =
            DateTimeFormatter.ofPattern(text, Locale.ROOT).withZone(ZoneOffset.UTC);
        if (formatter.format(Instant.EPOCH).equals(formatter.format(ANOTHER))) {
          throw new IllegalArgumentException("it says nothing of a time");
        }
        return text;
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new IllegalArgumentException(
            "which is not %s and no pattern of a time (%s). Use one such as uuuu-MM-dd HH:mm:ss.SSSSSS."
                .formatted(String.join(" or ", words), e.getMessage()),
            e);
      }
    };
  }
}
