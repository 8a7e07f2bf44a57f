package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.schema.TableName;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.ExportCheck;
import io.ringlake.testing.IcebergLake;
import io.ringlake.testkit.iceberg.RestCatalogServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A target in a folder of a test's own, on the file system that can halt drivers. Adding one here
 * runs the tests of all targets over it.
 */
abstract class ExportTarget implements AutoCloseable {

  /** The targets; {@code -Dtarget=csv,iceberg-rest} chooses some. */
  enum Kind {
    PARQUET,
    CSV,
    JSON,
    ICEBERG_HADOOP,
    ICEBERG_JDBC,
    ICEBERG_REST;

    static Stream<Kind> chosen() {
      String names = System.getProperty("target");
      return Arrays.stream(values())
          .filter(kind -> names == null || List.of(names.split(",", -1)).contains(kind.toString()));
    }

    /** Opens it, for one table, in a folder which has nothing else. */
    ExportTarget in(Path folder, TableName table) throws IOException {
      return switch (this) {
        case PARQUET, CSV, JSON -> new Folder(folder, toString());
        case ICEBERG_HADOOP ->
            new IcebergTable(
                folder, table, Map.of("type", "hadoop", "warehouse", warehouse(folder)));
        case ICEBERG_JDBC ->
            new IcebergTable(
                folder,
                table,
                Map.of(
                    "type",
                    "jdbc",
                    "uri",
                    "jdbc:sqlite:" + Files.createDirectories(folder).resolve("catalog.db"),
                    "jdbc.schema-version",
                    "V1",
                    "warehouse",
                    warehouse(folder)));
        case ICEBERG_REST ->
            new IcebergTable(
                folder, table, RestCatalogServer.start(folder.resolve("rest"), warehouse(folder)));
      };
    }

    private static String warehouse(Path folder) {
      return "faulty:" + folder.resolve("out");
    }

    /** As {@code -Dtarget} has it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Properties of Spark. */
  abstract Map<String, String> spark();

  /** The flags that tell it. */
  abstract List<String> flags();

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
  public void close() {}

  private static final class Folder extends ExportTarget {

    private final Path output;
    private final String format;

    Folder(Path folder, String format) {
      this.output = folder.resolve("out");
      this.format = format;
    }

    @Override
    Map<String, String> spark() {
      return Map.of();
    }

    @Override
    List<String> flags() {
      List<String> flags =
          new ArrayList<>(List.of("--format", format, "--output", "faulty:" + output));
      if (!format.equals("parquet")) {
        flags.addAll(List.of("--writetime-format", "micros"));
      }
      return flags;
    }

    @Override
    Halt beforeCommit(long batchId) {
      return Halt.before(
          "the sink's commit of batch " + batchId,
          "rename",
          "/_spark_metadata/%d$".formatted(batchId));
    }

    @Override
    DuckLake rows() throws Exception {
      return new DuckLake(output);
    }

    @Override
    void assertTidy() throws Exception {
      new ExportCheck(output).holdsItsManifestAndNothingElse();
    }
  }

  private static final class IcebergTable extends ExportTarget {

    private final Path folder;
    private final TableName table;
    private final Map<String, String> catalog;
    private final @Nullable RestCatalogServer server;

    IcebergTable(Path folder, TableName table, Map<String, String> catalog) {
      this.folder = folder;
      this.table = table;
      this.catalog = catalog;
      this.server = null;
    }

    IcebergTable(Path folder, TableName table, RestCatalogServer server) {
      this.folder = folder;
      this.table = table;
      this.catalog = Map.of("type", "rest", "uri", server.uri());
      this.server = server;
    }

    @Override
    Map<String, String> spark() {
      return IcebergLake.spark(catalog);
    }

    @Override
    List<String> flags() {
      return List.of(
          "--format",
          "iceberg",
          "--output",
          "lake.{keyspace}.{table}",
          "--checkpoint",
          "faulty:" + folder.resolve("checkpoint"));
    }

    /**
     * A commit begins with the list of what the snapshot has; that of a new branch with another.
     */
    @Override
    Halt beforeCommit(long batchId) {
      return Halt.after("files of batch " + batchId, "close", "/metadata/snap-.+\\.avro$")
          .at(batchId == 0 ? 2 : 1);
    }

    @Override
    DuckLake rows() throws Exception {
      try (IcebergLake lake = new IcebergLake(catalog, table)) {
        return lake.lake();
      }
    }

    /** Files of tasks that died are in no snapshot, and stay. */
    @Override
    void assertTidy() throws Exception {
      try (IcebergLake lake = new IcebergLake(catalog, table)) {
        assertThat(lake.table().refs()).containsOnlyKeys("main");
      }
    }

    @Override
    public void close() {
      if (server != null) {
        server.close();
      }
    }
  }
}
