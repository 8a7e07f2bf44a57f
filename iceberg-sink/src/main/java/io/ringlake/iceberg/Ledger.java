package io.ringlake.iceberg;

import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pass beside its table, which somebody may have dropped, rolled back or expired
 * since. It is kept for as long as Spark's checkpoint of the pass.
 */
public interface Ledger {

  /** What was written last; empty before the first. */
  Optional<Entry> read();

  /** Takes the place of what is there, whole or not at all. */
  void write(Entry entry);

  /**
   * The state before a batch.
   *
   * @param tableId the table's UUID
   * @param nextBatchId the batch, 0 and above: those before it are in the table
   * @param snapshotId the newest snapshot of the branch that is written to, {@link #NO_SNAPSHOT}
   *     for none
   * @param rows of the batches before it; so with bytes and files
   */
  record Entry(UUID tableId, long nextBatchId, long snapshotId, long rows, long bytes, long files) {

    /** Stands for the snapshot of a table that has none. */
    public static final long NO_SNAPSHOT = -1;

    static Entry first(UUID tableId, @Nullable Snapshot head) {
      return new Entry(tableId, 0, NO_SNAPSHOT, 0, 0, 0).before(0, head);
    }

    /** The same rows before another batch. */
    Entry before(long batchId, @Nullable Snapshot head) {
      long newest = head == null ? NO_SNAPSHOT : head.snapshotId();
      return new Entry(tableId, batchId, newest, rows, bytes, files);
    }

    /** With what a snapshot added. */
    Entry plus(Snapshot batch) {
      return new Entry(
          tableId,
          nextBatchId,
          snapshotId,
          rows + number(batch, SnapshotSummary.ADDED_RECORDS_PROP),
          bytes + number(batch, SnapshotSummary.ADDED_FILE_SIZE_PROP),
          files + number(batch, SnapshotSummary.ADDED_FILES_PROP));
    }

    private static long number(Snapshot snapshot, String property) {
      return Long.parseLong(snapshot.summary().getOrDefault(property, "0"));
    }
  }
}
