package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.config.WriteMode;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a finished folder of files holds after one pass or several. */
final class FileSinkTest extends FileSinkFixture {

  FileSinkTest(@TempDir Path temp) {
    super(temp);
  }

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

    new FolderCheck(folder).assertFinished(manifest);
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

    new FolderCheck(folder).assertFinished(manifest);
    assertThat(new FolderCheck(folder).query("id, name, year, month", "id"))
        .isEqualTo(export.rows());
  }

  @Test
  void filesOfAnEarlierExportThatWereRemovedLeaveTheManifest() throws IOException {
    Manifest first = export(WriteMode.ERROR).run();
    DataFile removed = first.files().get(0);
    Files.delete(folder.resolve(removed.path()));

    Manifest second = new SmallExport(folder.toString(), WriteMode.APPEND, true, 100).run();

    new FolderCheck(folder).assertFinished(second);
    assertThat(second.files()).doesNotContain(removed);
    assertThat(second.rows()).isEqualTo(24 - removed.rows());
  }

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
    Manifest manifest = empty.finish(sink, -1);

    FolderCheck check = new FolderCheck(folder);
    check.assertFinished(manifest);
    assertThat(manifest.files()).hasSize(1);
    assertThat(check.query("id, ts, name, name_writetime, year, month", "id")).isEmpty();
    assertThat(LocalSpark.newSession().read().parquet(folder.toString()).schema().fieldNames())
        .isEqualTo(SmallExport.SCHEMA.fieldNames());

    SmallExport emptyToo = export(WriteMode.APPEND);
    Manifest still = emptyToo.finish(emptyToo.begin(), -1);
    check.assertFinished(still);
    assertThat(still.files()).hasSize(1);

    SmallExport full = export(WriteMode.APPEND);
    Manifest added = full.run();

    check.assertFinished(added);
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

    Manifest manifest = export.finish(sink, 2);

    new FolderCheck(folder).assertFinished(manifest);
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

    Manifest manifest = export.finish(sink, 1);

    new FolderCheck(folder).assertFinished(manifest);
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

    Manifest manifest = export.finish(export.sink(() -> {}), 22);

    new FolderCheck(folder).assertFinished(manifest);
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

    Manifest manifest = FolderCheck.finish(sink, target, 0);

    new FolderCheck(odd).assertFinished(manifest);
    assertThat(manifest.files())
        .extracting(file -> file.partition().get("where from"))
        .containsExactlyInAnyOrder("a/b=c d%e", null);
  }
}
