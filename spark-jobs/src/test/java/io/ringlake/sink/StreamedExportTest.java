package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ringlake.config.WriteMode;
import io.ringlake.schema.TableName;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.CommitLog;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Option;

/** The sink under a real stream, with Spark's checkpoint and the output on one failing disk. */
final class StreamedExportTest {

  private static final int BATCHES = 4;
  private static final int BATCH_ROWS = 3;
  private static final StructType INPUT =
      new StructType().add("id", DataTypes.LongType).add("day", DataTypes.StringType);

  private final Path temp;
  private final Path input;

  StreamedExportTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    this.input = Files.createDirectory(temp.resolve("input"));
    for (int file = 0; file < BATCHES; file++) {
      StringBuilder lines = new StringBuilder();
      for (int row = 0; row < BATCH_ROWS; row++) {
        long id = (long) file * BATCH_ROWS + row;
        // Before 1582 and before 1900, where calendars differ.
        lines.append(
            "{\"id\":%d,\"day\":\"%s\"}\n"
                .formatted(id, id % 2 == 0 ? "1500-01-01" : "1899-12-31"));
      }
      Files.writeString(input.resolve("%d.json".formatted(file)), lines);
    }
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  @ParameterizedTest
  @CsvSource({
    "rename, /offsets/0$, AFTER",
    "create, /part-, AFTER",
    "close, /part-, BEFORE",
    "rename, /_spark_metadata/0$, BEFORE",
    "rename, /_spark_metadata/2$, AFTER",
    "rename, /commits/1$, BEFORE",
    "rename, /commits/3$, AFTER",
    "create, /schema.cql$, BEFORE",
    "rename, /.manifest.json.next$, AFTER",
    "create, /_SUCCESS$, BEFORE",
    "delete, /_ringlake/pass$, BEFORE"
  })
  void resumesAfterEachNamedStep(String operation, String path, When when) throws IOException {
    Path folder = temp.resolve("out");
    Pass pass = new Pass(folder);
    FaultyFileSystem.arm(Fault.failAt(operation, path, Times.ALWAYS, when));

    assertThat(catchThrowable(pass::run)).hasStackTraceContaining("injected");
    FaultyFileSystem.arm(Fault.none());

    completes(pass, folder);
  }

  @Tag("full")
  @Test
  void resumesAfterAFailureAtEachCall() throws IOException {
    FaultyFileSystem.arm(Fault.none());
    completes(new Pass(temp.resolve("counted")), temp.resolve("counted"));
    int calls = FaultyFileSystem.calls().size();
    assertThat(calls).isGreaterThan(60);
    for (int k = 1; k <= calls; k++) {
      Path folder = temp.resolve("at" + k);
      Pass pass = new Pass(folder);
      FaultyFileSystem.arm(Fault.failAt(k, Times.ALWAYS, When.BEFORE));
      assertThat(catchThrowable(pass::run)).hasStackTraceContaining("injected");
      FaultyFileSystem.arm(Fault.none());
      completes(pass, folder);
    }
  }

  @Test
  void filesAreWrittenAsPromised() throws IOException {
    Path folder = temp.resolve("out");
    Manifest manifest = new Pass(folder).run();

    for (Manifest.DataFile file : manifest.files()) {
      org.apache.hadoop.fs.Path path =
          new org.apache.hadoop.fs.Path(folder.resolve(file.path()).toString());
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
        ParquetMetadata footer = reader.getFooter();
        assertThat(footer.getFileMetaData().getSchema().getType("seen"))
            .hasToString("optional int64 seen (TIMESTAMP(MICROS,true))");
        assertThat(footer.getBlocks().get(0).getColumns())
            .extracting(ColumnChunkMetaData::getCodec)
            .allMatch(codec -> codec.name().equals("ZSTD"));
        assertThat(footer.getFileMetaData().getKeyValueMetaData())
            .doesNotContainKey("org.apache.spark.legacyDateTime");
      }
    }
  }

  private static void completes(Pass pass, Path folder) throws IOException {
    Manifest manifest = pass.run();

    FolderCheck check = new FolderCheck(folder);
    check.assertFinished(manifest);
    assertThat(check.query("id, seen::DATE", "id"))
        .isEqualTo(
            LongStream.range(0, BATCHES * BATCH_ROWS)
                .mapToObj(id -> id + "|" + (id % 2 == 0 ? "1500-01-01" : "1899-12-31"))
                .toList());
  }

  /** One pass; each {@link #run} is a driver. */
  private final class Pass {

    private final String output;
    private final String checkpoint;
    private final UUID passId = UUID.randomUUID();
    private boolean planStored;

    Pass(Path folder) {
      this.output = "faulty:" + folder;
      this.checkpoint = output + "/_ringlake/checkpoint/pass-0001";
    }

    Manifest run() {
      SparkSession session = LocalSpark.newSession();
      session.conf().set("spark.sql.session.timeZone", "UTC");
      Dataset<Row> rows =
          session
              .readStream()
              .schema(INPUT)
              .option("maxFilesPerTrigger", 1)
              .json(input.toString())
              .selectExpr("id", "cast(day as timestamp) as seen");
      FileTarget target = target(rows.schema());
      Sink sink = ParquetSink.of(session, target, "zstd", () -> {});
      if (!planStored) {
        sink.check();
        planStored = true;
      }
      sink.prepare(lastBatchId(session));
      await(rows, sink);
      return FolderCheck.finish(sink, target, lastBatchId(session));
    }

    private void await(Dataset<Row> rows, Sink sink) {
      VoidFunction2<Dataset<Row>, Long> write = (batch, batchId) -> sink.write(batchId, batch);
      try {
        StreamingQuery query =
            rows.writeStream()
                .option("checkpointLocation", checkpoint)
                .trigger(Trigger.AvailableNow())
                .foreachBatch(write)
                .start();
        query.awaitTermination();
      } catch (StreamingQueryException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }

    private long lastBatchId(SparkSession session) {
      Option<Object> last = new CommitLog(session, checkpoint + "/commits").getLatestBatchId();
      return last.isEmpty() ? -1 : (Long) last.get();
    }

    private FileTarget target(StructType schema) {
      return new FileTarget(
          TableName.of("shop", "orders"),
          "",
          new org.apache.hadoop.fs.Path(output),
          WriteMode.ERROR,
          passId,
          Set.of(),
          new org.apache.hadoop.fs.Path(checkpoint),
          schema,
          List.of(),
          List.of(),
          List.of("seen"));
    }
  }
}
