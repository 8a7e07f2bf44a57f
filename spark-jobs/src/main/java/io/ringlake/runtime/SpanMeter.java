package io.ringlake.runtime;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what one attempt reads of one span. The reader tells it of each page, never of each row;
 * any thread may call it, and no call blocks or throws.
 *
 * <p>{@link #close()} belongs into the reader's own {@code close}: an attempt that ends without
 * {@link #done} takes its rows back.
 */
public final class SpanMeter implements AutoCloseable {

  private final String scanId;
  private final int span;
  private final long attempt;
  private final Runnable ended;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong pageRetries = new AtomicLong();
  private volatile SpanFigures figures = SpanFigures.NONE;
  private volatile SpanCount.State state = SpanCount.State.RUNNING;

  /**
   * @param ended run once, by the thread that ends the attempt
   */
  SpanMeter(String scanId, int span, long attempt, Runnable ended) {
    this.scanId = scanId;
    this.span = span;
    this.attempt = attempt;
    this.ended = ended;
  }

  /** A page was handed out: so many rows, and the bytes of their cells. */
  public void page(long pageRows, long pageBytes) {
    rows.addAndGet(pageRows);
    bytes.addAndGet(pageBytes);
  }

  /** A page is asked for again. */
  public void retried() {
    pageRetries.incrementAndGet();
  }

  /** The span was read to its end. Pages come before, nothing after. */
  public void done(SpanFigures found) {
    figures = found;
    end(SpanCount.State.DONE);
  }

  /** Ends the attempt; unless it is {@link #done}, it does not count. */
  @Override
  public void close() {
    end(SpanCount.State.GIVEN_UP);
  }

  private void end(SpanCount.State last) {
    synchronized (this) {
      if (state != SpanCount.State.RUNNING) {
        return;
      }
      state = last;
    }
    ended.run();
  }

  SpanCount count() {
    // The state first: once it is final, so are the counts.
    SpanCount.State now = state;
    return new SpanCount(
        scanId, span, attempt, rows.get(), bytes.get(), pageRetries.get(), figures, now);
  }
}
