package io.ringlake.source;

import io.ringlake.cassandra.SizeEstimate;
import io.ringlake.config.DataSize;
import io.ringlake.config.ReadConfig;
import io.ringlake.ring.RingPart;
import java.time.Duration;
import java.util.Optional;

/**
 * How many spans a table is cut into, how many of them make a batch, and how many a task reads: by
 * the rules of {@code docs/spans.md}.
 *
 * @param spans at least 1
 * @param batchSpans spans of one batch, at least 1
 * @param taskSpans spans that one task reads where rows are written as they come, at least 1
 */
public record SpanSizing(int spans, int batchSpans, int taskSpans) {

  private static final int SPANS_PER_SLOT = 8;
  private static final int MOST_SPANS = 100_000;
  private static final int LEAST_BATCHES = 4;
  private static final int MOST_BATCHES = 100;
  private static final Duration ONE_BATCH_SUFFICES = Duration.ofSeconds(30);
  private static final Duration BATCH = Duration.ofMinutes(2);

  /**
   * What one core reads and writes in a second, in bytes as {@code system.size_estimates} counts
   * them. Measured: 2,000,000 rows, 130 MB there, 7 s on 2 cores.
   */
  private static final double BYTES_PER_CORE_SECOND = 9e6;

  public SpanSizing {
    if (spans < 1 || batchSpans < 1 || taskSpans < 1) {
      throw new IllegalArgumentException(
          "Spans %d, spans of a batch %d and of a task %d must be above 0"
              .formatted(spans, batchSpans, taskSpans));
    }
  }

  /**
   * The sizes for a table on so many task slots.
   *
   * @param read what is read, of which part of the ring
   * @param table size of the whole table; empty where the cluster has no estimate, as for a table
   *     just filled: then the run is taken to be long enough for four batches
   * @param slots tasks that can run at once
   * @param fileSize what one file should have
   */
  public static SpanSizing of(
      ReadConfig read, Optional<SizeEstimate> table, int slots, DataSize fileSize) {
    RingPart part = read.ring().part();
    Optional<SizeEstimate> size = table.map(whole -> whole.part(part.share()));
    long bySize = size.map(s -> s.bytes() / read.spanSize().bytes()).orElse(0L);
    int wanted =
        read.spans()
            .orElse((int) Math.min(MOST_SPANS, Math.max(bySize, (long) SPANS_PER_SLOT * slots)));
    int spans = part.spansNearestTo(wanted);
    int batches = size.map(s -> batches(s, slots)).orElse(LEAST_BATCHES);
    int batchSpans = read.batchSpans().orElse(ceil(spans, batches));
    int most = ceil(Math.min(spans, batchSpans), slots);
    int taskSpans = size.map(s -> spansPerFile(s, spans, fileSize)).orElse(most);
    return new SpanSizing(spans, batchSpans, Math.max(1, Math.min(most, taskSpans)));
  }

  /**
   * Spans that one task of a query reads, which writes nothing itself: not so many that a slot has
   * fewer tasks than {@value #SPANS_PER_SLOT}. Pieces of a sample are small.
   */
  int querySpans(int slots) {
    return Math.min(taskSpans, Math.max(1, spans / (SPANS_PER_SLOT * slots)));
  }

  /** How long reading and writing a table of this size takes, roughly. */
  public static Duration duration(SizeEstimate size, int slots) {
    return Duration.ofMillis((long) (size.bytes() * 1000.0 / (BYTES_PER_CORE_SECOND * slots)));
  }

  private static int batches(SizeEstimate size, int slots) {
    Duration run = duration(size, slots);
    if (run.compareTo(ONE_BATCH_SUFFICES) <= 0) {
      return 1;
    }
    long batches = run.dividedBy(BATCH) + 1;
    return (int) Math.max(LEAST_BATCHES, Math.min(MOST_BATCHES, batches));
  }

  private static int spansPerFile(SizeEstimate size, int spans, DataSize fileSize) {
    double bytesPerSpan = Math.max(1, (double) size.bytes() / spans);
    return (int) Math.min(spans, fileSize.bytes() / bytesPerSpan);
  }

  private static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
