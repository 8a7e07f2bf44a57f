package io.ringlake.sink.delta;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.delta.tables.DeltaTable;
import io.ringlake.checkpoint.TargetTable;
import io.ringlake.checkpoint.TargetTables;
import io.ringlake.config.DataSize;
import io.ringlake.config.WriteMode;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.sink.Written;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Passes of two batches of four rows, by drivers that die in between; Delta's own reader. */
class DeltaSinkTest {

  private static final StructType COLUMNS = columns(DataTypes.IntegerType);
  private static final int BATCHES = 2;
  private static final int BATCH_ROWS = 4;

  private static SparkSession spark;

  private final MemoryTables kept = new MemoryTables();

  @TempDir private Path folder;
  private String output;

  private static StructType columns(DataType amount) {
    return new StructType()
        .add("id", DataTypes.LongType, false)
        .add("amount", amount)
        .add("name", DataTypes.StringType, true, "CQL text");
  }

  @BeforeAll
  static void start(@TempDir Path warehouse) {
    spark =
        SharedSpark.newSession(
            new SparkConf()
                .setMaster("local[1]")
                .set("spark.sql.shuffle.partitions", "2")
                .set("spark.databricks.delta.snapshotPartitions", "1")
                .set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .set(
                    "spark.sql.catalog.spark_catalog",
                    "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .set("spark.sql.warehouse.dir", warehouse.toString())
                .set("spark.hadoop.fs.faulty.impl", FaultyFileSystem.class.getName())
                .set("spark.delta.logStore.faulty.impl", "io.delta.storage.LocalLogStore"));
  }

  @BeforeEach
  void name() {
    output = folder.resolve("orders").toString();
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(FaultyFileSystem.Fault.none());
  }

  private static final class MemoryTables implements TargetTables {

    private Optional<TargetTable> table = Optional.empty();

    @Override
    public Optional<TargetTable> read() {
      return table;
    }

    @Override
    public void write(TargetTable next) {
      table = Optional.of(next);
    }
  }

  /** A driver of one pass; each call makes another one. */
  private DeltaSink driver(UUID pass, WriteMode mode) {
    return driver(pass, Set.of(), mode, definition(COLUMNS, List.of(), false));
  }

  private DeltaSink driver(
      UUID pass, Set<UUID> givenUp, WriteMode mode, DeltaDefinition definition) {
    return new DeltaSink(
        spark,
        definition,
        new DeltaPass(
            pass,
            givenUp,
            mode,
            kept,
            Map.of("ringlake.run", "monday"),
            batch -> batch + "-" + batch,
            new org.apache.hadoop.fs.Path(staging(pass).toString()),
            () -> {}),
        "zstd",
        DataSize.parse("128MB"));
  }

  /** In the table's own folder, as it is by default. */
  private Path staging(UUID pass) {
    return folder.resolve("orders/_ringlake/checkpoint/shop.orders/pass-0001/staging-" + pass);
  }

  private DeltaDefinition definition(
      StructType columns, List<String> partitionColumns, boolean mergeSchema) {
    return new DeltaDefinition(
        output, columns, partitionColumns, Map.of("delta.appendOnly", "false"), mergeSchema);
  }

  private static Dataset<Row> batch(long batchId) {
    return batch(batchId, 0);
  }

  private static Dataset<Row> batch(long batchId, long firstId) {
    return spark.createDataFrame(
        LongStream.range(batchId * BATCH_ROWS, (batchId + 1) * BATCH_ROWS)
            .mapToObj(id -> RowFactory.create(firstId + id, (int) id, "name " + id))
            .toList(),
        COLUMNS);
  }

  private Dataset<Row> read() {
    return spark.read().format("delta").load(output);
  }

  private List<Long> ids() {
    return read().select("id").collectAsList().stream()
        .map(row -> row.getLong(0))
        .sorted()
        .toList();
  }

  private static List<Long> idsOf(int batches) {
    return LongStream.range(0, (long) batches * BATCH_ROWS).boxed().toList();
  }

  private DeltaTable table() {
    return DeltaTable.forPath(spark, output);
  }

  private List<String> operations() {
    return table().history().select("operation").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** Writes batches, each by a driver of its own. */
  private void write(UUID pass, WriteMode mode, long from, long toExclusive) {
    for (long batch = from; batch < toExclusive; batch++) {
      DeltaSink driver = driver(pass, mode);
      driver.prepare(batch - 1);
      driver.write(batch, batch(batch));
    }
  }

  private Written writeAll(UUID pass, WriteMode mode) {
    write(pass, mode, 0, BATCHES);
    return driver(pass, mode).finish(BATCHES - 1);
  }

  /** Somebody else's rows. */
  private void others(int rows) {
    batch(0, 1000).limit(rows).write().format("delta").mode("append").save(output);
  }

  private void othersOverwrite() {
    batch(0, 2000).write().format("delta").mode("overwrite").save(output);
  }

  private static void refuses(ErrorCode code, String problem, ThrowingCallable call) {
    RunFailure refused = catchThrowableOfType(RunFailure.class, call);

    assertThat(refused).isNotNull();
    assertThat(refused.problem()).contains(problem);
    assertThat(refused.code()).isEqualTo(code);
  }

  @Test
  void replacesAllRowsWhateverTheSessionSays() {
    DeltaDefinition byName = definition(COLUMNS, List.of("name"), false);
    batch(0, 1000).write().format("delta").partitionBy("name").save(output);
    UUID pass = UUID.randomUUID();
    spark.conf().set("spark.sql.sources.partitionOverwriteMode", "dynamic");
    try {
      DeltaSink sink = driver(pass, Set.of(), WriteMode.OVERWRITE, byName);
      sink.prepare(-1);
      sink.write(0, batch(1));
      sink.finish(0);
    } finally {
      spark.conf().unset("spark.sql.sources.partitionOverwriteMode");
    }

    assertThat(ids()).containsExactly(4L, 5L, 6L, 7L);
  }

  @ParameterizedTest
  @EnumSource
  void hasEachBatchOnceWhoeverWroteIt(WriteMode mode) {
    UUID pass = UUID.randomUUID();
    driver(pass, mode).check();

    Written written = writeAll(pass, mode);

    assertThat(ids()).isEqualTo(idsOf(BATCHES));
    assertThat(written.rows()).isEqualTo(8);
    assertThat(written.bytes()).isPositive();
    assertThat(written.files()).isPositive();
    assertThat(driver(pass, mode).isComplete()).isTrue();
    assertThat(driver(pass, mode).finish(BATCHES - 1)).isEqualTo(written);
    assertThat(staging(pass)).doesNotExist();
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource
  void leavesABatchAsItIsThatSparkDoesNotKnow(WriteMode mode) {
    UUID pass = UUID.randomUUID();
    write(pass, mode, 0, 2);
    DeltaSink next = driver(pass, mode);
    next.prepare(0);

    next.write(1, batch(1, 500)); // the table has changed meanwhile

    assertThat(driver(pass, mode).finish(BATCHES - 1).rows()).isEqualTo(8);
    assertThat(ids()).isEqualTo(idsOf(BATCHES));
  }

  @Test
  void tellsOfEachBatchInTheHistory() {
    UUID pass = UUID.randomUUID();
    writeAll(pass, WriteMode.APPEND);

    assertThat(table().history(1).select("userMetadata").head().getString(0))
        .isEqualTo(
            "{\"ringlake.batch\":\"1\",\"ringlake.pass\":\"%s\",\"ringlake.run\":\"monday\",\"ringlake.spans\":\"1-1\"}"
                .formatted(pass));
    assertThat(table().detail().select("properties").head().getJavaMap(0))
        .isEqualTo(Map.of("delta.appendOnly", "false"));
    assertThat(read().schema().apply("name").getComment().get()).isEqualTo("CQL text");
  }

  @Test
  void goesOnBesideOthersWhoCommitAndCompact() {
    UUID pass = UUID.randomUUID();
    write(pass, WriteMode.APPEND, 0, 2);
    others(2);
    table().optimize().executeCompaction();
    DeltaSink again = driver(pass, WriteMode.APPEND);
    again.prepare(0);
    again.write(1, batch(1));

    assertThat(driver(pass, WriteMode.APPEND).finish(BATCHES - 1).rows()).isEqualTo(8);
    assertThat(ids()).hasSize(10).doesNotHaveDuplicates().containsAll(idsOf(BATCHES));
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource(names = {"APPEND", "ERROR"})
  void refusesATableThatWasRestored(WriteMode mode) {
    UUID pass = UUID.randomUUID();
    write(pass, mode, 0, 2);
    table().restoreToVersion(1);

    refuses(
        ErrorCode.TARGET_LOST_FILES,
        "somebody has replaced its rows meanwhile (RESTORE, version 3)",
        () -> write(pass, mode, 2, 3));
    refuses(ErrorCode.TARGET_LOST_FILES, "RESTORE", () -> driver(pass, mode).finish(1));
    assertThat(ids()).isEqualTo(idsOf(1));
  }

  @Test
  @Tag("full")
  void refusesATableThatSomebodyOverwrote() {
    UUID pass = UUID.randomUUID();
    write(pass, WriteMode.APPEND, 0, 2);
    othersOverwrite();

    refuses(
        ErrorCode.TARGET_LOST_FILES,
        "somebody has replaced its rows meanwhile (WRITE, version 3)",
        () -> write(pass, WriteMode.APPEND, 2, 3));
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource
  void refusesATableThatWasMadeAgain(WriteMode mode) throws IOException {
    UUID pass = UUID.randomUUID();
    write(pass, mode, 0, 2);
    FileUtils.deleteDirectory(folder.resolve("orders").toFile());
    refuses(
        ErrorCode.TARGET_LOST_FILES,
        "there is no such table any more",
        () -> write(pass, mode, 2, 3));
    others(1);

    refuses(
        ErrorCode.TARGET_LOST_FILES,
        "it was dropped and made again",
        () -> write(pass, mode, 2, 3));
    assertThat(driver(pass, mode).isComplete()).isFalse();
  }

  @Test
  @Tag("full")
  void saysWhenAFinishedTableWasReplaced() {
    UUID pass = UUID.randomUUID();
    writeAll(pass, WriteMode.APPEND);
    others(1);
    assertThat(driver(pass, WriteMode.APPEND).isComplete()).isTrue();

    table().restoreToVersion(0);

    assertThat(driver(pass, WriteMode.APPEND).isComplete()).isFalse();
  }

  @Test
  void refusesRowsUnlessTold() {
    writeAll(UUID.randomUUID(), WriteMode.ERROR);

    refuses(
        ErrorCode.TARGET_NOT_EMPTY,
        "has rows.",
        () -> driver(UUID.randomUUID(), WriteMode.ERROR).check());
  }

  @Test
  void refusesRowsThatCameMeanwhile() {
    UUID pass = UUID.randomUUID();
    write(pass, WriteMode.ERROR, 0, 1);
    others(1);

    refuses(
        ErrorCode.COMMIT_IN_DOUBT,
        "Somebody else has written to table",
        () -> write(pass, WriteMode.ERROR, 1, 2));
  }

  @Test
  @Tag("full")
  void showsAnOverwriteInOneCommit() {
    others(4);
    UUID pass = UUID.randomUUID();
    write(pass, WriteMode.OVERWRITE, 0, BATCHES);
    assertThat(ids()).hasSize(4).doesNotContainAnyElementsOf(idsOf(BATCHES));
    int versions = operations().size();

    driver(pass, WriteMode.OVERWRITE).finish(BATCHES - 1);

    assertThat(ids()).isEqualTo(idsOf(BATCHES));
    assertThat(operations()).hasSize(versions + 1);
    assertThat(staging(pass)).doesNotExist();
  }

  @Test
  void finishesAnOverwriteThatWasCommittedWhenADriverDied() {
    others(4);
    UUID pass = UUID.randomUUID();
    write(pass, WriteMode.OVERWRITE, 0, BATCHES);
    TargetTable before = kept.read().orElseThrow();
    Written written = driver(pass, WriteMode.OVERWRITE).finish(BATCHES - 1);
    kept.write(before);

    assertThat(driver(pass, WriteMode.OVERWRITE).finish(BATCHES - 1)).isEqualTo(written);

    assertThat(ids()).isEqualTo(idsOf(BATCHES));
  }

  @Test
  @Tag("full")
  void refusesToFinishAnOverwriteThatSomebodyElseOverwrote() {
    others(4);
    UUID pass = UUID.randomUUID();
    write(pass, WriteMode.OVERWRITE, 0, BATCHES);
    TargetTable before = kept.read().orElseThrow();
    driver(pass, WriteMode.OVERWRITE).finish(BATCHES - 1);
    kept.write(before);
    othersOverwrite();

    refuses(
        ErrorCode.TARGET_LOST_FILES,
        "somebody has replaced its rows",
        () -> driver(pass, WriteMode.OVERWRITE).finish(BATCHES - 1));
  }

  @Test
  @Tag("full")
  void refusesAnOverwriteWhoseRowsAreGone() throws IOException {
    others(4);
    UUID pass = UUID.randomUUID();
    write(pass, WriteMode.OVERWRITE, 0, 2);
    FileUtils.deleteDirectory(staging(pass).toFile());

    refuses(
        ErrorCode.TARGET_LOST_FILES,
        "of the checkpoint, are gone",
        () -> write(pass, WriteMode.OVERWRITE, 2, 3));
    assertThat(ids()).hasSize(4);
  }

  @Test
  @Tag("full")
  void refusesToAddToRowsOfAPassThatWasGivenUp() {
    UUID dead = UUID.randomUUID();
    write(dead, WriteMode.APPEND, 0, 2);
    kept.table = Optional.empty();
    UUID pass = UUID.randomUUID();
    DeltaDefinition definition = definition(COLUMNS, List.of(), false);

    refuses(
        ErrorCode.COMMIT_IN_DOUBT,
        "has rows of pass %s, which was given up, since version 1.".formatted(dead),
        () -> driver(pass, Set.of(dead), WriteMode.APPEND, definition).check());

    table().restoreToVersion(1); // which has the first batch
    refuses(
        ErrorCode.COMMIT_IN_DOUBT,
        "has rows of pass %s".formatted(dead),
        () -> driver(pass, Set.of(dead), WriteMode.APPEND, definition).check());

    table().restoreToVersion(0);
    driver(pass, Set.of(dead), WriteMode.APPEND, definition).prepare(-1);
    write(pass, WriteMode.APPEND, 0, BATCHES);
    assertThat(ids()).isEqualTo(idsOf(BATCHES));
  }

  @Test
  @Tag("full")
  void replacesRowsThatOnlyPassesHaveWrittenThatWereGivenUp() {
    UUID dead = UUID.randomUUID();
    write(dead, WriteMode.ERROR, 0, 2);
    kept.table = Optional.empty();
    UUID pass = UUID.randomUUID();

    driver(pass, Set.of(dead), WriteMode.ERROR, definition(COLUMNS, List.of(), false)).prepare(-1);
    write(pass, WriteMode.ERROR, 0, BATCHES);

    assertThat(ids()).isEqualTo(idsOf(BATCHES));
  }

  @Test
  @Tag("full")
  void refusesRowsThatAPassThatWasGivenUpWritesLate() {
    UUID dead = UUID.randomUUID();
    write(dead, WriteMode.APPEND, 0, 1);
    table().restoreToVersion(0);
    TargetTable ofDead = kept.read().orElseThrow();
    kept.table = Optional.empty();
    UUID pass = UUID.randomUUID();
    DeltaDefinition definition = definition(COLUMNS, List.of(), false);
    driver(pass, Set.of(dead), WriteMode.APPEND, definition).prepare(-1);
    TargetTable ofPass = kept.read().orElseThrow();
    kept.write(new TargetTable(1, ofDead.tableId(), 1, ofPass.snapshotId(), 0, 0, 0));
    driver(dead, WriteMode.APPEND).write(1, batch(1));
    kept.write(ofPass);

    refuses(
        ErrorCode.COMMIT_IN_DOUBT,
        "Pass %s, which was given up, has written to table".formatted(dead),
        () -> driver(pass, Set.of(dead), WriteMode.APPEND, definition).write(0, batch(0)));
  }

  @Test
  @Tag("full")
  void refusesATableThatOnlyTakesRowsToBeReplaced() {
    batch(0, 1000).write().format("delta").option("delta.appendOnly", "true").save(output);

    refuses(
        ErrorCode.TARGET_DIFFERS,
        "has delta.appendOnly, so its rows cannot be replaced.",
        () -> driver(UUID.randomUUID(), WriteMode.OVERWRITE).check());
  }

  @Test
  void comparesColumnsInDepth() {
    StructType inner = new StructType().add("a", DataTypes.IntegerType);
    StructType ofTable =
        new StructType().add("s", inner).add("m", DataTypes.createArrayType(DataTypes.LongType));
    StructType ofRows =
        new StructType()
            .add("S", inner.add("b", DataTypes.StringType))
            .add("m", DataTypes.createArrayType(DataTypes.LongType));

    DeltaColumns more = new DeltaColumns(ofRows, ofTable);
    assertThat(more.lacking()).containsExactly("field S.b string");
    assertThat(more.misfit()).isEmpty();
    assertThat(new DeltaColumns(ofTable, ofRows).misfit())
        .contains("rows do not have its field s.b");
    assertThat(
            new DeltaColumns(
                    new StructType().add("m", DataTypes.createMapType(DataTypes.StringType, inner)),
                    ofTable)
                .misfit())
        .contains("its column m is array<bigint>, not map<string,struct<a:int>>");
  }

  @Test
  void addsColumnsOnRequestAndSaysSo() {
    writeAll(UUID.randomUUID(), WriteMode.APPEND);
    kept.table = Optional.empty();
    UUID pass = UUID.randomUUID();
    StructType more = COLUMNS.add("born", DataTypes.DateType);

    refuses(
        ErrorCode.TARGET_DIFFERS,
        "lacks column born date.",
        () -> driver(pass, Set.of(), WriteMode.APPEND, definition(more, List.of(), false)).check());
    DeltaSink merging = driver(pass, Set.of(), WriteMode.APPEND, definition(more, List.of(), true));
    assertThat(merging.prepare(-1)).containsExactly("column born date added to the table");
    merging.write(0, batch(0, 100).withColumn("born", lit("1912-06-23").cast("date")));

    assertThat(merging.finish(0).rows()).isEqualTo(4);
    assertThat(read().filter("born IS NULL").count()).isEqualTo(8);
    assertThat(read().filter("born = DATE'1912-06-23'").count()).isEqualTo(4);
  }

  @Test
  void writesToWiderTypesAndRefusesNarrowerOnes() {
    spark
        .createDataFrame(List.of(), columns(DataTypes.LongType))
        .write()
        .format("delta")
        .save(output);
    writeAll(UUID.randomUUID(), WriteMode.APPEND);
    assertThat(read().schema().apply("amount").dataType()).isEqualTo(DataTypes.LongType);
    assertThat(read().filter(col("amount").equalTo(7L)).count()).isEqualTo(1);
    kept.table = Optional.empty();

    refuses(
        ErrorCode.TARGET_DIFFERS,
        "its column amount is bigint, not string.",
        () ->
            driver(
                    UUID.randomUUID(),
                    Set.of(),
                    WriteMode.APPEND,
                    definition(columns(DataTypes.StringType), List.of(), true))
                .check());
  }

  @Test
  void partitionsByColumnsThatStayInTheTable() {
    UUID pass = UUID.randomUUID();
    DeltaDefinition byAmount = definition(COLUMNS, List.of("amount"), false);
    DeltaSink sink = driver(pass, Set.of(), WriteMode.OVERWRITE, byAmount);
    sink.prepare(-1);
    sink.write(0, batch(0));

    assertThat(sink.finish(0).files()).isEqualTo(4);

    assertThat(folder.resolve("orders/amount=3")).isDirectory();
    assertThat(read().schema().apply("amount").dataType()).isEqualTo(DataTypes.IntegerType);
    refuses(
        ErrorCode.BAD_LAYOUT,
        "is partitioned by amount, not by nothing.",
        () -> driver(UUID.randomUUID(), WriteMode.APPEND).check());
  }

  @Test
  void refusesAFolderOfSomethingElse() throws IOException {
    Files.createDirectories(folder.resolve("orders"));
    Files.writeString(folder.resolve("orders/part-0.parquet"), "x");
    refuses(
        ErrorCode.TARGET_NOT_EMPTY,
        "is not empty, and not a Delta table: it holds part-0.parquet.",
        () -> driver(UUID.randomUUID(), WriteMode.OVERWRITE).check());

    output = folder.resolve("outer").toString();
    others(1);
    String outer = output;
    output = outer + "/inner";
    refuses(
        ErrorCode.BAD_SETTINGS,
        "lies in the Delta table",
        () -> driver(UUID.randomUUID(), WriteMode.APPEND).check());
  }

  @Test
  void isMadeAroundItsOwnCheckpoint() throws IOException {
    Files.createDirectories(folder.resolve("orders/_ringlake/checkpoint/shop.orders/hold"));
    UUID pass = UUID.randomUUID();

    assertThat(writeAll(pass, WriteMode.ERROR).rows()).isEqualTo(8);
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource
  void writesToATableOfSparksCatalog(WriteMode mode) {
    output = "spark_catalog.shop.orders_%s".formatted(mode);
    UUID pass = UUID.randomUUID();
    driver(pass, mode).check();

    writeAll(pass, mode);

    assertThat(driver(pass, mode).isComplete()).isTrue();
    assertThat(spark.table("shop.orders_%s".formatted(mode)).count()).isEqualTo(8);
  }

  @Test
  void refusesATableOfSparksCatalogThatIsNoDeltaTable() {
    spark.sql("CREATE DATABASE IF NOT EXISTS shop");
    spark.sql("CREATE TABLE shop.plain (id bigint) USING parquet");
    output = "spark_catalog.shop.plain";

    refuses(
        ErrorCode.BAD_SETTINGS,
        "spark_catalog.shop.plain is there, but is not a Delta table.",
        () -> driver(UUID.randomUUID(), WriteMode.APPEND).check());
  }

  @Test
  void countsACommitThatWasDoneAlthoughItFailed() {
    output = "faulty:" + folder.resolve("orders");
    UUID pass = UUID.randomUUID();
    write(pass, WriteMode.APPEND, 0, 1);
    DeltaSink driver = driver(pass, WriteMode.APPEND);
    driver.prepare(0);
    FaultyFileSystem.arm(
        FaultyFileSystem.Fault.failAt(
            "rename",
            "_delta_log/0*2\\.json$",
            FaultyFileSystem.Times.ONCE,
            FaultyFileSystem.When.AFTER));

    driver.write(1, batch(1));

    assertThat(FaultyFileSystem.calls()).anyMatch(call -> call.matches("rename .+/0*2\\.json"));
    assertThat(driver(pass, WriteMode.APPEND).finish(BATCHES - 1).rows()).isEqualTo(8);
    assertThat(ids()).isEqualTo(idsOf(BATCHES));
  }

  @Test
  @Tag("full")
  void goesOnAfterACommitThatFailed() {
    output = "faulty:" + folder.resolve("orders");
    UUID pass = UUID.randomUUID();
    write(pass, WriteMode.APPEND, 0, 1);
    DeltaSink driver = driver(pass, WriteMode.APPEND);
    driver.prepare(0);
    FaultyFileSystem.arm(
        FaultyFileSystem.Fault.failAt(
            "rename",
            "_delta_log/0*2\\.json$",
            FaultyFileSystem.Times.ONCE,
            FaultyFileSystem.When.BEFORE));

    assertThat(catchThrowableOfType(Exception.class, () -> driver.write(1, batch(1))))
        .hasStackTraceContaining("injected before rename");

    write(pass, WriteMode.APPEND, 1, BATCHES);
    assertThat(driver(pass, WriteMode.APPEND).finish(BATCHES - 1).rows()).isEqualTo(8);
    assertThat(ids()).isEqualTo(idsOf(BATCHES));
  }
}
