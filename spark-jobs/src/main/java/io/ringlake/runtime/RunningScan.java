package io.ringlake.runtime;

import io.ringlake.ring.TokenSpan;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the driver knows of one scan while it runs: which spans are done, and what was read of the
 * others. Safe to use by any thread.
 *
 * <p>Two sources tell it. Executors tell what they read, in messages that may be late or lost;
 * {@link #committed(int)} tells what Spark's checkpoint says. A span counts as done as soon as one
 * of them says so, and once.
 */
public final class RunningScan implements AutoCloseable {

  private final String id;
  private final List<TokenSpan> spans;
  private final double wholeShare;
  private final Runnable closing;

  private final BitSet done = new BitSet();
  private final BitSet read = new BitSet();
  private final Map<Attempt, SpanCount> underWay = new HashMap<>();
  private int committed;
  private double doneShare;
  private double readShare;
  private long readRows;
  private long readBytes;
  private long rowsFetched;
  private long pageRetries;
  private SpanFigures figures = SpanFigures.NONE;

  RunningScan(String id, List<TokenSpan> spans, int committed, Runnable closing) {
    this.id = id;
    this.spans = List.copyOf(spans);
    this.wholeShare = this.spans.stream().mapToDouble(TokenSpan::share).sum();
    this.closing = closing;
    committed(committed);
  }

  /** The id that executors know it by. */
  public String id() {
    return id;
  }

  /**
   * The first spans of the plan are committed, whatever the executors told of them.
   *
   * @param spansCommitted how many, 0 to the number of spans of the plan
   */
  public synchronized void committed(int spansCommitted) {
    if (spansCommitted < 0 || spansCommitted > spans.size()) {
      throw new IllegalArgumentException(
          "Scan %s has %d spans, %d cannot be committed"
              .formatted(id, spans.size(), spansCommitted));
    }
    committed = Math.max(committed, spansCommitted);
    for (int span = 0; span < committed; span++) {
      markDone(span);
    }
  }

  /** How far it has come. */
  public synchronized ScanCounts counts() {
    Map<Integer, SpanCount> furthest = new HashMap<>();
    for (SpanCount count : underWay.values()) {
      if (!read.get(count.span())) {
        furthest.merge(count.span(), count, (a, b) -> a.rows() >= b.rows() ? a : b);
      }
    }
    long rowsUnderWay = furthest.values().stream().mapToLong(SpanCount::rows).sum();
    long bytesUnderWay = furthest.values().stream().mapToLong(SpanCount::bytes).sum();
    return new ScanCounts(
        spans.size(),
        done.cardinality(),
        read.cardinality(),
        share(doneShare, done),
        share(readShare, read),
        readRows + rowsUnderWay,
        rowsUnderWay,
        readBytes + bytesUnderWay,
        rowsFetched,
        pageRetries);
  }

  /**
   * What was found out about the rows of the spans that this driver read to the end, since this was
   * asked last.
   */
  public synchronized SpanFigures takeFigures() {
    SpanFigures taken = figures;
    figures = SpanFigures.NONE;
    return taken;
  }

  /**
   * Waits until the counts of some spans have come in, so that figures are whole: the last message
   * of an executor and Spark's own word that the task is done come by different ways. In vain for
   * spans of a batch that the target held already and that was not read again.
   *
   * @param from index of the first one in the plan
   * @param to index after the last one
   * @return whether all are there
   */
  public synchronized boolean settle(int from, int to, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (read.nextClearBit(from) < to) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  /** No more counts are taken for this scan; those it has stay readable. */
  @Override
  public void close() {
    closing.run();
  }

  synchronized void receive(String executorId, SpanCount count) {
    Attempt attempt = new Attempt(executorId, count.attempt());
    @Nullable SpanCount before = underWay.remove(attempt);
    rowsFetched += count.rows() - (before == null ? 0 : before.rows());
    pageRetries += count.pageRetries() - (before == null ? 0 : before.pageRetries());
    switch (count.state()) {
      case RUNNING -> underWay.put(attempt, count);
      case GIVEN_UP -> {}
      case DONE -> {
        if (!read.get(count.span())) {
          read.set(count.span());
          readShare += spans.get(count.span()).share();
          readRows += count.rows();
          readBytes += count.bytes();
          figures = figures.plus(count.figures());
          markDone(count.span());
          notifyAll();
        }
      }
    }
  }

  private void markDone(int span) {
    if (!done.get(span)) {
      done.set(span);
      doneShare += spans.get(span).share();
    }
  }

  /** Sums of doubles miss 1 by a little: all is told by the set, less than all stays below 1. */
  private double share(double sum, BitSet set) {
    if (set.cardinality() == spans.size()) {
      return 1;
    }
    return Math.min(sum / wholeShare, Math.nextDown(1.0));
  }

  private record Attempt(String executorId, long attempt) {}
}
