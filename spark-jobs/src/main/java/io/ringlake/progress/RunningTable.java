package io.ringlake.progress;

import io.ringlake.ring.RingChoice;
import io.ringlake.runtime.ScanCounts;
import io.ringlake.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table at work: its scan, its batch and its pace. Safe to use by any thread. */
public final class RunningTable {

  private final TableName table;
  private final RingChoice ring;
  private final Supplier<ScanCounts> scan;
  private final InstantSource clock;
  private final Instant began;
  private final Pace pace;
  private @Nullable RunningBatch batch;

  RunningTable(TableName table, RingChoice ring, Supplier<ScanCounts> scan, InstantSource clock) {
    this.table = table;
    this.ring = ring;
    this.scan = scan;
    this.clock = clock;
    this.began = clock.instant();
    this.pace = new Pace(began, scan.get().rowsFetched());
  }

  /** A batch begins. */
  public synchronized void batch(RunningBatch next) {
    if (batch != null && !batch.equals(next)) {
      pace.batchBegan(clock.instant());
    }
    batch = next;
  }

  TableName table() {
    return table;
  }

  Instant began() {
    return began;
  }

  synchronized TableProgress progress(Instant now) {
    ScanCounts counts = scan.get();
    pace.add(now, counts.rowsFetched());
    return new TableProgress(table, ring, counts, pace.lately(), timeLeft(counts), batch);
  }

  /** Rows still to come, if the rest of the ring is as full as what was read of it, by the pace. */
  private @Nullable Duration timeLeft(ScanCounts counts) {
    long rowsOfSpansRead = counts.rows() - counts.rowsUnderWay();
    double rowsPerSecond = pace.sustained();
    if (rowsOfSpansRead == 0 || rowsPerSecond == 0) {
      return null;
    }
    double rowsLeft =
        rowsOfSpansRead / counts.shareRead() * (1 - counts.share()) - counts.rowsUnderWay();
    return Duration.ofSeconds(Math.round(Math.max(0, rowsLeft) / rowsPerSecond));
  }
}
