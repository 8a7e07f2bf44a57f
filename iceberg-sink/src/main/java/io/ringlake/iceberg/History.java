package io.ringlake.iceberg;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * What the ancestors of a snapshot say of the batches of one pass.
 *
 * @param batches the snapshot that added a batch, by the batch's id
 * @param reach how far it goes back
 */
record History(Map<Long, Snapshot> batches, Reach reach) {

  /** How far a history goes back. */
  enum Reach {
    /** To where it should: a batch that is not here was not written. */
    WHOLE,
    /** To a snapshot that was expired before it came there. */
    CUT_OFF,
    /** To the beginning of the table, without coming there: it was rolled back behind it. */
    ELSEWHERE
  }

  static final String PASS = "ringlake.pass";
  static final String BATCH = "ringlake.batch";

  /**
   * Goes from a snapshot to its parents.
   *
   * @param head null for none
   * @param end where to stop, {@link Ledger.Entry#NO_SNAPSHOT} for the beginning of the table
   * @throws TargetRefused if a batch is there twice, or one of a pass that was given up
   */
  static History of(Table table, @Nullable Snapshot head, long end, IcebergTarget.Pass pass) {
    Set<String> givenUp = pass.givenUp().stream().map(UUID::toString).collect(Collectors.toSet());
    Map<Long, Snapshot> batches = new TreeMap<>();
    Snapshot at = head;
    while (at != null && at.snapshotId() != end) {
      String by = at.summary().getOrDefault(PASS, "");
      if (givenUp.contains(by) && pass.mode() == IcebergTarget.Mode.APPEND) {
        throw givenUp(table, at);
      }
      if (by.equals(pass.id().toString())) {
        Snapshot other = batches.put(Long.parseLong(at.summary().get(BATCH)), at);
        if (other != null) {
          throw twice(table, at, other);
        }
      }
      Long parent = at.parentId();
      if (parent == null) {
        return new History(batches, atBeginning(end));
      }
      if (parent == end) { // which may have expired
        return new History(batches, Reach.WHOLE);
      }
      at = table.snapshot(parent);
      if (at == null) {
        return new History(batches, Reach.CUT_OFF);
      }
    }
    return new History(batches, at == null ? atBeginning(end) : Reach.WHOLE);
  }

  private static Reach atBeginning(long end) {
    return end == Ledger.Entry.NO_SNAPSHOT ? Reach.WHOLE : Reach.ELSEWHERE;
  }

  boolean isWhole() {
    return reach == Reach.WHOLE;
  }

  /** Rows of a pass that was given up cannot be told from others once they are in main. */
  static TargetRefused givenUp(Table table, Snapshot snapshot) {
    return new TargetRefused(
        TargetRefused.Reason.IN_DOUBT,
        "Table %s has rows of pass %s, which was given up: batch %s by snapshot %d."
            .formatted(
                table.name(),
                snapshot.summary().get(PASS),
                snapshot.summary().get(BATCH),
                snapshot.snapshotId()),
        "Roll the table back to before that pass, or export with --mode overwrite.");
  }

  private static TargetRefused twice(Table table, Snapshot one, Snapshot other) {
    return new TargetRefused(
        TargetRefused.Reason.IN_DOUBT,
        "Batch %s of pass %s is twice in table %s, by snapshots %d and %d: two drivers wrote it."
            .formatted(
                one.summary().get(BATCH),
                one.summary().get(PASS),
                table.name(),
                one.snapshotId(),
                other.snapshotId()),
        "Roll the table back to before them, and begin anew with --restart.");
  }
}
