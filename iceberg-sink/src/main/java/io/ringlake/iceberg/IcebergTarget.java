package io.ringlake.iceberg;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.ringlake.iceberg.History.Reach;
import io.ringlake.iceberg.Ledger.Entry;
import io.ringlake.iceberg.TargetRefused.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Iceberg table that one pass writes batches of rows to. What holds, wherever a driver dies:
 *
 * <ul>
 *   <li>Before a batch is written, the snapshots since the last entry of the {@link Ledger} are
 *       asked whether it is there already; each has the pass and the batch in its summary. If they
 *       do not go back that far, nothing is written.
 *   <li>In modes error and overwrite the batches go to a branch of the pass's own, which takes the
 *       place of {@code main} in one commit at the finish: readers see the old table or the new
 *       one. In mode append they go to {@code main}, one after the other.
 *   <li>Another table of the same name, which somebody made since, is not touched.
 * </ul>
 *
 * <p>Iceberg's own streaming sink asks only when it commits, by the newest snapshots that are left.
 */
public final class IcebergTarget {

  private static final Logger LOG = LoggerFactory.getLogger(IcebergTarget.class);

  private static final int COMMIT_ATTEMPTS = 5;
  private static final String S3_FILE_IO = "org.apache.iceberg.aws.s3.S3FileIO";

  private final SparkSession session;
  private final TableDefinition definition;
  private final Pass pass;
  private final Ledger ledger;
  private final Runnable hold;
  private final Admission admission;

  /** What to do if the table has rows. */
  public enum Mode {
    ERROR,
    APPEND,
    OVERWRITE
  }

  /**
   * Who writes.
   *
   * @param givenUp earlier passes that were given up unfinished
   * @param summary further properties of a batch's snapshot
   * @param options of Iceberg's writer in Spark
   */
  public record Pass(
      UUID id,
      Set<UUID> givenUp,
      Mode mode,
      LongFunction<Map<String, String>> summary,
      Map<String, String> options) {

    public Pass {
      givenUp = Set.copyOf(givenUp);
      options = Map.copyOf(options);
    }

    /** Where the batches go. */
    private String branch() {
      return mode == Mode.APPEND ? SnapshotRef.MAIN_BRANCH : branch(id);
    }

    private boolean hasOwnBranch() {
      return mode != Mode.APPEND;
    }

    private static String branch(UUID pass) {
      return "ringlake_" + pass.toString().replace('-', '_');
    }
  }

  /** What a pass has written. */
  public record Written(long rows, long bytes, long files) {}

  /**
   * @param session whose catalogs are used; {@link #write} uses those of its rows
   * @param ledger what it throws is handed on
   * @param hold called before each batch and each destructive step; throws if this driver must not
   *     go on, which is handed on
   */
  public IcebergTarget(
      SparkSession session, TableDefinition definition, Pass pass, Ledger ledger, Runnable hold) {
    this.session = session;
    this.definition = definition;
    this.pass = pass;
    this.ledger = ledger;
    this.hold = hold;
    this.admission = new Admission(definition, pass);
  }

  /**
   * Looks whether the table takes a new pass; only reads.
   *
   * @return what would be changed of its schema
   * @throws TargetRefused if it does not
   */
  public List<String> look() {
    return asked(
        () -> {
          Optional<Table> table = handle(session).load();
          if (table.isEmpty()) {
            definition.partitionSpec(definition.schema());
            definition.sortOrder(definition.schema());
            return List.of();
          }
          admission.require(table.get());
          return new SchemaEvolution(table.get(), definition.schema()).changes();
        });
  }

  /**
   * Makes the table ready for the batch after a given one.
   *
   * @param lastBatchId the last batch that Spark's checkpoint says is committed, -1 for none
   * @return what was changed of its schema
   */
  public List<String> prepare(long lastBatchId) {
    hold.run();
    return asked(
        () -> {
          Optional<Entry> entry = ledger.read();
          if (entry.isPresent()) {
            Table table = sameTable(session, entry.get());
            account(table, entry.get(), lastBatchId);
            return List.of();
          }
          if (lastBatchId >= 0) {
            throw new TargetRefused(
                Reason.IN_DOUBT,
                "The checkpoint has %d batches of table %s, but does not say which table that is."
                    .formatted(lastBatchId + 1, definition.name()),
                "Restore the checkpoint; " + beginAnew());
          }
          return begin();
        });
  }

