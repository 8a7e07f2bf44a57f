package io.ringlake.testing;

import io.ringlake.schema.TableName;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;

/** An Iceberg table as others see it: Iceberg says which files count, DuckDB reads them. */
public final class IcebergLake implements AutoCloseable {

  private final Catalog catalog;
  private final Table table;

  /**
   * @param catalog its properties
   */
  public IcebergLake(Map<String, String> catalog, TableName name) {
    this(catalog, name, Map.of());
  }

  /**
   * @param catalog its properties
   * @param spark what Spark needs to reach the files
   */
  public IcebergLake(Map<String, String> catalog, TableName name, Map<String, String> spark) {
    Configuration hadoop = new Configuration();
    spark.forEach((key, value) -> hadoop.set(key.replaceFirst("^spark\\.hadoop\\.", ""), value));
    this.catalog = CatalogUtil.buildIcebergCatalog("lake", catalog, hadoop);
    this.table =
        this.catalog.loadTable(TableIdentifier.of(name.keyspace().name(), name.table().name()));
  }

  /** What makes it the catalog {@code lake} of a Spark. */
  public static Map<String, String> spark(Map<String, String> catalog) {
    Map<String, String> properties = new HashMap<>();
    properties.put("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
    catalog.forEach((key, value) -> properties.put("spark.sql.catalog.lake." + key, value));
    return properties;
  }

  public Table table() {
    return table;
  }

  /** What the snapshots behind the current one say of something, oldest first. */
  public List<String> summaries(String property) {
    List<String> values = new ArrayList<>();
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      String value = snapshot.summary().get(property);
      if (value != null) {
        values.add(0, value);
      }
    }
    return values;
  }

  /** The sizes in bytes of the files that each snapshot added, by snapshot and partition. */
  public Map<String, List<Long>> added() {
    Map<String, List<Long>> added = new TreeMap<>();
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      for (DataFile file : snapshot.addedDataFiles(table.io())) {
        added
            .computeIfAbsent(
                snapshot.snapshotId() + " " + file.partition(), partition -> new ArrayList<>())
            .add(file.fileSizeInBytes());
      }
    }
    return added;
  }

  /** The files of the current snapshot on the local disk. */
  public List<String> files() {
    return locations().stream()
        .map(location -> location.replaceFirst("^(faulty|file):/*", "/"))
        .toList();
  }

  /** The files of the current snapshot, as the table names them. */
  public List<String> locations() {
    List<String> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        if (!task.deletes().isEmpty()) {
          throw new AssertionError("%s has deletes".formatted(task.file().location()));
        }
        files.add(task.file().location());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** What DuckDB reads from them. */
  public DuckLake lake() throws SQLException {
    return DuckLake.ofParquet(files());
  }

  @Override
  public void close() throws IOException {
    if (catalog instanceof Closeable open) {
      open.close();
    }
  }
}
