package io.ringlake.sink.delta;

import io.ringlake.checkpoint.TargetTable;
import io.ringlake.config.DataSize;
import io.ringlake.config.WriteMode;
import io.ringlake.failure.Causes;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.sink.ParquetSink;
import io.ringlake.sink.Sink;
import io.ringlake.sink.Written;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Delta table. What holds, wherever a driver dies:
 *
 * <ul>
 *   <li>Before a batch is written, the versions since the one that the checkpoint knows are asked
 *       whether it is there; each has the pass and the batch in its metadata. It also has the pass
 *       and the batch as Delta's transaction id, so that of two drivers one commits it.
 *   <li>A table that was restored, overwritten or made again since the pass began is not written
 *       to: Delta keeps transaction ids then, and leaves out the batches of which the rows are
 *       gone.
 *   <li>In mode overwrite the batches go to a table in the checkpoint, whose rows take the place of
 *       all others in one commit at the finish. In the other modes readers see each batch once it
 *       is there.
 * </ul>
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#transaction-identifiers">
 *     Transaction identifiers</a>
 */
public final class DeltaSink implements Sink {

  private static final String SNAPSHOT_PARTITIONS = "spark.databricks.delta.snapshotPartitions";

  /**
   * Delta's own number of tasks for each look at a table's state. On two cores they took longer
   * than all else of a small batch: 24 batches, begun by ten drivers, took 412 s with them and 141
   * s with two.
   */
  private static final int MAX_SNAPSHOT_PARTITIONS = 50;

  private static final Logger LOG = LoggerFactory.getLogger(DeltaSink.class);

  /** What the commit of a whole overwrite is told by, in the place of a batch's id. */
  private static final String ALL = "all";

  private static final String EMPTIED = "emptied";

  /** The words of commits after which no row of before is in the table. */
  static final Set<String> REPLACING = Set.of(ALL, EMPTIED);

  /** Of the table in the checkpoint, which takes any name and is written to by nobody else. */
  private static final Map<String, String> STAGING =
      Map.of(
          "delta.columnMapping.mode", "name",
          "delta.minReaderVersion", "2",
          "delta.minWriterVersion", "5",
          "delta.autoOptimize.autoCompact", "false");

  private final SparkSession session;
  private final DeltaDefinition definition;
  private final DeltaPass pass;
  private final DeltaTableAt table;
  private final DeltaAdmission admission;

  /**
   * Sets what the writer needs in the configuration of the session, as {@link ParquetSink} does.
   *
   * @param session of this table alone; the stream whose batches are written is started from it
   * @param compression a Parquet codec's name in lower case, for example {@code zstd}
   * @param fileSize what a file should have on disk
   */
  public DeltaSink(
      SparkSession session,
      DeltaDefinition definition,
      DeltaPass pass,
      String compression,
      DataSize fileSize) {
    this.session = session;
    this.definition = definition;
    this.pass = pass;
    ParquetSink.configure(session, compression);
    if (!session.conf().contains(SNAPSHOT_PARTITIONS)) {
      int slots = session.sparkContext().defaultParallelism();
      session.conf().set(SNAPSHOT_PARTITIONS, Math.min(MAX_SNAPSHOT_PARTITIONS, 2 * slots));
    }
    session.conf().set("spark.databricks.delta.commitInfo.enabled", true);
    session.conf().set("spark.databricks.delta.history.metricsEnabled", true);
    // Of what is shuffled, which is about twice of what is written.
    session.conf().set("spark.databricks.delta.optimizeWrite.binSize", 2 * fileSize.bytes() + "b");
    // What is read is the table in the checkpoint, file by file.
    session.conf().set("spark.sql.files.maxPartitionBytes", fileSize.bytes() + "b");
    this.table = new DeltaTableAt(session, definition.name());
    this.admission = new DeltaAdmission(session, table, definition, pass);
  }

  @Override
  public void look() {
    told(
        () -> {
          Optional<DeltaTableAt.State> found = table.load();
          if (found.isPresent()) {
            admission.require(found.get());
          } else {
            table.requireNothingElse();
          }
          return found;
        });
  }

  /** A table is made when the pass begins: that shows whether it can be. */
  @Override
  public void check() {
    look();
  }

  /** A table knows nothing of checkpoints: each pass is told by its commits. */
  @Override
  public Optional<Path> otherCheckpoint() {
    return Optional.empty();
  }

