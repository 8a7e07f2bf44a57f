package io.ringlake.iceberg;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringlake.iceberg.IcebergTarget.Mode;
import io.ringlake.iceberg.IcebergTarget.Written;
import io.ringlake.iceberg.PartitionTransform.Function;
import io.ringlake.iceberg.TableDefinition.SortColumn;
import io.ringlake.iceberg.TargetRefused.Reason;
import io.ringlake.testkit.iceberg.Fault;
import io.ringlake.testkit.iceberg.RestCatalogServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.iceberg.spark.source.HasIcebergCatalog;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes of three batches of four rows, by drivers that die in between; Iceberg's own reader. */
class IcebergTargetTest {

  private static final TableIdentifier ORDERS = TableIdentifier.of(Namespace.of("shop"), "orders");
  private static final StructType COLUMNS = columns(DataTypes.IntegerType);
  private static final int BATCHES = 3;
  private static final int BATCH_ROWS = 4;

  private static SparkSession spark;
  private static RestCatalogServer server;

  private final MemoryLedger ledger = new MemoryLedger();
  private String catalogName = "hadoop";

  private static StructType columns(DataType amount) {
    return new StructType()
        .add("id", DataTypes.LongType, false)
        .add("amount", amount)
        .add("name", DataTypes.StringType, true, "CQL text");
  }

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = RestCatalogServer.start(folder.resolve("rest"));
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.catalog.hadoop", "org.apache.iceberg.spark.SparkCatalog")
            .config("spark.sql.catalog.hadoop.type", "hadoop")
            .config("spark.sql.catalog.hadoop.warehouse", folder.resolve("hadoop").toString())
            .config("spark.sql.catalog.jdbc", "org.apache.iceberg.spark.SparkCatalog")
            .config("spark.sql.catalog.jdbc.type", "jdbc")
            .config("spark.sql.catalog.jdbc.uri", "jdbc:sqlite:" + folder.resolve("catalog.db"))
            .config("spark.sql.catalog.jdbc.warehouse", folder.resolve("jdbc").toString())
            .config("spark.sql.catalog.jdbc.jdbc.schema-version", "V1")
            .config("spark.sql.catalog.rest", "org.apache.iceberg.spark.SparkCatalog")
            .config("spark.sql.catalog.rest.type", "rest")
            .config("spark.sql.catalog.rest.uri", server.uri())
            .config("spark.sql.catalog.foreign", "org.apache.iceberg.spark.SparkCatalog")
            .config("spark.sql.catalog.foreign.catalog-impl", ForeignCatalog.class.getName())
            .config("spark.sql.catalog.foreign.warehouse", folder.resolve("foreign").toString())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    server.close();
  }

  @BeforeEach
  void drop() {
    for (String name : List.of("hadoop", "jdbc", "rest", "foreign")) {
      catalogName = name;
      catalog().dropTable(ORDERS, true);
    }
    catalogName = "hadoop";
  }

  private static final class MemoryLedger implements Ledger {

    private Optional<Entry> entry = Optional.empty();

    @Override
    public Optional<Entry> read() {
      return entry;
    }

    @Override
    public void write(Entry next) {
      entry = Optional.of(next);
    }
  }

  private Catalog catalog() {
    return ((HasIcebergCatalog) spark.sessionState().catalogManager().catalog(catalogName))
        .icebergCatalog();
  }

  private Table table() {
    Table table = catalog().loadTable(ORDERS);
    table.refresh();
    return table;
  }

  private Snapshot head() {
    return Objects.requireNonNull(table().currentSnapshot());
  }

  /** A driver of one pass; each call makes another one. */
  private IcebergTarget driver(UUID pass, Mode mode) {
    return driver(pass, Set.of(), mode, COLUMNS, List.of());
  }

  private IcebergTarget driver(
      UUID pass,
      Set<UUID> givenUp,
      Mode mode,
      StructType columns,
      List<PartitionTransform> partitioning) {
    return new IcebergTarget(
        spark,
        new TableDefinition(
            catalogName + ".shop.orders",
            columns,
            partitioning,
            List.of(),
            List.of("id"),
            Map.of()),
        new IcebergTarget.Pass(
            pass, givenUp, mode, batch -> Map.of("ringlake.spans", batch + "-" + batch), Map.of()),
        ledger,
        () -> {});
  }

  private TableDefinition definition(Map<String, String> properties, List<SortColumn> sorting) {
    return new TableDefinition(
        catalogName + ".shop.orders", COLUMNS, List.of(), sorting, List.of("id"), properties);
  }

  private IcebergTarget target(TableDefinition definition, Mode mode) {
    return new IcebergTarget(
        spark,
        definition,
        new IcebergTarget.Pass(UUID.randomUUID(), Set.of(), mode, batch -> Map.of(), Map.of()),
        ledger,
        () -> {});
  }

  private IcebergTarget sorting(Mode mode, SortColumn... columns) {
    return target(definition(Map.of(), List.of(columns)), mode);
  }

  private static Dataset<Row> batch(long batchId) {
    return batch(batchId, 0);
  }

  private static Dataset<Row> batch(long batchId, long firstId) {
    return spark
        .createDataFrame(
            LongStream.range(batchId * BATCH_ROWS, (batchId + 1) * BATCH_ROWS)
                .mapToObj(id -> RowFactory.create(firstId + id, (int) id, "name " + id))
                .toList(),
            COLUMNS)
        .coalesce(1);
  }

  private static Written run(IcebergTarget target) {
    target.prepare(-1);
    for (long batch = 0; batch < BATCHES; batch++) {
      target.write(batch, batch(batch));
    }
    return target.finish(BATCHES - 1);
  }

  private List<Long> ids() throws Exception {
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table()).build()) {
      List<Long> ids = new ArrayList<>();
      rows.forEach(row -> ids.add((Long) row.getField("id")));
      ids.sort(null);
      return ids;
    }
  }

  private static List<Long> allIds() {
    return LongStream.range(0, BATCHES * BATCH_ROWS).boxed().toList();
  }

  private static TargetRefused refused(ThrowingCallable call) {
    TargetRefused refused = catchThrowableOfType(TargetRefused.class, call);
    assertThat(refused).isNotNull();
    return refused;
  }

  @ParameterizedTest
  @ValueSource(strings = {"hadoop", "jdbc", "rest"})
  void makesTheTableAndShowsItsRowsAtTheEnd(String name) throws Exception {
    catalogName = name;
    IcebergTarget target = driver(UUID.randomUUID(), Mode.ERROR);
    target.prepare(-1);
    target.write(0, batch(0));
    assertThat(ids()).isEmpty();
    target.write(1, batch(1));
    target.write(2, batch(2));

    Written written = target.finish(2);

    assertThat(ids()).isEqualTo(allIds());
    assertThat(written.rows()).isEqualTo(12);
    assertThat(written.files()).isEqualTo(3);
    assertThat(written.bytes()).isPositive();
    assertThat(target.isComplete()).isTrue();
    assertThat(table().refs()).containsOnlyKeys("main");
    assertThat(table().schema().identifierFieldNames()).containsExactly("id");
    assertThat(table().schema().findField("name").doc()).isEqualTo("CQL text");
    assertThat(head().summary())
        .containsEntry("ringlake.batch", "2")
        .containsEntry("ringlake.spans", "2-2");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void writesNoBatchTwiceWhateverCameBetweenTheTwoCommits(Mode mode) throws Exception {
    UUID pass = UUID.randomUUID();
    driver(pass, mode).prepare(-1);
    for (long batch = 0; batch < BATCHES; batch++) {
      driver(pass, mode).write(batch, batch(batch));
      // Killed before Spark's commit: the next driver comes with other rows for the same batch.
      driver(pass, mode).prepare(batch - 1);
      driver(pass, mode).write(batch, batch(batch, 1_000));
    }
    driver(pass, mode).prepare(2);
    Written written = driver(pass, mode).finish(2);

    assertThat(ids()).isEqualTo(allIds());
    assertThat(driver(pass, mode).finish(2)).isEqualTo(written);
    assertThat(written.rows()).isEqualTo(12);
    assertThat(ids()).isEqualTo(allIds());
  }

  @Test
  void appendsBesideOthersWhoCommitAndCompact() throws Exception {
    run(driver(UUID.randomUUID(), Mode.ERROR));
    ledger.entry = Optional.empty();
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.APPEND).prepare(-1);
    driver(pass, Mode.APPEND).write(0, batch(0, 100));
    batch(0, 500).writeTo("hadoop.shop.orders").append();
    SparkActions.get(spark).rewriteDataFiles(table()).option("rewrite-all", "true").execute();
    assertThat(head().operation()).isEqualTo("replace");

    driver(pass, Mode.APPEND).write(0, batch(0, 1_000));
    driver(pass, Mode.APPEND).write(1, batch(1, 100));

    assertThat(driver(pass, Mode.APPEND).finish(1).rows()).isEqualTo(8);
    assertThat(ids()).hasSize(12 + 8 + 4).doesNotHaveDuplicates();
    assertThat(driver(pass, Mode.APPEND).isComplete()).isTrue();
  }

  @Test
  void findsItsBatchAfterAnotherCommitAndExpiry() throws Exception {
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.APPEND).prepare(-1);
    driver(pass, Mode.APPEND).write(0, batch(0));
    driver(pass, Mode.APPEND).write(1, batch(1));
    batch(0, 500).writeTo("hadoop.shop.orders").append();
    long own = Objects.requireNonNull(head().parentId());
    table().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(2).commit();
    assertThat(table().snapshot(own)).isNotNull();

    driver(pass, Mode.APPEND).write(1, batch(1, 1_000));

    assertThat(ids()).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void refusesWhereItsBatchMayHaveExpired() throws Exception {
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.APPEND).prepare(-1);
    driver(pass, Mode.APPEND).write(0, batch(0));
    driver(pass, Mode.APPEND).write(1, batch(1));
    batch(0, 500).writeTo("hadoop.shop.orders").append();
    table().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

    TargetRefused refused = refused(() -> driver(pass, Mode.APPEND).write(1, batch(1, 1_000)));

    assertThat(refused.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(refused)
        .hasMessage(
            "Whether table hadoop.shop.orders has batch 1 cannot be told: its history does not go"
                + " back to the snapshot before it, which was expired or rolled back.");
    assertThat(ids()).hasSize(12);
  }

  @Test
  void refusesATableThatWasMadeAgain() {
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.APPEND).prepare(-1);
    driver(pass, Mode.APPEND).write(0, batch(0));
    catalog().dropTable(ORDERS, true);

    assertThat(refused(() -> driver(pass, Mode.APPEND).prepare(0)))
        .hasMessageEndingWith("there is no such table any more.");

    Table other = catalog().createTable(ORDERS, table2());
    assertThat(refused(() -> driver(pass, Mode.APPEND).write(1, batch(1))).reason())
        .isEqualTo(Reason.LOST);
    assertThat(other.currentSnapshot()).isNull();
  }

  /** Another catalog object: this session's keeps what it has loaded. */
  @Test
  void refusesATableThatSomebodyElseMadeAgain() {
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.APPEND).prepare(-1);
    driver(pass, Mode.APPEND).write(0, batch(0));
    Catalog others =
        ((HasIcebergCatalog) spark.newSession().sessionState().catalogManager().catalog("hadoop"))
            .icebergCatalog();
    others.dropTable(ORDERS, true);

    assertThat(refused(() -> driver(pass, Mode.APPEND).write(1, batch(1))).reason())
        .isEqualTo(Reason.LOST);

    others.createTable(ORDERS, table2());
    others.loadTable(ORDERS).updateProperties().set("a", "b").commit();
    assertThat(refused(() -> driver(pass, Mode.APPEND).write(1, batch(1))).reason())
        .isEqualTo(Reason.LOST);
    assertThat(others.loadTable(ORDERS).currentSnapshot()).isNull();
  }

  @Test
  void refusesABatchOfADriverThatWasThoughtToBeDead() throws Exception {
    for (Mode mode : Mode.values()) {
      drop();
      ledger.entry = Optional.empty();
      UUID pass = UUID.randomUUID();
      driver(pass, mode).prepare(-1);
      driver(pass, mode).write(0, batch(0));
      driver(pass, mode).write(1, batch(1));
      // Its commit of batch 0 comes now, after it was asked whether it may.
      String target =
          mode == Mode.APPEND
              ? "hadoop.shop.orders"
              : "hadoop.shop.orders.branch_ringlake_" + pass.toString().replace('-', '_');
      batch(0)
          .writeTo(target)
          .option("snapshot-property.ringlake.pass", pass.toString())
          .option("snapshot-property.ringlake.batch", "0")
          .append();

      TargetRefused refused = refused(() -> driver(pass, mode).finish(1));

      assertThat(refused.reason()).isEqualTo(Reason.IN_DOUBT);
      assertThat(refused).hasMessageEndingWith("of a driver that was thought to be dead.");
    }
  }

  @Test
  void goesOnAfterABatchAlthoughWhatWasBeforeItHasExpired() throws Exception {
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.APPEND).prepare(-1);
    driver(pass, Mode.APPEND).write(0, batch(0));
    batch(0, 500).writeTo("hadoop.shop.orders").append();
    driver(pass, Mode.APPEND).write(1, batch(1));
    batch(0, 600).writeTo("hadoop.shop.orders").append();
    table().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(2).commit();

    driver(pass, Mode.APPEND).write(2, batch(2));

    assertThat(driver(pass, Mode.APPEND).finish(2).rows()).isEqualTo(12);
    assertThat(ids()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void refusesATableThatLostAColumnMeanwhile() {
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.APPEND).prepare(-1);
    driver(pass, Mode.APPEND).write(0, batch(0));
    table().updateSchema().renameColumn("name", "title").commit();

    TargetRefused refused = refused(() -> driver(pass, Mode.APPEND).write(1, batch(1)));

    assertThat(refused.reason()).isEqualTo(Reason.SCHEMA);
    assertThat(refused)
        .hasMessage(
            "Table hadoop.shop.orders has no column name any more, which it had when the pass"
                + " began.");
  }

  @Test
  void doesNotEndWellIfItsBranchIsGone() throws Exception {
    UUID pass = UUID.randomUUID();
    for (long batch = -1; batch < 2; batch++) {
      driver(pass, Mode.ERROR).prepare(batch);
      driver(pass, Mode.ERROR).write(batch + 1, batch(batch + 1));
    }
    batch(0, 500).writeTo("hadoop.shop.orders").append();
    TargetRefused notEmpty = refused(() -> driver(pass, Mode.ERROR).finish(2));
    assertThat(notEmpty.reason()).isEqualTo(Reason.NOT_EMPTY);
    assertThat(notEmpty).hasMessageContaining("it has 4 rows. All rows of this pass are in its");
    String branch = "ringlake_" + pass.toString().replace('-', '_');
    assertThat(table().refs()).containsKey(branch);
    table().manageSnapshots().removeBranch(branch).commit();

    assertThat(refused(() -> driver(pass, Mode.ERROR).finish(2)).reason()).isEqualTo(Reason.LOST);
    assertThat(driver(pass, Mode.ERROR).isComplete()).isFalse();
  }

  @Test
  void doesNotAddToATableWhoseHistoryDoesNotTellWhatAGivenUpPassLeft() throws Exception {
    UUID givenUp = UUID.randomUUID();
    driver(givenUp, Mode.APPEND).prepare(-1);
    driver(givenUp, Mode.APPEND).write(0, batch(0));
    batch(0, 500).writeTo("hadoop.shop.orders").append();
    table().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
    ledger.entry = Optional.empty();

    TargetRefused refused =
        refused(
            () ->
                driver(UUID.randomUUID(), Set.of(givenUp), Mode.APPEND, COLUMNS, List.of()).look());

    assertThat(refused.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(refused).hasMessageEndingWith("cannot be told: its history was expired.");
  }

  @Test
  void refusesColumnsThatDifferInCaseOnly() {
    run(driver(UUID.randomUUID(), Mode.ERROR));
    ledger.entry = Optional.empty();
    StructType shouted =
        new StructType().add("id", DataTypes.LongType, false).add("NAME", DataTypes.StringType);

    assertThat(
            refused(
                () -> driver(UUID.randomUUID(), Set.of(), Mode.APPEND, shouted, List.of()).look()))
        .hasMessage(
            "Rows cannot be written to table hadoop.shop.orders: its column name differs from NAME"
                + " of the rows in case only.");
  }

  @Test
  void everyRowIsThereOnceWhicheverAnswerToAPassIsLost() throws Exception {
    failEachRequest(Fault.ANSWER_LOST, Mode.ERROR);
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyRowIsThereOnceHoweverARequestOfAPassFails(Fault fault) throws Exception {
    for (Mode mode : Mode.values()) {
      failEachRequest(fault, mode);
    }
  }

  /** A pass for each request that changes something, in each of which that one fails. */
  private void failEachRequest(Fault fault, Mode mode) throws Exception {
    catalogName = "rest";
    List<Long> ids = LongStream.range(0, 2 * BATCH_ROWS).boxed().toList();
    int request = 0;
    do {
      catalog().dropTable(ORDERS, true);
      ledger.entry = Optional.empty();
      UUID pass = UUID.randomUUID();
      server.fail("POST .*/namespaces.*(?<!metrics)", fault, request, 1);
      tryUntilDone(() -> driver(pass, mode).prepare(-1));
      for (long batch = 0; batch < 2; batch++) {
        long id = batch;
        tryUntilDone(() -> driver(pass, mode).write(id, batch(id)));
      }
      AtomicLong rows = new AtomicLong();
      tryUntilDone(() -> rows.set(driver(pass, mode).finish(1).rows()));
      assertThat(rows).as("%s of request %d", fault, request).hasValue(ids.size());
      assertThat(ids()).as("%s of request %d", fault, request).isEqualTo(ids);
      assertThat(table().refs()).containsOnlyKeys("main");
      request++;
    } while (server.heal() > 0);
    // The table, a commit of each batch; else the branch made and put in its place as well.
    assertThat(request - 1).isGreaterThanOrEqualTo(mode == Mode.APPEND ? 3 : 5);
  }

  /** As the same command does when a run has failed. */
  private static void tryUntilDone(ThrowingCallable step) {
    for (int tries = 0; ; tries++) {
      try {
        step.call();
        return;
      } catch (TargetRefused e) {
        assertThat(e.reason()).as(e::problem).isIn(Reason.UNWRITABLE, Reason.IN_DOUBT);
        assertThat(tries).isLessThan(3);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void tellsTheFailuresOfACatalogWhateverTheyAre() throws Exception {
    catalogName = "foreign";
    UUID pass = UUID.randomUUID();
    record Step(ThrowingCallable call, Reason reason) {}
    for (Step step :
        List.of(
            new Step(() -> driver(pass, Mode.OVERWRITE).prepare(-1), Reason.UNWRITABLE),
            new Step(() -> driver(pass, Mode.OVERWRITE).write(0, batch(0)), Reason.IN_DOUBT),
            new Step(() -> driver(pass, Mode.OVERWRITE).finish(0), Reason.UNWRITABLE))) {
      ForeignCatalog.isDown = true;

      TargetRefused refused = refused(step.call());

      assertThat(refused.reason()).isEqualTo(step.reason());
      assertThat(refused).hasMessageContaining("the metastore is gone");
      ForeignCatalog.isDown = false;
      tryUntilDone(step.call());
    }
    assertThat(ids()).hasSize(BATCH_ROWS);
  }

  @Test
  void doesNotCountABatchWhoseFilesWereRemovedAfterItsCommit() {
    catalogName = "rest";
    IcebergTarget target =
        target(definition(Map.of("commit.retry.num-retries", "0"), List.of()), Mode.APPEND);
    target.prepare(-1);
    server.fail("POST .*/tables/orders", Fault.DONE_AND_REFUSED, 0, 1);

    TargetRefused refused = refused(() -> target.write(0, batch(0)));

    assertThat(server.heal()).isEqualTo(1);
    assertThat(refused.reason()).isEqualTo(Reason.LOST);
    assertThat(refused)
        .hasMessageEndingWith(
            "its catalog committed batch 0 and said that it had not, so the files of it were"
                + " removed.");
  }

  @Test
  void saysThatATableCannotHaveAProperty() {
    TargetRefused refused =
        refused(
            () ->
                target(definition(Map.of("format-version", "9"), List.of()), Mode.ERROR)
                    .prepare(-1));

    assertThat(refused.reason()).isEqualTo(Reason.SETTINGS);
    assertThat(refused).hasMessageContaining("cannot be made: ");
  }

  @Test
  void tellsOfALateCommitAfterTheFinish() throws Exception {
    UUID pass = UUID.randomUUID();
    run(driver(pass, Mode.APPEND));
    batch(1)
        .writeTo("hadoop.shop.orders")
        .option("snapshot-property.ringlake.pass", pass.toString())
        .option("snapshot-property.ringlake.batch", "1")
        .append();

    assertThat(refused(() -> driver(pass, Mode.APPEND).isComplete()))
        .hasMessageEndingWith("of a driver that was thought to be dead.");
    assertThat(refused(() -> driver(pass, Mode.APPEND).finish(BATCHES - 1)).reason())
        .isEqualTo(Reason.IN_DOUBT);
  }

  @Test
  void handsOnWhatTheRowsFailOf() throws Exception {
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.ERROR).prepare(-1);
    Dataset<Row> broken = batch(0).withColumn("amount", expr("int(raise_error('no such page'))"));

    Exception failure =
        catchThrowableOfType(Exception.class, () -> driver(pass, Mode.ERROR).write(0, broken));

    assertThat(failure).isNotInstanceOf(TargetRefused.class);
    assertThat(failure).hasStackTraceContaining("no such page");
    driver(pass, Mode.ERROR).write(0, batch(0));
    assertThat(driver(pass, Mode.ERROR).finish(0).rows()).isEqualTo(BATCH_ROWS);
  }

  @Test
  void asksTheHoldBeforeEachStep() {
    IcebergTarget superseded =
        new IcebergTarget(
            spark,
            definition(Map.of(), List.of()),
            new IcebergTarget.Pass(
                UUID.randomUUID(), Set.of(), Mode.ERROR, batch -> Map.of(), Map.of()),
            ledger,
            () -> {
              throw new IllegalStateException("superseded");
            });

    for (ThrowingCallable step :
        List.<ThrowingCallable>of(
            () -> superseded.prepare(-1),
            () -> superseded.write(0, batch(0)),
            () -> superseded.finish(-1))) {
      assertThat(catchThrowableOfType(IllegalStateException.class, step)).hasMessage("superseded");
    }
    assertThat(catalog().tableExists(ORDERS)).isFalse();
  }

  @Test
  void aDriverThatWakesUpLateDoesNotEmptyTheBranchOfItsSuccessor() throws Exception {
    run(driver(UUID.randomUUID(), Mode.ERROR));
    ledger.entry = Optional.empty();
    UUID pass = UUID.randomUUID();
    AtomicInteger asked = new AtomicInteger();
    IcebergTarget late =
        new IcebergTarget(
            spark,
            definition(Map.of(), List.of()),
            new IcebergTarget.Pass(pass, Set.of(), Mode.OVERWRITE, batch -> Map.of(), Map.of()),
            ledger,
            () -> {
              if (asked.incrementAndGet() == 2) {
                driver(pass, Mode.OVERWRITE).prepare(-1);
                driver(pass, Mode.OVERWRITE).write(0, batch(0, 100));
              }
            });

    TargetRefused refused = refused(() -> late.prepare(-1));

    assertThat(refused.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(driver(pass, Mode.OVERWRITE).finish(0).rows()).isEqualTo(4);
    assertThat(ids()).containsExactly(100L, 101L, 102L, 103L);
  }

  @Test
  void doesNotTouchABranchThatItsCheckpointKnowsNothingOf() {
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.ERROR).prepare(-1);
    driver(pass, Mode.ERROR).write(0, batch(0));
    Optional<Ledger.Entry> restored = ledger.entry;
    ledger.entry = Optional.empty();

    TargetRefused refused = refused(() -> driver(pass, Mode.ERROR).prepare(-1));

    assertThat(refused.reason()).isEqualTo(Reason.IN_DOUBT);
    ledger.entry = restored;
    assertThat(driver(pass, Mode.ERROR).finish(0).rows()).isEqualTo(BATCH_ROWS);
  }

  @Test
  void doesNotShowABranchThatLostRows() {
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.ERROR).prepare(-1);
    driver(pass, Mode.ERROR).write(0, batch(0));
    table()
        .newDelete()
        .deleteFromRowFilter(Expressions.alwaysTrue())
        .toBranch("ringlake_" + pass.toString().replace('-', '_'))
        .commit();

    TargetRefused refused = refused(() -> driver(pass, Mode.ERROR).finish(0));

    assertThat(refused.reason()).isEqualTo(Reason.LOST);
    assertThat(refused).hasMessageContaining("has 0 rows, 4 were written");
  }

  @Test
  void refusesALateCommitOfAPassThatWasGivenUp() throws Exception {
    UUID old = UUID.randomUUID();
    UUID pass = UUID.randomUUID();
    driver(pass, Set.of(old), Mode.APPEND, COLUMNS, List.of()).prepare(-1);
    batch(0, 500)
        .writeTo("hadoop.shop.orders")
        .option("snapshot-property.ringlake.pass", old.toString())
        .option("snapshot-property.ringlake.batch", "0")
        .append();

    TargetRefused refused =
        refused(
            () -> driver(pass, Set.of(old), Mode.APPEND, COLUMNS, List.of()).write(0, batch(0)));

    assertThat(refused.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(refused).hasMessageContaining("which was given up: batch 0");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"APPEND", "OVERWRITE"})
  void finishesAgainAlthoughItsSnapshotsHaveExpired(Mode mode) throws Exception {
    UUID pass = UUID.randomUUID();
    run(driver(pass, mode));
    batch(0, 500).writeTo("hadoop.shop.orders").append();
    batch(0, 600).writeTo("hadoop.shop.orders").append();
    table().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

    assertThat(driver(pass, mode).isComplete()).isTrue();
    if (mode == Mode.APPEND) {
      assertThat(driver(pass, mode).finish(BATCHES - 1).rows()).isEqualTo(12);
    } else {
      assertThat(refused(() -> driver(pass, mode).finish(BATCHES - 1)).reason())
          .isEqualTo(Reason.IN_DOUBT);
    }
  }

  @Test
  void refusesRowsWithoutAColumnThatTheTableIsPartitionedBy() {
    List<PartitionTransform> byName = List.of(PartitionTransform.of(Function.IDENTITY, "name"));
    run(driver(UUID.randomUUID(), Set.of(), Mode.ERROR, COLUMNS, byName));
    ledger.entry = Optional.empty();
    StructType nameless = new StructType().add("id", DataTypes.LongType, false);

    TargetRefused refused =
        refused(() -> driver(UUID.randomUUID(), Set.of(), Mode.APPEND, nameless, List.of()).look());

    assertThat(refused.reason()).isEqualTo(Reason.LAYOUT);
    assertThat(refused)
        .hasMessage(
            "Table hadoop.shop.orders is partitioned by its column name, which the rows do not"
                + " have.");
  }

  private static org.apache.iceberg.Schema table2() {
    return new org.apache.iceberg.Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
  }

  @Test
  void refusesATableThatWasRolledBack() throws Exception {
    run(driver(UUID.randomUUID(), Mode.ERROR));
    ledger.entry = Optional.empty();
    long before = head().snapshotId();
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.APPEND).prepare(-1);
    driver(pass, Mode.APPEND).write(0, batch(0, 100));
    driver(pass, Mode.APPEND).write(1, batch(1, 100));
    table().manageSnapshots().rollbackTo(before).commit();

    TargetRefused refused = refused(() -> driver(pass, Mode.APPEND).prepare(1));

    assertThat(refused.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(ids()).isEqualTo(allIds());
  }

  @Test
  void overwritesInOneStepWhateverTheTableHad() throws Exception {
    run(driver(UUID.randomUUID(), Mode.ERROR));
    ledger.entry = Optional.empty();
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.OVERWRITE).prepare(-1);
    driver(pass, Mode.OVERWRITE).write(0, batch(0, 100));
    assertThat(ids()).isEqualTo(allIds());

    driver(pass, Mode.OVERWRITE).finish(0);

    assertThat(ids()).containsExactly(100L, 101L, 102L, 103L);
    assertThat(head().summary()).containsEntry("total-records", "4");
    assertThat(table().refs()).containsOnlyKeys("main");
    assertThat(driver(pass, Mode.OVERWRITE).isComplete()).isTrue();
  }

  @Test
  void refusesRowsThatAreThere() {
    run(driver(UUID.randomUUID(), Mode.ERROR));
    ledger.entry = Optional.empty();

    TargetRefused refused = refused(() -> driver(UUID.randomUUID(), Mode.ERROR).look());

    assertThat(refused.reason()).isEqualTo(Reason.NOT_EMPTY);
    assertThat(refused).hasMessage("Table hadoop.shop.orders has 12 rows.");
  }

  @Test
  void addsAndWidensColumnsAndFillsThoseThatOnlyTheTableHas() throws Exception {
    run(driver(UUID.randomUUID(), Mode.ERROR));
    ledger.entry = Optional.empty();
    StructType now =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("amount", DataTypes.LongType)
            .add("paid", DataTypes.BooleanType);
    IcebergTarget target = driver(UUID.randomUUID(), Set.of(), Mode.APPEND, now, List.of());
    List<String> told = target.look();

    List<String> made = target.prepare(-1);
    target.write(0, spark.createDataFrame(List.of(RowFactory.create(77L, 1L << 40, true)), now));

    assertThat(made)
        .isEqualTo(told)
        .containsExactly("column amount is widened: int to long", "column paid boolean is added");
    target.finish(0);
    assertThat(ids()).hasSize(13).contains(77L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"string", "array<int>", "map<string,int>", "struct<of:int>"})
  void refusesColumnsOfAnotherType(String type) {
    run(driver(UUID.randomUUID(), Mode.ERROR));
    ledger.entry = Optional.empty();
    StructType columns = columns(DataType.fromDDL(type));
    IcebergTarget target = driver(UUID.randomUUID(), Set.of(), Mode.APPEND, columns, List.of());

    TargetRefused refused = refused(target::look);

    assertThat(refused.reason()).isEqualTo(Reason.SCHEMA);
    assertThat(refused).hasMessageContaining("amount");
    assertThat(table().schema().findType("amount")).isEqualTo(Types.IntegerType.get());
  }

  @Test
  void keepsTheDocsThatSomebodyWrote() {
    run(driver(UUID.randomUUID(), Mode.ERROR));
    ledger.entry = Optional.empty();
    table().updateSchema().updateColumnDoc("name", "as on the passport").commit();

    List<String> changes = driver(UUID.randomUUID(), Mode.APPEND).prepare(-1);

    assertThat(changes).isEmpty();
    assertThat(table().schema().findField("name").doc()).isEqualTo("as on the passport");
  }

  @Test
  void aBatchWithoutRowsIsABatch() throws Exception {
    UUID pass = UUID.randomUUID();
    driver(pass, Mode.ERROR).prepare(-1);
    driver(pass, Mode.ERROR).write(0, batch(0));

    driver(pass, Mode.ERROR).write(1, batch(1).limit(0));

    driver(pass, Mode.ERROR).write(2, batch(2));
    assertThat(driver(pass, Mode.ERROR).finish(2).rows()).isEqualTo(2 * BATCH_ROWS);
    assertThat(ids()).hasSize(2 * BATCH_ROWS);
  }

  @Test
  void partitionsByWhatIsAskedForAndRefusesATableThatDoesNot() {
    List<PartitionTransform> partitioning =
        List.of(
            new PartitionTransform(Function.BUCKET, "id", 4),
            new PartitionTransform(Function.TRUNCATE, "name", 6));
    run(driver(UUID.randomUUID(), Set.of(), Mode.ERROR, COLUMNS, partitioning));
    ledger.entry = Optional.empty();

    assertThat(table().spec().fields())
        .hasToString("[1000: id_bucket: bucket[4](1), 1001: name_trunc: truncate[6](3)]");
    driver(UUID.randomUUID(), Set.of(), Mode.APPEND, COLUMNS, partitioning).look();
    driver(UUID.randomUUID(), Mode.APPEND).look();
    assertThat(
            refused(
                () ->
                    driver(
                            UUID.randomUUID(),
                            Set.of(),
                            Mode.APPEND,
                            COLUMNS,
                            List.of(PartitionTransform.of(Function.IDENTITY, "name")))
                        .look()))
        .hasMessage(
            "Table hadoop.shop.orders is partitioned by bucket(4, id), truncate(6, name), not by"
                + " identity(name).");
  }

  @Test
  void sortsTheRowsOfAFileAsTheTableSays() throws Exception {
    IcebergTarget target = sorting(Mode.ERROR, new SortColumn("name", true));
    target.prepare(-1);
    target.write(0, batch(0));
    target.finish(0);
    ledger.entry = Optional.empty();

    List<String> names = new ArrayList<>();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table()).build()) {
      rows.forEach(row -> names.add((String) row.getField("name")));
    }
    assertThat(names).containsExactly("name 3", "name 2", "name 1", "name 0");
    sorting(Mode.APPEND, new SortColumn("name", true)).look();
    assertThat(refused(() -> sorting(Mode.APPEND, new SortColumn("name", false)).look()))
        .hasMessage(
            "Table hadoop.shop.orders is sorted by name desc nulls last, not by name asc nulls"
                + " first.");
    drop();
    assertThat(refused(() -> sorting(Mode.ERROR, new SortColumn("paid", false)).look()))
        .hasMessageStartingWith("Iceberg refuses to sort table hadoop.shop.orders by [paid]: ");
  }

  @Test
  void removesTheBranchOfAPassThatWasGivenUp() throws Exception {
    UUID givenUp = UUID.randomUUID();
    driver(givenUp, Mode.OVERWRITE).prepare(-1);
    driver(givenUp, Mode.OVERWRITE).write(0, batch(0, 500));
    ledger.entry = Optional.empty();

    run(driver(UUID.randomUUID(), Set.of(givenUp), Mode.OVERWRITE, COLUMNS, List.of()));

    assertThat(ids()).isEqualTo(allIds());
    assertThat(table().refs()).containsOnlyKeys("main");
  }

  @Test
  void doesNotAddToRowsOfAPassThatWasGivenUp() {
    UUID givenUp = UUID.randomUUID();
    driver(givenUp, Mode.APPEND).prepare(-1);
    driver(givenUp, Mode.APPEND).write(0, batch(0));
    ledger.entry = Optional.empty();

    TargetRefused refused =
        refused(
            () ->
                driver(UUID.randomUUID(), Set.of(givenUp), Mode.APPEND, COLUMNS, List.of()).look());

    assertThat(refused.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(refused).hasMessageContaining("which was given up: batch 0 by snapshot ");
  }

  @Test
  void namesWhatIsWrongWithTheName() {
    for (Map.Entry<String, String> name :
        Map.of(
                "orders", "orders is not the name of a table in a catalog.",
                "nowhere.shop.orders", "There is no catalog nowhere in this session.",
                "a..b", "a..b is not the name of a table in a catalog.")
            .entrySet()) {
      IcebergTarget target =
          new IcebergTarget(
              spark,
              new TableDefinition(
                  name.getKey(), COLUMNS, List.of(), List.of(), List.of(), Map.of()),
              new IcebergTarget.Pass(
                  UUID.randomUUID(), Set.of(), Mode.ERROR, batch -> Map.of(), Map.of()),
              ledger,
              () -> {});
      assertThat(refused(target::look)).hasMessage(name.getValue());
    }
  }
}
