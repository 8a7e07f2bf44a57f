package io.ringlake.progress;

import io.ringlake.report.Outcome;
import io.ringlake.ring.RingChoice;
import io.ringlake.runtime.RunningScan;
import io.ringlake.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells the observers of one run how it goes, all of them from one daemon thread: what a job
 * reports, in its order, and between that the progress of the running tables ten times a second. No
 * call waits for an observer, {@link #close()} aside.
 */
public final class ProgressTicker implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Observers observers;
  private final InstantSource clock;
  private final Instant began;
  private final int tables;
  private final List<RunningTable> running = new CopyOnWriteArrayList<>();
  private final AtomicInteger finished = new AtomicInteger();
  private final ScheduledThreadPoolExecutor thread;

  /** Tells that a run begins, and then how it goes. */
  public ProgressTicker(
      String job,
      String runId,
      List<TableName> tables,
      List<RunObserver> observers,
      InstantSource clock) {
    this.observers = new Observers(observers);
    this.clock = clock;
    this.began = clock.instant();
    this.tables = tables.size();
    this.thread = new ScheduledThreadPoolExecutor(1, ProgressTicker::daemon);
    RunStarted start = new RunStarted(began, job, runId, tables);
    thread.execute(() -> this.observers.started(start));
    var unused =
        thread.scheduleWithFixedDelay(
            this::tick, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "ringlake-progress");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A table's scan begins.
   *
   * @param ring what of the ring is read
   */
  public RunningTable tableStarted(TableName table, RingChoice ring, RunningScan scan) {
    RunningTable began = new RunningTable(table, ring, scan::counts, clock);
    running.add(began);
    return began;
  }

  /**
   * A table whose scan began is over.
   *
   * @param rows written in the whole pass; read so far, if the pass is not done
   */
  public void tableFinished(RunningTable table, Outcome outcome, long rows) {
    if (!running.contains(table)) {
      throw new IllegalStateException("Table %s is not at work".formatted(table.table()));
    }
    // Its last state first: a run shorter than a tick has a progress too.
    thread.execute(this::tick);
    thread.execute(() -> running.remove(table));
    tell(table.table(), outcome, rows, table.began());
  }

  /** A table is over before its scan began: left alone, or failed. */
  public void tableFinished(TableName table, Outcome outcome, long rows) {
    tell(table, outcome, rows, clock.instant());
  }

  private void tell(TableName table, Outcome outcome, long rows, Instant since) {
    Instant now = clock.instant();
    TableFinished end = new TableFinished(now, table, outcome, rows, Duration.between(since, now));
    thread.execute(
        () -> {
          finished.incrementAndGet();
          observers.tableFinished(end);
        });
  }

  /** The run is over; nothing is reported after it. */
  public void finished(Outcome outcome, int exitCode) {
    Instant now = clock.instant();
    RunFinished end = new RunFinished(now, outcome, exitCode, Duration.between(began, now));
    thread.execute(() -> observers.finished(end));
  }

  /** Waits until the observers were told everything, 5 s at most. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    Instant now = clock.instant();
    List<TableProgress> progress = running.stream().map(table -> table.progress(now)).toList();
    if (!progress.isEmpty()) {
      observers.progress(new RunProgress(now, progress, finished.get(), tables));
    }
  }
}
