package io.ringlake.config;

import io.ringlake.ring.RingChoice;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.Sample;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a table, and in which portions.
 *
 * @param columns the columns exported; {@link ColumnChoice.All} unless named; never None
 * @param filter a CQL relation that is put into every SELECT, null for none
 * @param written which rows are kept, by the write times of their cells
 * @param ring what of the ring is read
 * @param consistency name of a CQL consistency level that is valid for reads, for example {@code
 *     LOCAL_ONE}
 * @param pageRows rows asked for with one request, 1 to 100,000
 * @param spanSize how much of the table one span should hold
 * @param spans number of spans, instead of cutting by size, 1 to 1,000,000
 * @param batchSpans spans of one batch, instead of choosing by estimated time, 1 to 1,000,000
 */
public record ReadConfig(
    ColumnChoice columns,
    @Nullable String filter,
    WrittenRange written,
    RingChoice ring,
    String consistency,
    int pageRows,
    DataSize spanSize,
    OptionalInt spans,
    OptionalInt batchSpans) {

  /**
   * Levels that a read of a range of tokens can have: ANY is for writes, serial ones for one row.
   */
  private static final List<String> CONSISTENCY_LEVELS =
      List.of("LOCAL_ONE", "ONE", "TWO", "THREE", "LOCAL_QUORUM", "QUORUM", "EACH_QUORUM", "ALL");

  private static final int MOST_PAGE_ROWS = 100_000;
  private static final int MOST_SPANS = 1_000_000;
  private static final int GREATEST_SEED = 999_999_999;

  /**
   * Checks each component.
   *
   * @throws IllegalArgumentException if one is out of its bounds
   */
  public ReadConfig {
    if (columns instanceof ColumnChoice.None) {
      throw new IllegalArgumentException("No column is read");
    }
    if (!CONSISTENCY_LEVELS.contains(consistency)) {
      throw new IllegalArgumentException(
          "Consistency level %s is not one of %s".formatted(consistency, CONSISTENCY_LEVELS));
    }
    checkBounds("Page rows", pageRows, MOST_PAGE_ROWS);
    spans.ifPresent(number -> checkBounds("Spans", number, MOST_SPANS));
    batchSpans.ifPresent(number -> checkBounds("Spans of a batch", number, MOST_SPANS));
  }

  /** The same reads, cut otherwise. */
  public ReadConfig withSpanSize(DataSize other) {
    return new ReadConfig(
        columns, filter, written, ring, consistency, pageRows, other, spans, batchSpans);
  }

  private static void checkBounds(String what, int number, int most) {
    if (number < 1 || number > most) {
      throw new IllegalArgumentException("%s: %d is not 1 to %d".formatted(what, number, most));
    }
  }

  static ReadConfig from(Settings settings) {
    return new ReadConfig(
        settings.value("columns", ReadConfig::columns),
        settings.optional("filter", ValueFormat.text()),
        WrittenRange.from(settings),
        ring(settings),
        settings.value("consistency", ValueFormat.oneOf(CONSISTENCY_LEVELS)),
        settings.value("page-rows", ValueFormat.number(1, MOST_PAGE_ROWS)),
        settings.value("span-size", DataSize::parse),
        spans(settings, "spans"),
        spans(settings, "batch-spans"));
  }

  private static RingChoice ring(Settings settings) {
    RingPart range = settings.optional("token-range", RingPart::parse);
    BigDecimal share = settings.optional("sample", ValueFormat.share());
    int seed = settings.value("sample-seed", ValueFormat.number(0, GREATEST_SEED));
    return new RingChoice(
        Objects.requireNonNullElse(range, RingPart.WHOLE_RING),
        share == null ? null : new Sample(share, seed));
  }

  private static ColumnChoice columns(String text) {
    return ColumnChoice.parse(ValueFormat.text().parse(text));
  }

  private static OptionalInt spans(Settings settings, String key) {
    Integer spans = settings.optional(key, ValueFormat.number(1, MOST_SPANS));
    return spans == null ? OptionalInt.empty() : OptionalInt.of(spans);
  }
}