  private List<String> begin() {
    TableHandle handle = handle(session);
    Table table = handle.load().orElseGet(() -> created(handle));
    requireStore(table);
    admission.require(table);
    requireNotBegun(table);
    List<String> changes = new SchemaEvolution(table, definition.schema()).make();
    for (UUID other : pass.givenUp()) {
      commit(
          table,
          () -> {
            if (table.refs().containsKey(Pass.branch(other))) {
              table.manageSnapshots().removeBranch(Pass.branch(other)).commit();
            }
          });
    }
    if (pass.hasOwnBranch() && !table.refs().containsKey(pass.branch())) {
      makeBranch(table);
    }
    table.refresh();
    // What came since the look above is not behind the snapshot that the first batch goes back to.
    admission.require(table);
    requireNotBegun(table);
    ledger.write(Entry.first(table.uuid(), head(table)));
    return changes;
  }

  /**
   * Loads the classes that the table's files are reached by, before executors fail without them.
   */
  private static void requireStore(Table table) {
    table.io().newInputFile(table.location() + "/metadata");
  }

  private void requireNotBegun(Table table) {
    if (!history(table, Entry.NO_SNAPSHOT).batches().isEmpty()) {
      throw new TargetRefused(
          Reason.IN_DOUBT,
          "Table %s has batches of pass %s, which has not begun by its checkpoint."
              .formatted(definition.name(), pass.id()),
          "Look who changed the checkpoint; " + beginAnew());
    }
  }

  /** The new table, or the one that somebody else has made just now. */
  private Table created(TableHandle handle) {
    try {
      return handle.create(definition);
    } catch (AlreadyExistsException e) {
      return handle.load().orElseThrow(() -> e);
    }
  }

  /**
   * Makes the branch of the pass, without rows, in one commit: another driver that has made it
   * meanwhile has batches in it, which it must not remove.
   */
  private void makeBranch(Table table) {
    try {
      commit(table, () -> emptyBranch(table));
    } catch (IllegalArgumentException | ValidationException | CommitFailedException e) {
      table.refresh();
      if (!hasBranch(table)) {
        throw e;
      }
      hold.run();
      throw new TargetRefused(
          Reason.IN_DOUBT,
          "Another driver works on branch %s of table %s: %s"
              .formatted(pass.branch(), definition.name(), Failures.rootOf(e)),
          "Wait until it ends, then run the same command.",
          e);
    }
  }

