package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringlake.config.WriteMode;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.TableName;
import io.ringlake.sink.Manifest.Bounds;
import io.ringlake.sink.Manifest.DataFile;
import io.ringlake.sink.Manifest.TimeRange;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FileSinkTest {

  private final Path temp;
  private final Path folder;

  FileSinkTest(@TempDir Path temp) {
    this.temp = temp;
    this.folder = temp.resolve("out");
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  // ---- what is refused

  @Test
  void refusesATargetThatIsNotEmptyByDefault() throws IOException {
    Files.createDirectories(folder.resolve("year=2024"));
    Files.writeString(folder.resolve("year=2024/notes.txt"), "mine");
    Map<String, byte[]> before = new FolderCheck(folder).files();

    assertThatThrownBy(() -> export(WriteMode.ERROR).begin())
        .hasMessage(
            """
            RL-USAGE-008 file:%s is not empty: it holds year=2024/notes.txt.
            Use --mode append or --mode overwrite, or export to another path."""
                .formatted(folder));
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void takesATargetThatHoldsOnlyItsCheckpoint() throws IOException {
    Path plan = folder.resolve("_ringlake/checkpoint/shop.orders/pass-0001/plan.json");
    Files.createDirectories(plan.getParent());
    Files.writeString(plan, "{}");

    Manifest manifest = export(WriteMode.ERROR).run();

    new FolderCheck(folder).isFinished(manifest);
    assertThat(plan).hasContent("{}");
  }

  @Test
  void overwriteKeepsTheCheckpoint() throws IOException {
    export(WriteMode.ERROR).run();
    Path plan = folder.resolve("_ringlake/checkpoint/shop.orders/pass-0001/plan.json");
    Files.createDirectories(plan.getParent());
    Files.writeString(plan, "{}");
    Files.writeString(folder.resolve("_ringlake/report.json"), "{}");
    Files.createDirectories(folder.resolve(".hidden/empty"));

    Manifest manifest = export(WriteMode.OVERWRITE).run();

    new FolderCheck(folder).isFinished(manifest);
    assertThat(plan).hasContent("{}");
    assertThat(folder.resolve(".hidden")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(WriteMode.class)
  void refusesAnotherStreamsFolderInEveryMode(WriteMode mode) throws IOException {
    Files.createDirectories(folder.resolve("_spark_metadata"));
    Files.writeString(folder.resolve("_spark_metadata/0"), "v1");

    assertThat(failure(() -> export(mode).sink(() -> {}).check()))
        .hasMessage(
            """
            RL-USAGE-008 file:%s is not empty: it holds _spark_metadata, the log of another Spark stream.
            Export to another path, or remove it if that stream is over."""
                .formatted(folder));
    assertThat(folder.resolve("_spark_metadata/0")).hasContent("v1");
  }

  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"ERROR", "APPEND"})
  void refusesATargetInWhichAnotherPassIsAtWork(WriteMode mode) {
    SmallExport other = export(WriteMode.ERROR);
    other.begin();

    assertThat(failure(() -> export(mode).sink(() -> {}).check()))
        .hasMessageContaining("it holds the unfinished pass " + other.passId());
  }

  @Test
  void refusesAPathBelowARegularFile() throws IOException {
    Files.writeString(temp.resolve("file"), "mine");
    SmallExport export =
        new SmallExport(temp.resolve("file/out").toString(), WriteMode.ERROR, true, 0);

    RunFailure failure = failure(export::run);

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNWRITABLE);
    assertThat(failure)
        .hasMessageStartingWith("RL-TARGET-001 Cannot write to %s/file/out: ".formatted(temp))
        .hasMessageContaining("%s/file is a file, not a folder".formatted(temp))
        .hasMessageEndingWith(
            "Make it writable for this user, or choose another path with --output.");
    assertThat(temp.resolve("file")).hasContent("mine");
  }

  @Test
  void refusesAFileWhereTheFolderShouldBe() throws IOException {
    Files.writeString(folder, "mine");

    assertThat(failure(export(WriteMode.OVERWRITE)::run))
        .hasMessageContaining(
            "Cannot write to %s: %s is a file, not a folder".formatted(folder, folder));
    assertThat(folder).hasContent("mine");
  }

  @Test
  void refusesAFileSystemThatDoesNotExist() {
    assertThat(failure(() -> new SmallExport("nosuch://host/x", WriteMode.ERROR, true, 0).run()))
        .hasMessageContaining("Cannot write to nosuch://host/x: No FileSystem for scheme");
  }

  @Test
  void refusesAFileSystemThatFailsAndWritesNothing() {
    FaultyFileSystem.arm(Fault.failAt(1, Times.ALWAYS, When.BEFORE));

    RunFailure failure = failure(() -> faulty(WriteMode.ERROR).sink(() -> {}).check());

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNWRITABLE);
    assertThat(failure).hasMessageContaining("injected before");
    assertThat(folder).doesNotExist();
  }

  @Test
  void checkingLeavesNoTrace() {
    Path deep = folder.resolve("a/b");

    new SmallExport(deep.toString(), WriteMode.ERROR, true, 0).sink(() -> {}).check();

    assertThat(folder).doesNotExist();
  }

  @Test
  void refusesACheckpointAmongTheData() {
    FileTarget target = export(WriteMode.OVERWRITE).target();
    FileTarget inside =
        withCheckpoint(target, new org.apache.hadoop.fs.Path(folder.toString(), "state"));

    assertThat(failure(() -> parquet(inside).check()))
        .hasMessageStartingWith(
            "RL-USAGE-001 The checkpoint %s/state lies in the output file:%s, among the data."
                .formatted(folder, folder));
  }

  // ---- what is in doubt

  @Test
  void neverEmptiesAgainOnceABatchIsCommitted() throws IOException {
    export(WriteMode.ERROR).run();
    SmallExport export = export(WriteMode.OVERWRITE);
    export.write(export.begin(), 0);
    // Somebody removes the name of the pass that is at work.
    Files.delete(folder.resolve("_ringlake/pass"));
    Map<String, byte[]> before = new FolderCheck(folder).files();

    RunFailure failure = failure(export::run);

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_LOST_FILES);
    assertThat(failure)
        .hasMessageContaining(
            "file:%s belongs to no pass now, not to pass %s: its batches 0 to 0 should be there."
                .formatted(folder, export.passId()));
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void stopsWhenTheLogIsGoneAndDeletesNothing() throws IOException {
    SmallExport export = export(WriteMode.ERROR);
    Sink sink = export.begin();
    export.write(sink, 0);
    export.write(sink, 1);
    deleteRecursively(folder.resolve("_spark_metadata"));
    Map<String, byte[]> before = new FolderCheck(folder).files();

    assertThat(failure(() -> export.write(sink, 2)).code()).isEqualTo(ErrorCode.COMMIT_IN_DOUBT);
    assertThat(failure(() -> sink.finish(1)).code()).isEqualTo(ErrorCode.COMMIT_IN_DOUBT);
    assertThat(failure(export::run).code()).isEqualTo(ErrorCode.COMMIT_IN_DOUBT);
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void stopsWhenTheLogEndsElsewhereThanSparksCheckpoint() throws IOException {
    SmallExport export = export(WriteMode.ERROR);
    export.runWithoutFinish();
    Map<String, byte[]> before = new FolderCheck(folder).files();

    RunFailure failure = failure(() -> export.sink(() -> {}).finish(1));

    assertThat(failure)
        .hasMessageContaining(
            "_spark_metadata, where batch 1 is the last by Spark's checkpoint, ends with batch 2");
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void stopsWhenACommittedFileIsGone() throws IOException {
    SmallExport export = export(WriteMode.ERROR);
    export.runWithoutFinish();
    Files.writeString(folder.resolve("part-00000-x-%s.parquet".formatted(export.passId())), "x");
    Path lost;
    try (Stream<Path> all = Files.walk(folder.resolve("year=2024"))) {
      lost =
          all.filter(file -> file.toString().endsWith(".parquet"))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    Files.delete(lost);
    Map<String, byte[]> before = new FolderCheck(folder).files();

    RunFailure failure = failure(export::run);

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_LOST_FILES);
    assertThat(failure)
        .hasMessageContaining(
            "1 of 6 files that were committed to file:%s are gone or have another length, first %s."
                .formatted(folder, folder.relativize(lost)));
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void aPassWhoseTargetWasTakenOverStops() throws IOException {
    SmallExport first = export(WriteMode.ERROR);
    Sink sink = first.begin();
    first.write(sink, 0);
    SmallExport second = export(WriteMode.OVERWRITE);
    second.begin();

    assertThat(failure(() -> first.write(sink, 1)))
        .hasMessageContaining("belongs to pass " + second.passId());
    assertThat(failure(() -> sink.finish(0)))
        .hasMessageContaining("belongs to pass " + second.passId());
    new FolderCheck(folder).isFinished(second.run());
  }

  @Test
  void finishingAnOldPassAgainLeavesTheOneAtWorkAlone() throws IOException {
    SmallExport first = export(WriteMode.ERROR);
    Manifest finished = first.run();
    SmallExport second = export(WriteMode.APPEND);
    second.write(second.begin(), 0);
    Map<String, byte[]> before = new FolderCheck(folder).files();

    assertThat(first.run()).isEqualTo(finished);

    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
    assertThat(second.run().rows()).isEqualTo(24);
  }

  @Test
  void aFinishedPassTakesNoBatch() {
    SmallExport export = export(WriteMode.ERROR);
    export.run();

    assertThat(failure(() -> export.sink(() -> {}).write(3, batch(export))))
        .hasMessageContaining(
            "By its manifest file:%s is finished, but by Spark's checkpoint batch 3 is still to come."
                .formatted(folder));
  }

  @Test
  void nothingChangesWithoutTheHold() throws IOException {
    export(WriteMode.ERROR).run();
    Map<String, byte[]> before = new FolderCheck(folder).files();
    SmallExport export = export(WriteMode.OVERWRITE);
    Sink sink =
        export.sink(
            () -> {
              throw new RunFailure(ErrorCode.CHECKPOINT_HELD, "Held by another.", "Wait.");
            });
    sink.check();

    assertThat(failure(() -> sink.prepare(-1)).code()).isEqualTo(ErrorCode.CHECKPOINT_HELD);
    assertThat(failure(() -> sink.write(0, batch(export))).code())
        .isEqualTo(ErrorCode.CHECKPOINT_HELD);
    assertThat(failure(() -> sink.finish(0)).code()).isEqualTo(ErrorCode.CHECKPOINT_HELD);
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void aManifestThatCannotBeReadStopsAnAppend() throws IOException {
    export(WriteMode.ERROR).run();
    Files.writeString(folder.resolve("_ringlake/manifest.json"), "{\"version\": 1, ");

    assertThat(failure(export(WriteMode.APPEND)::run))
        .hasMessageContaining("manifest.json cannot be read, so it is not known which files count");
  }

  // ---- one pass after another

  @Test
  void anAppendAfterACrashBetweenTheMarkAndTheEndOfTheLogCompletes() throws IOException {
    SmallExport first = faulty(WriteMode.ERROR);
    first.runWithoutFinish();
    FaultyFileSystem.arm(Fault.failAt("delete", "_spark_metadata$", Times.ALWAYS, When.BEFORE));
    assertThat(failure(first::run)).hasMessageContaining("injected");
    FaultyFileSystem.arm(Fault.none());
    assertThat(folder.resolve("_SUCCESS")).exists();
    assertThat(folder.resolve("_spark_metadata")).exists();

    Manifest manifest = faulty(WriteMode.APPEND, 100).run();

    new FolderCheck(folder).isFinished(manifest);
    assertThat(manifest.rows()).isEqualTo(24);
    assertThat(manifest.passIds()).hasSize(2).startsWith(first.passId());
  }

  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"ERROR", "APPEND"})
  void whatAGivenUpPassLeftIsRemoved(WriteMode mode) throws IOException {
    SmallExport givenUp = export(mode);
    Sink sink = givenUp.begin();
    givenUp.write(sink, 0);
    Files.writeString(
        folder.resolve("part-00007-x-%s.parquet".formatted(givenUp.passId())), "torn");

    SmallExport export =
        new SmallExport(folder.toString(), mode, true, 0, Set.of(givenUp.passId()));
    Manifest manifest = export.run();

    new FolderCheck(folder).isFinished(manifest);
    assertThat(new FolderCheck(folder).query("id, name, year, month", "id"))
        .isEqualTo(export.rows());
  }

  @Test
  void filesOfAnEarlierExportThatWereRemovedLeaveTheManifest() throws IOException {
    Manifest first = export(WriteMode.ERROR).run();
    DataFile removed = first.files().get(0);
    Files.delete(folder.resolve(removed.path()));

    Manifest second = new SmallExport(folder.toString(), WriteMode.APPEND, true, 100).run();

    new FolderCheck(folder).isFinished(second);
    assertThat(second.files()).doesNotContain(removed);
    assertThat(second.rows()).isEqualTo(24 - removed.rows());
  }

  // ---- what a finished path holds

  @Test
  void theManifestTellsPartitionsTimesAndBoundsOfEachFile() throws IOException {
    Manifest manifest = export(WriteMode.ERROR).run();

    assertThat(manifest.files()).hasSize(6);
    assertThat(manifest.rows()).isEqualTo(12);
    assertThat(manifest.filesOf(manifest.passIds().get(0))).isEqualTo(manifest.files());
    List<DataFile> january =
        manifest.files().stream()
            .filter(file -> file.path().startsWith("year=2024/month=01/part-00000-"))
            .filter(file -> file.bounds().toString().contains("2024-01-05T00:00:00Z"))
            .toList();
    assertThat(january).hasSize(1);
    DataFile file = january.get(0);
    assertThat(file.rows()).isEqualTo(2);
    assertThat(file.partition())
        .containsExactly(Map.entry("year", "2024"), Map.entry("month", "01"));
    assertThat(file.times())
        .containsExactly(
            Map.entry("ts", new TimeRange("2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z")));
    assertThat(file.bounds())
        .containsExactly(
            Map.entry("ts", new Bounds("2024-01-05T00:00:00Z", "2024-01-05T00:00:02Z")),
            Map.entry("name_writetime", new Bounds("1700000000000000", "1700000000000002")));
    assertThat(Files.readString(folder.resolve("_ringlake/manifest.json")))
        .startsWith(
            "{\n  \"version\" : 1,\n  \"passIds\" : [ \"%s\" ],\n  \"rows\" : 12,\n  \"bytes\" : "
                .formatted(manifest.passIds().get(0)));
    assertThat(Files.readString(folder.resolve("_ringlake/schema.cql")))
        .isEqualTo("CREATE TABLE shop.orders (id bigint PRIMARY KEY, ts timestamp, name text);\n");
  }

  @Test
  void aPartitionedTableWithoutRowsCanBeReadAndAddedTo() throws IOException {
    SmallExport empty = export(WriteMode.ERROR);
    Sink sink = empty.begin();
    Manifest manifest = sink.finish(-1);

    FolderCheck check = new FolderCheck(folder);
    check.isFinished(manifest);
    assertThat(manifest.files()).hasSize(1);
    assertThat(check.query("id, ts, name, name_writetime, year, month", "id")).isEmpty();
    assertThat(LocalSpark.newSession().read().parquet(folder.toString()).schema().fieldNames())
        .isEqualTo(SmallExport.SCHEMA.fieldNames());

    SmallExport full = export(WriteMode.APPEND);
    Manifest added = full.run();

    check.isFinished(added);
    assertThat(check.query("id, name, year, month", "id")).isEqualTo(full.rows());
  }

  @Test
  void batchesWithoutRowsLeaveNoFiles() throws IOException {
    SmallExport export = new SmallExport(folder.toString(), WriteMode.ERROR, false, 0);
    Sink sink = export.begin();
    SparkSession session = LocalSpark.newSession();
    Dataset<Row> none = session.createDataFrame(List.of(), SmallExport.SCHEMA).coalesce(1);
    sink.write(0, none);
    sink.write(1, export.batch(session, 1));
    sink.write(2, none);

    Manifest manifest = sink.finish(2);

    new FolderCheck(folder).isFinished(manifest);
    assertThat(manifest.files()).hasSize(1);
    assertThat(manifest.rows()).isEqualTo(4);
  }

  @Test
  void batchesWithoutAnyRowLeaveOneFile() throws IOException {
    SmallExport export = new SmallExport(folder.toString(), WriteMode.ERROR, false, 0);
    Sink sink = export.begin();
    SparkSession session = LocalSpark.newSession();
    Dataset<Row> none = session.createDataFrame(List.of(), SmallExport.SCHEMA).coalesce(1);
    sink.write(0, none);
    sink.write(1, none);

    Manifest manifest = sink.finish(1);

    new FolderCheck(folder).isFinished(manifest);
    assertThat(manifest.files()).hasSize(1);
    assertThat(new FolderCheck(folder).query("id, ts, name, year", "id")).isEmpty();
  }

  @Test
  void moreBatchesThanSparksLogKeepsApartAreAllCounted() throws IOException {
    SmallExport export = new SmallExport(folder.toString(), WriteMode.ERROR, false, 0);
    SparkSession session = LocalSpark.newSession();
    List<String> ids = new ArrayList<>();
    for (long batchId = 0; batchId < 23; batchId++) {
      // A driver of its own for each batch.
      Sink sink = export.sink(() -> {});
      sink.prepare(batchId - 1);
      sink.write(batchId, export.batch(session, batchId).limit(1));
      ids.add(Long.toString(batchId * 4));
    }

    Manifest manifest = export.sink(() -> {}).finish(22);

    new FolderCheck(folder).isFinished(manifest);
    assertThat(new FolderCheck(folder).query("id", "id")).isEqualTo(ids);
  }

  @Test
  void namesWithSpacesAndSlashesAreKept() throws IOException {
    Path odd = temp.resolve("a b%20c#d/ö");
    StructType schema =
        new StructType().add("id", DataTypes.LongType).add("where from", DataTypes.StringType);
    FileTarget target =
        new FileTarget(
            TableName.of("shop", "It's"),
            "CREATE TABLE …",
            new org.apache.hadoop.fs.Path(odd.toString()),
            WriteMode.ERROR,
            UUID.randomUUID(),
            Set.of(),
            new org.apache.hadoop.fs.Path(temp.toString(), "checkpoint"),
            schema,
            List.of("where from"),
            List.of(),
            List.of());
    Sink sink = parquet(target);
    sink.check();
    sink.prepare(-1);
    sink.write(
        0,
        LocalSpark.newSession()
            .createDataFrame(
                List.of(RowFactory.create(1L, "a/b=c d%e"), RowFactory.create(2L, null)), schema)
            .coalesce(1));

    Manifest manifest = sink.finish(0);

    new FolderCheck(odd).isFinished(manifest);
    assertThat(manifest.files())
        .extracting(file -> file.partition().get("where from"))
        .containsExactlyInAnyOrder("a/b=c d%e", null);
  }

  // ----

  private SmallExport export(WriteMode mode) {
    return new SmallExport(folder.toString(), mode, true, 0);
  }

  private SmallExport faulty(WriteMode mode) {
    return faulty(mode, 0);
  }

  private SmallExport faulty(WriteMode mode, long firstId) {
    return new SmallExport("faulty:" + folder, mode, true, firstId);
  }

  private static Sink parquet(FileTarget target) {
    return new ParquetSink(LocalSpark.newSession(), target, "zstd", () -> {});
  }

  private static Dataset<Row> batch(SmallExport export) {
    return export.batch(LocalSpark.newSession(), 0);
  }

  private static FileTarget withCheckpoint(
      FileTarget target, org.apache.hadoop.fs.Path checkpoint) {
    return new FileTarget(
        target.table(),
        target.ddl(),
        target.output(),
        target.mode(),
        target.passId(),
        target.givenUp(),
        checkpoint,
        target.schema(),
        target.partitionColumns(),
        target.timePartitions(),
        target.boundColumns());
  }

  private static RunFailure failure(ThrowingCallable call) {
    RunFailure failure = catchThrowableOfType(RunFailure.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }

  private static void deleteRecursively(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
