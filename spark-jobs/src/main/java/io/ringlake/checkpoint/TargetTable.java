package io.ringlake.checkpoint;

import java.util.UUID;

/**
 * The table that a pass writes to, as it was before a batch: the contents of the newest file of
 * {@code target}.
 *
 * @param tableId what tells the table from another one of its name
 * @param nextBatchId the batch; those before it are in the table
 * @param snapshotId the table's newest snapshot, -1 for none
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
}
