package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testing.DuckLake;
import io.ringlake.testing.ExportCheck;
import io.ringlake.testing.IcebergLake;
import io.ringlake.testkit.iceberg.RestCatalogServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
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
      List<String> names = List.of(System.getProperty("target", "").split(",", -1));
      return Arrays.stream(values())
          .filter(kind -> names.contains("") || names.contains(kind.toString()));
    }

    /** Opens it in a folder, which has nothing else. */
    ExportTarget in(Path folder) throws IOException {
      return switch (this) {
        case PARQUET, CSV, JSON -> new Folder(folder, toString());
        case ICEBERG_HADOOP ->
            new IcebergTable(folder, Map.of("type", "hadoop", "warehouse", warehouse(folder)));
        case ICEBERG_JDBC ->
            new IcebergTable(
                folder,
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
                folder, RestCatalogServer.start(folder.resolve("rest"), warehouse(folder)));
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

  private final Path folder;

  private ExportTarget(Path folder) {
    this.folder = folder;
  }

  /** Properties of Spark. */
  abstract Map<String, String> spark();

  /** The flags that tell it. */
  abstract List<String> flags();

  /** Halts a driver when the files of a batch are written, and the batch is not committed. */
  abstract Halt beforeCommit(long batchId);

  /** Halts a driver when the target has a batch, and Spark's log has not. */
  final Halt afterCommit(long batchId) {
    return Halt.before(
        "Spark's commit of batch " + batchId, "rename", "/commits/%d$".formatted(batchId));
  }

  /** Checks what others find in it: each row once, and nothing that does not belong there. */
  abstract void assertHolds(LiveTable table) throws Exception;

  /** How many files of rows there are, whoever wrote them. */
  long dataFiles() {
    try (Stream<Path> all = Files.walk(folder.resolve("out"))) {
      return all.map(Path::toString)
          .filter(path -> path.matches(".*\\.(parquet|csv|json)(\\.gz)?"))
          .filter(path -> !path.contains("/metadata/") && !path.contains("/_"))
          .count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // not there yet, or a folder is gone under way
    }
  }

  @Override
  public void close() {}

  private static final class Folder extends ExportTarget {

    private final Path output;
    private final String format;

    Folder(Path folder, String format) {
      super(folder);
      this.output = folder.resolve("out");
      this.format = format;
    }

    @Override
    Map<String, String> spark() {
      return Map.of();
    }

    @Override
    List<String> flags() {
      return List.of(
          "--format", format, "--output", "faulty:" + output, "--writetime-format", "micros");
    }

    @Override
    Halt beforeCommit(long batchId) {
      return Halt.before(
          "the sink's commit of batch " + batchId,
          "rename",
          "/_spark_metadata/%d$".formatted(batchId));
    }

    @Override
    void assertHolds(LiveTable table) throws Exception {
      new ExportCheck(output).holdsItsManifestAndNothingElse();
      table.assertHeldBy(output, 1);
    }
  }

  private static final class IcebergTable extends ExportTarget {

    private final Path folder;
    private final Map<String, String> catalog;
    private final @Nullable RestCatalogServer server;

    IcebergTable(Path folder, Map<String, String> catalog) {
      super(folder);
      this.folder = folder;
      this.catalog = catalog;
      this.server = null;
    }

    IcebergTable(Path folder, RestCatalogServer server) {
      super(folder);
      this.folder = folder;
      this.catalog = Map.of("type", "rest", "uri", server.uri());
      this.server = server;
    }

    @Override
    Map<String, String> spark() {
      Map<String, String> properties = new HashMap<>();
      properties.put("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
      catalog.forEach((key, value) -> properties.put("spark.sql.catalog.lake." + key, value));
      return properties;
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

    /** A commit begins with the list of what the snapshot has. */
    @Override
    Halt beforeCommit(long batchId) {
      return Halt.after("files of batch " + batchId, "close", "/metadata/snap-.+\\.avro$");
    }

    @Override
    void assertHolds(LiveTable table) throws Exception {
      try (IcebergLake lake = new IcebergLake(catalog, table.name());
          DuckLake rows = lake.lake()) {
        table.assertHeldBy(table.name().toString(), rows, 1);
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
