package io.ringlake.job;

import io.ringlake.schema.TableName;
import io.ringlake.testing.DriverProcess;
import io.ringlake.testing.DuckLake;
import io.ringlake.testkit.iceberg.RestCatalogServer;
import io.ringlake.testkit.iceberg.TableBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A target in a store of a test's own that can halt drivers. Adding one here runs the tests of all
 * targets over it.
 */
abstract class ExportTarget implements AutoCloseable {

  /** The targets; {@code -Dtarget=csv,iceberg-rest} chooses some. */
  enum Kind {
    PARQUET,
    CSV,
    JSON,
    ICEBERG_HADOOP,
    ICEBERG_JDBC,
    ICEBERG_REST,
    S3_TABLES,
    DELTA,
    PARQUET_ON_S3,
    ICEBERG_ON_S3,
    DELTA_ON_S3;

    static Stream<Kind> chosen() {
      String names = System.getProperty("target");
      return Arrays.stream(values())
          .filter(kind -> names == null || List.of(names.split(",", -1)).contains(kind.toString()));
    }

    /** Opens it, for one table, in a folder which has nothing else. */
    ExportTarget in(Path folder, TableName table) throws IOException {
      Files.createDirectories(folder);
      Store store =
          name().endsWith("_ON_S3") || this == S3_TABLES
              ? new Store.S3(folder.resolve("s3"))
              : new Store.Disk(folder);
      return switch (this) {
        case PARQUET, CSV, JSON -> new FolderTarget(store, toString());
        case S3_TABLES ->
            new IcebergTableTarget(
                store,
                table,
                RestCatalogServer.startS3Tables(
                    folder.resolve("rest"),
                    store.uri("out"),
                    store.iceberg(),
                    TableBucket.example()),
                TableBucket.example());
        case DELTA, DELTA_ON_S3 -> new DeltaTarget(store);
        case PARQUET_ON_S3 -> new FolderTarget(store, "parquet");
        case ICEBERG_HADOOP ->
            new IcebergTableTarget(
                store, table, Map.of("type", "hadoop", "warehouse", store.uri("out")));
        case ICEBERG_JDBC ->
            new IcebergTableTarget(
                store,
                table,
                Map.of(
                    "type",
                    "jdbc",
                    "uri",
                    "jdbc:sqlite:" + folder.resolve("catalog.db"),
                    "jdbc.schema-version",
                    "V1",
                    "warehouse",
                    store.uri("out")));
        case ICEBERG_REST, ICEBERG_ON_S3 ->
            new IcebergTableTarget(
                store,
                table,
                RestCatalogServer.start(folder.resolve("rest"), store.uri("out"), store.iceberg()));
      };
    }

    /** As {@code -Dtarget} has it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Store store;

  ExportTarget(Store store) {
    this.store = store;
  }

  /** Where its files are. */
  final Store store() {
    return store;
  }

  /** Properties of Spark. */
  Map<String, String> spark() {
    return store.spark();
  }

  /** The flags that tell it. */
  abstract List<String> flags();

  /** Starts a driver that halts at a call. */
  final DriverProcess start(Halt halt, Function<Map<String, String>, DriverProcess> driver) {
    return store.start(halt, driver);
  }

  /**
   * Halts a driver when the files of a batch are written, and the batch is not committed. It is the
   * first that the driver writes.
   */
  abstract Halt beforeCommit(long batchId);

  /** Halts a driver when the target has a batch, and Spark's log has not. */
  final Halt afterCommit(long batchId) {
    return Halt.before(
        "Spark's commit of batch " + batchId, "rename", "/commits/%d$".formatted(batchId));
  }

  /** What DuckDB finds in it. */
  abstract DuckLake rows() throws Exception;

  /** The sizes in bytes of the files that each batch added, by batch and partition. */
  Map<String, List<Long>> added() throws Exception {
    throw new UnsupportedOperationException("Folders do not tell which batch wrote a file");
  }

  /** Checks that nothing is left of drivers and tasks that died. */
  abstract void assertTidy() throws Exception;

  /** Checks that an export of a table is there as it should, with each row once. */
  final void assertHolds(LiveTable table) throws Exception {
    assertTidy();
    try (DuckLake rows = rows()) {
      table.assertHeldBy(table.name().toString(), rows, 1);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
