package io.ringlake.checkpoint;

import java.util.UUID;

/**
 * The table that a pass writes to, as it was before a batch: the contents of the newest file of
 * {@code target}.
 *
 * @param tableId what tells the table from another one of its name
 * @param nextBatchId the batch; those before it are in the table
 * @param snapshotId the table's newest snapshot, -1 for none; its version if it counts its states
 * @param rows of the batches before it; so with bytes and files
 */
public record TargetTable(
    int version,
    UUID tableId,
    long nextBatchId,
    long snapshotId,
    long rows,
    long bytes,
    long files) {

  /** The version that this code writes, and the only one that it reads. */
  public static final int VERSION = 1;

  /** Before the first batch. */
  public static TargetTable first(UUID tableId, long snapshotId) {
    return new TargetTable(VERSION, tableId, 0, snapshotId, 0, 0, 0);
  }

  /** The same rows before another batch, as the table is now. */
  public TargetTable before(long batchId, long newestSnapshotId) {
    return new TargetTable(version, tableId, batchId, newestSnapshotId, rows, bytes, files);
  }

  /** With what a batch added. */
  public TargetTable plus(long addedRows, long addedBytes, long addedFiles) {
    return new TargetTable(
        version,
        tableId,
        nextBatchId,
        snapshotId,
        rows + addedRows,
        bytes + addedBytes,
        files + addedFiles);
  }
}