  @Override
  public List<String> prepare(long lastBatchId) {
    pass.hold().run();
    return told(
        () -> {
          Optional<TargetTable> known = pass.kept().read();
          if (known.isPresent()) {
            sameTable(known.get());
            return List.of();
          }
          if (lastBatchId >= 0) {
            throw new RunFailure(
                ErrorCode.COMMIT_IN_DOUBT,
                "The checkpoint has %d batches of table %s, but does not say which table that is."
                    .formatted(lastBatchId + 1, table),
                "Restore the checkpoint; " + beginAnew());
          }
          return begin();
        });
  }

  private List<String> begin() throws IOException {
    if (table.load().isEmpty()) {
      table.requireNothingElse();
      pass.hold().run();
      table.create(definition, pass.metadata("made"));
    }
    DeltaTableAt.State found = table.load().orElseThrow(() -> lost("it is gone"));
    boolean hasRowsOfGivenUp = admission.require(found);
    DeltaColumns columns = new DeltaColumns(definition.columns(), found.columns());
    Dataset<Row> nothing =
        columns.fitted(session.createDataFrame(List.of(), definition.tableColumns()));
    long ownVersions = 0;
    if (!columns.lacking().isEmpty()) {
      pass.hold().run();
      writer(nothing, SaveMode.Append, pass.metadata("columns"))
          .option("mergeSchema", true)
          .save(found.path().toString());
      ownVersions++;
    }
    if (hasRowsOfGivenUp) {
      pass.hold().run();
      writer(nothing, SaveMode.Overwrite, pass.metadata(EMPTIED)).save(found.path().toString());
      requireNobodyMeanwhile(found, ownVersions + 1);
    }
    if (isStaged()) {
      pass.hold().run();
      staging().delete();
      staging().create(staged(), pass.metadata("made"));
    }
    // What others commit after the look above is looked at before the first batch.
    pass.kept().write(TargetTable.first(found.id(), found.version()));
    return columns.lacking().stream().map("%s added to the table"::formatted).toList();
  }