  private void emptyBranch(Table table) {
    Transaction change = table.newTransaction();
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      change.manageSnapshots().createBranch(pass.branch()).commit();
    } else {
      change.manageSnapshots().createBranch(pass.branch(), current.snapshotId()).commit();
      change
          .newDelete()
          .deleteFromRowFilter(Expressions.alwaysTrue())
          .toBranch(pass.branch())
          .commit();
    }
    change.commitTransaction();
  }

  /**
   * Writes a batch, unless it is there.
   *
   * @param batchId the one after those that are committed, or the last of them
   * @return whether it was written now
   * @throws TargetRefused if the table, its catalog or its store fails; what the rows fail of is
   *     handed on
   */
  public boolean write(long batchId, Dataset<Row> rows) {
    hold.run();
    SparkSession batchSession = rows.sparkSession();
    Table table = asked(() -> ready(batchSession, batchId));
    if (table == null) {
      LOG.info("The table has the batch already table={} batch={}", definition.name(), batchId);
      return false;
    }
    DataFrameWriterV2<Row> writer = writer(rows, table, batchId);
    try {
      writer.append();
    } catch (Exception e) { // checked ones among them
      if (!isThere(batchSession, batchId, e)) {
        throw unwritten(batchId, e);
      }
      if (Failures.wasUndone(e) && removesFiles(table)) {
        throw lost(
            "its catalog committed batch %d and said that it had not, so the files of it were removed"
                .formatted(batchId));
      }
      LOG.warn("A commit was done that failed table={} batch={}", definition.name(), batchId, e);
    }
    return true;
  }

  /** Whether Iceberg removes files of a commit that it takes for not done. */
  private static boolean removesFiles(Table table) {
    boolean isTold = "false".equals(table.io().properties().get("s3.delete-enabled"));
    // Nobody else obeys that.
    return !(isTold && table.io().getClass().getName().equals(S3_FILE_IO));
  }

  /** Whether a batch is there whose commit failed. */
  private boolean isThere(SparkSession batchSession, long batchId, Exception failure) {
    try {
      return asked(() -> ready(batchSession, batchId)) == null;
    } catch (TargetRefused e) {
      if (e.reason() != Reason.UNWRITABLE) {
        e.addSuppressed(failure);
        throw e;
      }
      failure.addSuppressed(e);
      return false;
    }
  }

  /** What to throw if a batch is not there. */
  private RuntimeException unwritten(long batchId, Exception failure) {
    if (!Failures.isOfTarget(failure)) {
      return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
    if (Failures.leavesCommitUnknown(failure)) {
      return new TargetRefused(
          Reason.IN_DOUBT,
          "Whether batch %d was committed to table %s is not known: %s"
              .formatted(batchId, definition.name(), Failures.rootOf(failure)),
          "Run the same command when the catalog answers again: it asks the table.",
          failure);
    }
    return TargetRefused.unwritable(definition.name(), failure);
  }

  /** The table if a batch can be written to it now, null if it is there. */
  private @Nullable Table ready(SparkSession batchSession, long batchId) {
    Entry known =
        ledger.read().orElseThrow(() -> new IllegalStateException("write comes after prepare"));
    Table table = sameTable(batchSession, known);
    if (pass.hasOwnBranch() && !table.refs().containsKey(pass.branch())) {
      throw lost("its branch %s is gone".formatted(pass.branch()));
    }
    History history = history(table, known.snapshotId());
    if (history.batches().containsKey(batchId)) {
      return null;
    }
    Entry entry = account(history, known, batchId - 1);
    // A batch comes after the one before it, so one of the two tells enough.
    if (!history.isWhole() && !history.batches().containsKey(batchId - 1)) {
      throw inDoubt(batchId);
    }
    ledger.write(entry.before(batchId, head(table)));
    return table;
  }

  private DataFrameWriterV2<Row> writer(Dataset<Row> rows, Table table, long batchId) {
    TableHandle handle = handle(rows.sparkSession());
    String target = pass.hasOwnBranch() ? handle.branch(pass.branch()) : handle.toString();
    DataFrameWriterV2<Row> writer =
        inColumnsOf(table, rows)
            .writeTo(target)
            .options(pass.options())
            // A sort order would have Iceberg ask for ranges, for which Spark reads the rows twice.
            .option("distribution-mode", "hash")
            .option("snapshot-property." + History.PASS, pass.id().toString())
            .option("snapshot-property." + History.BATCH, Long.toString(batchId));
    pass.summary()
        .apply(batchId)
        .forEach((key, value) -> writer.option("snapshot-property." + key, value));
    return writer;
  }

  /** The rows with null in the columns that only the table has. */
  private Dataset<Row> inColumnsOf(Table table, Dataset<Row> rows) {
    Set<String> own = Set.of(rows.columns());
    StructType columns = SparkSchemaUtil.convert(table.schema());
    for (String name : rows.columns()) {
      if (table.schema().findField(name) == null) {
        throw new TargetRefused(
            Reason.SCHEMA,
            "Table %s has no column %s any more, which it had when the pass began."
                .formatted(definition.name(), name),
            "Restore it, and run the same command: it resumes.");
      }
    }
    return rows.select(
        Arrays.stream(columns.fields())
            .map(field -> own.contains(field.name()) ? column(field) : absent(field))
            .toArray(Column[]::new));
  }

  private static Column column(StructField field) {
    return col("`" + field.name().replace("`", "``") + "`");
  }

  private static Column absent(StructField field) {
    return lit(null).cast(field.dataType()).as(field.name());
  }

  /** Whether the table has all of this pass where readers find it; only reads. */
  public boolean isComplete() {
    return asked(
        () -> {
          Optional<Entry> entry = ledger.read();
          Optional<Table> table = handle(session).load();
          if (entry.isEmpty()
              || table.isEmpty()
              || !table.get().uuid().equals(entry.get().tableId())) {
            return false;
          }
          return switch (inPlace(table.get(), entry.get())) {
            case WHOLE -> true;
            case ELSEWHERE -> false;
            case CUT_OFF -> !hasBranch(table.get());
          };
        });
  }

  /** Whether there is the pass's own branch: until its rows are in place, or if one comes late. */
  private boolean hasBranch(Table table) {
    return pass.hasOwnBranch() && table.refs().containsKey(pass.branch());
  }

  /**
   * Shows the rows to readers, once all batches are written.
   *
   * @param lastBatchId the last batch that Spark's checkpoint says is committed, -1 for none
   * @return what the pass has written
   */
  public Written finish(long lastBatchId) {
    hold.run();
    return asked(
        () -> {
          Entry known =
              ledger
                  .read()
                  .orElseThrow(() -> new IllegalStateException("finish comes after prepare"));
          Table table = sameTable(session, known);
          boolean isShown = !hasBranch(table);
          if (isShown && known.nextBatchId() == lastBatchId + 1) {
            requireInPlace(table, known);
            return written(known);
          }
          Entry entry = account(table, known, lastBatchId).before(lastBatchId + 1, head(table));
          ledger.write(entry);
          if (!isShown) {
            commit(table, () -> putInPlace(table, entry));
          }
          return written(entry);
        });
  }

  private void requireInPlace(Table table, Entry entry) {
    Reach reach = inPlace(table, entry);
    if (reach == Reach.ELSEWHERE) {
      throw lost("its rows are not in main");
    }
    if (reach == Reach.CUT_OFF && pass.hasOwnBranch()) {
      throw new TargetRefused(
          Reason.IN_DOUBT,
          "Whether the rows of pass %s are in table %s cannot be told: its history was expired."
              .formatted(pass.id(), definition.name()),
          "Count its rows: this pass has written %d. If they are there, use another --checkpoint from"
                  .formatted(entry.rows())
              + " now on; else --restart begins anew. Nothing was deleted.");
    }
  }

  private static Written written(Entry entry) {
    return new Written(entry.rows(), entry.bytes(), entry.files());
  }

  /** How far main goes back: to the newest snapshot that the ledger knows, or not. */
  private Reach inPlace(Table table, Entry entry) {
    History history = History.of(table, table.currentSnapshot(), entry.snapshotId(), pass);
    requireNothingLate(history, entry);
    return history.reach();
  }

  /** The commit fails if main has changed since it was looked at here. */
  private void putInPlace(Table table, Entry entry) {
    ManageSnapshots change = table.manageSnapshots(); // looks at the table anew
    Snapshot head = head(table);
    if (head == null || head.snapshotId() != entry.snapshotId()) {
      throw new TargetRefused(
          Reason.IN_DOUBT,
          "Somebody wrote to branch %s of table %s in the last moment."
              .formatted(pass.branch(), definition.name()),
          "Run the same command, which looks what that was. Nothing was deleted.");
    }
    String rowsInBranch = head.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP);
    if (rowsInBranch != null && !rowsInBranch.equals(Long.toString(entry.rows()))) {
      throw lost(
          "branch %s has %s rows, %d were written"
              .formatted(pass.branch(), rowsInBranch, entry.rows()));
    }
    String rows = Admission.rowsIn(table);
    if (pass.mode() == Mode.ERROR && !"0".equals(rows)) {
      throw new TargetRefused(
          Reason.NOT_EMPTY,
          "Somebody wrote to table %s meanwhile: it has %s rows. All rows of this pass are in its"
                  .formatted(definition.name(), rows)
              + " branch %s.".formatted(pass.branch()),
          "Remove those rows and run the same command, which then shows this pass's.");
    }
    change.replaceBranch(SnapshotRef.MAIN_BRANCH, pass.branch());
    change.removeBranch(pass.branch());
    change.commit();
  }

  private Table sameTable(SparkSession by, Entry entry) {
    Table table = handle(by).load().orElseThrow(() -> lost("there is no such table any more"));
    if (!table.uuid().equals(entry.tableId())) {
      throw lost(
          "it was dropped and made again: its UUID was %s, is now %s"
              .formatted(entry.tableId(), table.uuid()));
    }
    return table;
  }

  /** The newest snapshot of what is written to; of main once the branch took its place. */
  private @Nullable Snapshot head(Table table) {
    SnapshotRef branch = table.refs().get(pass.branch());
    return branch == null ? table.currentSnapshot() : table.snapshot(branch.snapshotId());
  }

  private History history(Table table, long end) {
    return History.of(table, head(table), end, pass);
  }

  private Entry account(Table table, Entry known, long lastBatchId) {
    return account(history(table, known.snapshotId()), known, lastBatchId);
  }

  /** What is known with the batches up to one, which all have to be there. */
  private Entry account(History history, Entry known, long lastBatchId) {
    if (known.nextBatchId() > lastBatchId + 1) {
      throw new TargetRefused(
          Reason.IN_DOUBT,
          "Table %s has batches up to %d, but by Spark's checkpoint %d is the last (-1 is none)."
              .formatted(definition.name(), known.nextBatchId() - 1, lastBatchId),
          "Look who changed the checkpoint; " + beginAnew());
    }
    requireNothingLate(history, known);
    Entry entry = known;
    for (long batch = known.nextBatchId(); batch <= lastBatchId; batch++) {
      Snapshot snapshot = history.batches().get(batch);
      if (snapshot == null) {
        throw history.isWhole() ? lost("batch %d is not in it".formatted(batch)) : inDoubt(batch);
      }
      entry = entry.plus(snapshot);
    }
    return entry;
  }

  private void requireNothingLate(History history, Entry known) {
    for (Map.Entry<Long, Snapshot> late : history.batches().entrySet()) {
      if (late.getKey() < known.nextBatchId()) {
        throw new TargetRefused(
            Reason.IN_DOUBT,
            "Batch %d of pass %s came to table %s again, by snapshot %d of a driver that was"
                    .formatted(
                        late.getKey(), pass.id(), definition.name(), late.getValue().snapshotId())
                + " thought to be dead.",
            "Make sure that it is; " + beginAnew());
      }
    }
  }

  /** How to begin anew: rows of an append stay in main when its pass is given up. */
  private String beginAnew() {
    return pass.hasOwnBranch()
        ? "--restart begins anew. Nothing was deleted."
        : "to begin anew, roll the table back to before this pass, then --restart. Nothing was"
            + " deleted.";
  }

  private TableHandle handle(SparkSession by) {
    return new TableHandle(by, definition.name());
  }

  private TargetRefused lost(String why) {
    return new TargetRefused(
        Reason.LOST,
        "Table %s does not hold what pass %s has written: %s."
            .formatted(definition.name(), pass.id(), why),
        "Look who changed the table; " + beginAnew());
  }

  private TargetRefused inDoubt(long batch) {
    return new TargetRefused(
        Reason.IN_DOUBT,
        "Whether table %s has batch %d cannot be told: its history does not go back to the snapshot"
                .formatted(definition.name(), batch)
            + " before it, which was expired or rolled back.",
        "Look at the table's history; " + beginAnew());
  }

  /** Catalogs and stores fail by whatever their clients throw. */
  private <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      if (e instanceof TargetRefused || !Failures.isOfTarget(e)) {
        throw e;
      }
      throw TargetRefused.unwritable(definition.name(), e);
    } catch (LinkageError e) {
      throw TargetRefused.lackingClass(definition.name(), e);
    }
  }

  /** Makes a change that fails if the table has changed: it is looked at anew some times. */
  private void commit(Table table, Runnable change) {
    for (int attempt = 1; ; attempt++) {
      hold.run();
      try {
        change.run();
        return;
      } catch (CommitFailedException e) {
        if (attempt == COMMIT_ATTEMPTS) {
          throw e;
        }
        table.refresh();
      }
    }
  }
}
