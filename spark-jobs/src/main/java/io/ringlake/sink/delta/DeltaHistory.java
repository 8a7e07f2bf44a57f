package io.ringlake.sink.delta;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** What the versions of a table since a known one say of one pass. */
final class DeltaHistory {

  /** Versions that may come between two looks at a busy table. */
  private static final int MEANWHILE = 20;

  private final List<DeltaCommit> commits;
  private final long since;
  private final UUID pass;
  private final Map<String, DeltaCommit> ofPass = new TreeMap<>();

  private DeltaHistory(List<DeltaCommit> commits, long since, UUID pass) {
    this.commits = commits;
    this.since = since;
    this.pass = pass;
    commits.stream()
        .filter(commit -> commit.isOf(pass))
        .forEach(commit -> ofPass.put(commit.batch(), commit));
  }

  /**
   * Asks the table.
   *
   * @param since a version; those after it are looked at
   */
  static DeltaHistory of(DeltaTableAt table, DeltaTableAt.State state, long since, UUID pass) {
    int versions = Math.toIntExact(state.version() - since);
    List<DeltaCommit> commits =
        versions == 0
            ? List.of()
            : table.history(state.path(), versions + MEANWHILE).stream()
                .filter(commit -> commit.version() > since)
                .toList();
    return new DeltaHistory(commits, since, pass);
  }

  /** Whether it goes back to the known version: a batch that is not here was not written. */
  boolean isWhole() {
    return commits.isEmpty() || commits.get(0).version() == since + 1;
  }

  boolean has(long batchId) {
    return ofPass.containsKey(Long.toString(batchId));
  }

  /**
   * The commit of a batch.
   *
   * @throws IllegalStateException if it is not here
   */
  DeltaCommit batch(long batchId) {
    return whole(Long.toString(batchId))
        .orElseThrow(() -> new IllegalStateException("Batch %d is not here".formatted(batchId)));
  }

  /** Another commit of the pass, by what it tells of itself. */
  Optional<DeltaCommit> whole(String what) {
    return Optional.ofNullable(ofPass.get(what));
  }

  /** A commit of somebody else after which rows of the pass may be gone. */
  Optional<DeltaCommit> undoneBy() {
    return others(commit -> !commit.keepsOthers());
  }

  /** The same, after one of the pass's own commits. */
  Optional<DeltaCommit> undoneAfter(DeltaCommit own) {
    return others(commit -> commit.version() > own.version() && !commit.keepsOthers());
  }

  /** A commit of somebody else that may have added rows. */
  Optional<DeltaCommit> rowsOfOthers() {
    return others(commit -> !commit.leavesRows());
  }

  /** A commit of rows by a pass that was given up. */
  Optional<DeltaCommit> rowsOf(Set<UUID> givenUp) {
    return others(commit -> commit.rows() > 0 && givenUp.stream().anyMatch(commit::isOf));
  }

  private Optional<DeltaCommit> others(Predicate<DeltaCommit> which) {
    return commits.stream().filter(commit -> !commit.isOf(pass)).filter(which).findFirst();
  }
}
