package io.ringlake.iceberg;

import java.util.OptionalInt;

/**
 * What S3 Tables does to a table by itself; empty leaves it as it is.
 *
 * @param compactionTargetMegabytes size of the files that it makes, 64 to 512 MiB
 * @param minSnapshotsToKeep 1 and above
 * @param maxSnapshotAgeHours 1 and above; older snapshots are expired
 */
public record TableMaintenance(
    OptionalInt compactionTargetMegabytes,
    OptionalInt minSnapshotsToKeep,
    OptionalInt maxSnapshotAgeHours) {

  /** All of it as it is. */
  public static final TableMaintenance AS_IT_IS =
      new TableMaintenance(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  public TableMaintenance {
    check(compactionTargetMegabytes, 64, 512);
    check(minSnapshotsToKeep, 1, Integer.MAX_VALUE);
    check(maxSnapshotAgeHours, 1, Integer.MAX_VALUE);
  }

  private static void check(OptionalInt number, int least, int greatest) {
    if (number.isPresent() && (number.getAsInt() < least || number.getAsInt() > greatest)) {
      throw new IllegalArgumentException(
          "%d is not from %d to %d".formatted(number.getAsInt(), least, greatest));
    }
  }
}
