package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringlake.config.WriteMode;
import io.ringlake.failure.RunFailure;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A folder to export to, and sinks that do. */
abstract class FileSinkFixture {

  final Path temp;
  final Path folder;

  FileSinkFixture(Path temp) {
    this.temp = temp;
    this.folder = temp.resolve("out");
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  SmallExport export(WriteMode mode) {
    return new SmallExport(folder.toString(), mode, true, 0);
  }

  SmallExport faulty(WriteMode mode) {
    return faulty(mode, 0);
  }

  SmallExport faulty(WriteMode mode, long firstId) {
    return new SmallExport("faulty:" + folder, mode, true, firstId);
  }

  static Sink parquet(FileTarget target) {
    return ParquetSink.of(LocalSpark.newSession(), target, "zstd", () -> {});
  }

  static Dataset<Row> batch(SmallExport export) {
    return export.batch(LocalSpark.newSession(), 0);
  }

  static FileTarget withCheckpoint(FileTarget target, org.apache.hadoop.fs.Path checkpoint) {
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

  static RunFailure failure(ThrowingCallable call) {
    RunFailure failure = catchThrowableOfType(RunFailure.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }

  static void deleteRecursively(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