  /** Rows that came after the look are gone with those of passes that were given up. */
  private void requireNobodyMeanwhile(DeltaTableAt.State found, long ownVersions)
      throws IOException {
    DeltaTableAt.State now = table.load().orElseThrow(() -> lost("it is gone"));
    if (now.version() != found.version() + ownVersions) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "Somebody has written to table %s while rows of a pass that was given up were removed."
              .formatted(table),
          "Look at its history since version %d: the removal is told by \"ringlake.batch\": \"%s\"."
              .formatted(found.version(), EMPTIED));
    }
  }

  private boolean isStaged() {
    return pass.mode() == WriteMode.OVERWRITE;
  }

  private DeltaTableAt staging() {
    return new DeltaTableAt(session, Objects.requireNonNull(pass.staging()).toString());
  }

  private DeltaDefinition staged() {
    return new DeltaDefinition(
        staging().toString(), definition.columns(), definition.partitionColumns(), STAGING, false);
  }

  @Override
  public void write(long batchId, Dataset<Row> rows) {
    pass.hold().run();
    Optional<DeltaTableAt.State> ready =
        told(() -> isStaged() ? stagingBefore(batchId) : tableBefore(batchId));
    if (ready.isEmpty()) {
      LOG.info("The table has the batch already table={} batch={}", table, batchId);
      return;
    }
    DeltaTableAt.State to = ready.get();
    try {
      writer(
              new DeltaColumns(definition.columns(), to.columns()).fitted(rows),
              SaveMode.Append,
              pass.metadata(batchId))
          .option("txnAppId", pass.transactionId())
          .option("txnVersion", batchId)
          .save(to.path().toString());
    } catch (Exception e) { // checked ones among them
      if (!isThere(batchId, e)) {
        throw DeltaFailures.of(table, e);
      }
      LOG.warn("A commit was done that failed table={} batch={}", table, batchId, e);
    }
  }

  /** Whether a batch is there whose commit failed. */
  private boolean isThere(long batchId, Exception failure) {
    try {
      return (isStaged() ? stagingBefore(batchId) : tableBefore(batchId)).isEmpty();
    } catch (RunFailure e) { // the table is lost or in doubt, which matters more
      e.addSuppressed(failure);
      throw e;
    } catch (Exception e) { // the same command asks again
      failure.addSuppressed(e);
      return false;
    }
  }

  private TargetTable known() {
    return pass.kept().read().orElseThrow(() -> new IllegalStateException("prepare comes first"));
  }

  /** The table if a batch can be written to it now, empty if it has the batch. */
  private Optional<DeltaTableAt.State> tableBefore(long batchId) throws IOException {
    TargetTable known = known();
    DeltaTableAt.State state = sameTable(known);
    DeltaHistory history = history(state, known);
    if (history.has(batchId)) {
      return Optional.empty();
    }
    TargetTable now = account(history, known, batchId - 1);
    pass.kept().write(now.before(batchId, state.version()));
    return Optional.of(state);
  }

  /** As {@link #tableBefore}, of the table in the checkpoint, which nobody else writes to. */
  private Optional<DeltaTableAt.State> stagingBefore(long batchId) throws IOException {
    sameTable(known());
    DeltaTableAt.State state = stagingState();
    long last = lastStaged(state);
    if (last == batchId) {
      return Optional.empty();
    }
    if (last != batchId - 1) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "%s ends with batch %d (-1 is none), so batch %d cannot come next."
              .formatted(staging(), last, batchId),
          "Look who changed the checkpoint; " + beginAnew());
    }
    return Optional.of(state);
  }

  private DeltaTableAt.State stagingState() throws IOException {
    return staging()
        .load()
        .orElseThrow(
            () ->
                lost(
                    "its rows until then, in %s of the checkpoint, are gone".formatted(staging())));
  }

  /** The last batch, -1 for none. */
  private long lastStaged(DeltaTableAt.State state) {
    long last = -1;
    for (DeltaCommit commit : staging().history(state.path())) {
      if (commit.isOf(pass.id()) && commit.batch().matches("\\d{1,18}")) {
        last = Long.parseLong(commit.batch());
      } else if (commit.version() > 0 && !commit.leavesRows()) {
        throw lost("somebody else has written to %s (%s)".formatted(staging(), commit));
      }
    }
    return last;
  }

  /** With the rows of batches that Spark's checkpoint says are committed. */
  private TargetTable account(DeltaHistory history, TargetTable known, long lastBatchId) {
    if (known.nextBatchId() > lastBatchId + 1) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "Table %s has batches up to %d, but by Spark's checkpoint %d is the last (-1 is none)."
              .formatted(table, known.nextBatchId() - 1, lastBatchId),
          "Look who changed the checkpoint; " + beginAnew());
    }
    TargetTable sum = known;
    for (long batch = known.nextBatchId(); batch <= lastBatchId; batch++) {
      if (!history.has(batch)) {
        throw lost("batch %d is not in it".formatted(batch));
      }
      DeltaCommit commit = history.batch(batch);
      sum = sum.plus(commit.rows(), commit.bytes(), commit.files());
    }
    return sum;
  }

  /** The versions since the one that the checkpoint knows; refused if rows may be gone. */
  private DeltaHistory history(DeltaTableAt.State state, TargetTable known) {
    DeltaHistory history = DeltaHistory.of(table, state, known.snapshotId(), pass.id());
    if (!history.isWhole()) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "What became of table %s since version %d cannot be told: its history does not go back that far."
              .formatted(table, known.snapshotId()),
          "Look at the table's history; " + beginAnew());
    }
    Optional<DeltaCommit> late = history.rowsOf(pass.givenUp());
    if (late.isPresent() && !isStaged()) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "Pass %s, which was given up, has written to table %s meanwhile (%s)."
              .formatted(late.get().pass(), table, late.get()),
          "Make sure that its driver is dead; " + beginAnew());
    }
    Optional<DeltaCommit> undoing = history.undoneBy();
    if (undoing.isPresent() && !isStaged()) {
      throw lost("somebody has replaced its rows meanwhile (%s)".formatted(undoing.get()));
    }
    Optional<DeltaCommit> other = history.rowsOfOthers();
    if (other.isPresent() && pass.mode() == WriteMode.ERROR) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "Somebody else has written to table %s meanwhile (%s), which had no rows when this export began."
              .formatted(table, other.get()),
          "Look who that is; --restart with --mode append adds to what is there, with --mode"
              + " overwrite replaces it. Nothing was deleted.");
    }
    return history;
  }

  @Override
  public boolean isComplete() {
    return told(
        () -> {
          Optional<TargetTable> known = pass.kept().read();
          Optional<DeltaTableAt.State> state = table.load();
          return known.isPresent()
              && state.isPresent()
              && state.get().id().equals(known.get().tableId())
              && isInPlace(state.get(), known.get());
        });
  }

  private boolean isInPlace(DeltaTableAt.State state, TargetTable known) {
    return state.version() >= known.snapshotId()
        && DeltaHistory.of(table, state, known.snapshotId(), pass.id()).undoneBy().isEmpty();
  }

  @Override
  public Written finish(long lastBatchId) {
    pass.hold().run();
    return told(
        () -> {
          TargetTable known = known();
          DeltaTableAt.State state = sameTable(known);
          TargetTable whole =
              isStaged() ? putInPlace(state, known, lastBatchId) : sum(state, known, lastBatchId);
          pass.kept().write(whole);
          if (isStaged()) {
            pass.hold().run();
            staging().delete();
          }
          return new Written(whole.rows(), whole.bytes(), Math.toIntExact(whole.files()));
        });
  }

  private TargetTable sum(DeltaTableAt.State state, TargetTable known, long lastBatchId) {
    return account(history(state, known), known, lastBatchId)
        .before(lastBatchId + 1, state.version());
  }

  /** Replaces all rows by those of the batches, in one commit, unless that is done. */
  private TargetTable putInPlace(DeltaTableAt.State state, TargetTable known, long lastBatchId)
      throws IOException {
    if (known.nextBatchId() == lastBatchId + 1) {
      if (!isInPlace(state, known)) {
        throw lost("somebody has replaced its rows");
      }
      return known;
    }
    DeltaHistory history = history(state, known);
    if (history.whole(ALL).isEmpty()) {
      DeltaTableAt.State staged = stagingState();
      if (lastStaged(staged) != lastBatchId) {
        throw lost(
            "%s ends with batch %d, not %d".formatted(staging(), lastStaged(staged), lastBatchId));
      }
      pass.hold().run();
      Dataset<Row> rows = session.read().format("delta").load(staged.path().toString());
      writer(
              new DeltaColumns(definition.columns(), state.columns()).fitted(rows),
              SaveMode.Overwrite,
              pass.metadata(ALL))
          .option("txnAppId", pass.transactionId() + " " + ALL)
          .option("txnVersion", 0)
          .option("optimizeWrite", !definition.partitionColumns().isEmpty())
          .save(state.path().toString());
      history = history(sameTable(known), known);
    }
    DeltaCommit all =
        history.whole(ALL).orElseThrow(() -> lost("the commit of its rows is not in its history"));
    if (history.undoneAfter(all).isPresent()) {
      throw lost("somebody has replaced its rows");
    }
    return known.plus(all.rows(), all.bytes(), all.files()).before(lastBatchId + 1, all.version());
  }

  /**
   * Rows are brought together by the layout, not by Delta, and an overwrite is of all rows,
   * whatever the session says.
   */
  private static DataFrameWriter<Row> writer(Dataset<Row> rows, SaveMode mode, String metadata) {
    return rows.write()
        .format("delta")
        .mode(mode)
        .option("userMetadata", metadata)
        .option("partitionOverwriteMode", "static")
        .option("optimizeWrite", false);
  }

  private DeltaTableAt.State sameTable(TargetTable known) throws IOException {
    DeltaTableAt.State state =
        table.load().orElseThrow(() -> lost("there is no such table any more"));
    if (!state.id().equals(known.tableId())) {
      throw lost(
          "it was dropped and made again: its id was %s, is now %s"
              .formatted(known.tableId(), state.id()));
    }
    if (state.version() < known.snapshotId()) {
      throw lost("its version was %d, is now %d".formatted(known.snapshotId(), state.version()));
    }
    return state;
  }

  private RunFailure lost(String why) {
    return new RunFailure(
        ErrorCode.TARGET_LOST_FILES,
        "Table %s does not hold what pass %s has written: %s.".formatted(table, pass.id(), why),
        "Look who changed the table; " + beginAnew());
  }

  /** How to begin anew: rows of an append stay in the table when its pass is given up. */
  private String beginAnew() {
    return pass.mode() == WriteMode.APPEND
        ? "to begin anew, restore the table to before this pass, then --restart. Nothing was"
            + " deleted."
        : "--restart begins anew. Nothing was deleted.";
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T told(Step<T> step) {
    try {
      return step.run();
    } catch (IOException e) {
      throw new RunFailure(
          ErrorCode.TARGET_UNWRITABLE,
          "Table %s cannot be reached or written: %s".formatted(table, Causes.firstLine(e)),
          "Run the same command when that is mended.",
          e);
    } catch (Exception e) { // Spark's are not all declared
      throw DeltaFailures.of(table, e);
    }
  }
}
