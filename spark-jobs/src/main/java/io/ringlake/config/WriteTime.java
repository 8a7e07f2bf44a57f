package io.ringlake.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A write time that somebody typed.
 *
 * @param micros since the epoch
 */
public record WriteTime(long micros) {

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final Pattern MICROS = Pattern.compile("-?\\d+");
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /**
   * Reads a whole number of microseconds since the epoch, or a time as ISO 8601 spells it: a date,
   * which begins at midnight, or a date and a time, in UTC unless it has an offset.
   *
   * @throws IllegalArgumentException if it is neither, or is finer than microseconds; the message
   *     continues "key is 'text', "
   */
  static WriteTime parse(String text) {
    String time = text.strip();
    try {
      return new WriteTime(MICROS.matcher(time).matches() ? Long.parseLong(time) : micros(time));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "which is not a time. Use ISO 8601, such as 2026-01-31 or 2026-01-31T12:00:00Z, or"
              + " microseconds since 1970.",
          e);
    }
  }

  private static long micros(String time) {
    TemporalAccessor parsed =
        ISO.parseBest(time, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    Instant instant;
    if (parsed instanceof OffsetDateTime offset) {
      instant = offset.toInstant();
    } else if (parsed instanceof LocalDateTime local) {
      instant = local.toInstant(ZoneOffset.UTC);
    } else {
      instant = LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (instant.getNano() % 1000 != 0) {
      throw new DateTimeException("finer than microseconds");
    }
    // Not by ChronoUnit, which reckons in nanoseconds on the way: these end in 2262.
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1000);
  }

  /** The time as ISO 8601 spells it, in UTC. */
  @Override
  public String toString() {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
