package io.ringlake.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * How fast rows come. Now: over the last 30 s. For a forecast: over the last 30 s or since the
 * batch before the running one began, whichever is longer, since a batch that reads first and
 * writes then has long stretches without a row.
 */
final class Pace {

  private static final Duration LATELY = Duration.ofSeconds(30);
  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(1);

  private final Deque<Sample> samples = new ArrayDeque<>();
  private Instant batchBegan;
  private Instant previousBatchBegan;
  private Sample latest;

  Pace(Instant at, long rows) {
    latest = new Sample(at, rows);
    samples.add(latest);
    batchBegan = at;
    previousBatchBegan = at;
  }

  /**
   * So many rows have come.
   *
   * @param rows since the beginning, never fewer than before
   */
  void add(Instant at, long rows) {
    latest = new Sample(at, rows);
    if (!at.isBefore(samples.getLast().at.plus(BETWEEN_SAMPLES))) {
      samples.add(latest);
    }
    Instant forgettable = earlier(at.minus(LATELY), previousBatchBegan);
    while (samples.size() > 1 && !second().at.isAfter(forgettable)) {
      samples.removeFirst();
    }
  }

  void batchBegan(Instant at) {
    previousBatchBegan = batchBegan;
    batchBegan = at;
  }

  /** Rows a second over the last 30 s, or since the beginning if that is less long ago. */
  double lately() {
    Instant from = latest.at.minus(LATELY);
    Sample start = samples.getFirst();
    for (Sample sample : samples) {
      if (sample.at.isAfter(from)) {
        break;
      }
      start = sample;
    }
    return rowsPerSecondSince(start);
  }

  /** Rows a second to reckon with. */
  double sustained() {
    return rowsPerSecondSince(samples.getFirst());
  }

  private double rowsPerSecondSince(Sample start) {
    long millis = Duration.between(start.at, latest.at).toMillis();
    return millis <= 0 ? 0 : (latest.rows - start.rows) * 1000.0 / millis;
  }

  private Sample second() {
    Iterator<Sample> iterator = samples.iterator();
    iterator.next();
    return iterator.next();
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private record Sample(Instant at, long rows) {}
}
