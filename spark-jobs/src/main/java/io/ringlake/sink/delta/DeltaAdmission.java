package io.ringlake.sink.delta;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/** Whether a table that is there takes a new pass. Only reads. */
final class DeltaAdmission {

  private final SparkSession session;
  private final DeltaTableAt table;
  private final DeltaDefinition definition;
  private final DeltaPass pass;

  DeltaAdmission(
      SparkSession session, DeltaTableAt table, DeltaDefinition definition, DeltaPass pass) {
    this.session = session;
    this.table = table;
    this.definition = definition;
    this.pass = pass;
  }

  /**
   * @return whether there are rows to be removed first: all of them of passes that were given up
   * @throws RunFailure if the table has what the pass cannot write to, or beside
   */
  boolean require(DeltaTableAt.State state) {
    requirePartitioning(state);
    requireColumns(state);
    switch (pass.mode()) {
      case ERROR -> {
        if (session.read().format("delta").load(state.path().toString()).isEmpty()) {
          return false;
        }
        if (!isAllOfGivenUp(state)) {
          throw new RunFailure(
              ErrorCode.TARGET_NOT_EMPTY,
              "Table %s has rows.".formatted(table),
              "Use --mode append to add to them or --mode overwrite to replace them.");
        }
        requireThatRowsMayGo(state);
        return true;
      }
      case APPEND -> requireNothingGivenUp(state);
      case OVERWRITE -> requireThatRowsMayGo(state);
    }
    return false;
  }

  private void requireThatRowsMayGo(DeltaTableAt.State state) {
    if (state.isAppendOnly()) {
      throw new RunFailure(
          ErrorCode.TARGET_DIFFERS,
          "Table %s has delta.appendOnly, so its rows cannot be replaced.".formatted(table),
          "Use --mode append, another table, or unset that property.");
    }
  }

  private void requirePartitioning(DeltaTableAt.State state) {
    if (!state.partitionColumns().equals(definition.partitionColumns())) {
      throw new RunFailure(
          ErrorCode.BAD_LAYOUT,
          "Table %s is partitioned by %s, not by %s."
              .formatted(
                  table, spelled(state.partitionColumns()), spelled(definition.partitionColumns())),
          "Give the --partition-by that makes the same columns, or write to another table.");
    }
  }

  private static String spelled(List<String> columns) {
    return columns.isEmpty() ? "nothing" : String.join(", ", columns);
  }

  private void requireColumns(DeltaTableAt.State state) {
    DeltaColumns columns = new DeltaColumns(definition.columns(), state.columns());
    Optional<String> misfit = columns.misfit();
    if (misfit.isPresent()) {
      throw new RunFailure(
          ErrorCode.TARGET_DIFFERS,
          "Rows cannot be written to table %s: %s.".formatted(table, misfit.get()),
          "Write to another table, or change that one or the exported columns.");
    }
    List<String> lacking = columns.lacking();
    if (!lacking.isEmpty() && !definition.mergeSchema()) {
      throw new RunFailure(
          ErrorCode.TARGET_DIFFERS,
          "Table %s lacks %s.".formatted(table, String.join(", ", lacking)),
          "Use --merge-schema to add them, or --columns, --writetime and --ttl to leave them out.");
    }
  }

  /** Whether nobody but passes that were given up has ever written rows. */
  private boolean isAllOfGivenUp(DeltaTableAt.State state) {
    List<DeltaCommit> all = table.history(state.path());
    return all.get(0).version() == 0
        && all.get(0).rows() == 0
        && all.stream()
            .skip(1)
            .allMatch(
                commit -> commit.leavesRows() || pass.givenUp().stream().anyMatch(commit::isOf));
  }

  /** Rows of a pass that was given up cannot be told from others. */
  private void requireNothingGivenUp(DeltaTableAt.State state) {
    if (pass.givenUp().isEmpty()) {
      return;
    }
    List<DeltaCommit> all = table.history(state.path());
    for (DeltaCommit commit : all) {
      for (UUID other : pass.givenUp()) {
        if (commit.isOf(other) && commit.rows() > 0 && !isUndone(commit, all)) {
          throw new RunFailure(
              ErrorCode.COMMIT_IN_DOUBT,
              "Table %s has rows of pass %s, which was given up, since version %d."
                  .formatted(table, other, commit.version()),
              "Restore the table to version %d, or export with --mode overwrite."
                  .formatted(commit.version() - 1));
        }
      }
    }
    if (all.get(0).version() > 0) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "Whether table %s has rows of a pass that was given up cannot be told: its history begins with version %d."
              .formatted(table, all.get(0).version()),
          "Export with --mode overwrite, or with another --checkpoint if you know that it has none.");
    }
  }

  /**
   * Whether it is certain that a commit's rows are gone: nobody who knows less than Delta guesses.
   */
  private static boolean isUndone(DeltaCommit commit, List<DeltaCommit> all) {
    boolean isUndone = false;
    for (DeltaCommit later : all) {
      if (later.version() <= commit.version()) {
        continue;
      }
      boolean isOurOverwrite =
          DeltaSink.REPLACING.contains(later.batch()) && !later.pass().isEmpty();
      if (isOurOverwrite || later.restoredTo() >= 0) {
        isUndone = isOurOverwrite || later.restoredTo() < commit.version();
      } else if (later.operation().equals("RESTORE")) { // to some time
        isUndone = false;
      }
    }
    return isUndone;
  }
}
