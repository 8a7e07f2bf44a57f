package io.ringlake.sink;

import io.ringlake.iceberg.MaintenanceClient;
import io.ringlake.iceberg.TableMaintenance;
import io.ringlake.iceberg.TargetRefused;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** An Iceberg table in a table bucket, whose maintenance is set, too. */
public final class S3TablesSink implements Sink {

  private final IcebergSink table;
  private final MaintenanceClient client;
  private final String namespace;
  private final String name;
  private final TableMaintenance maintenance;

  /**
   * @param table the one in the bucket's catalog
   * @param namespace of one level
   * @param name in the namespace
   * @param maintenance of the table from now on
   */
  public S3TablesSink(
      IcebergSink table,
      MaintenanceClient client,
      String namespace,
      String name,
      TableMaintenance maintenance) {
    this.table = table;
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.maintenance = maintenance;
  }

  @Override
  public void look() {
    table.look();
  }

  @Override
  public void check() {
    table.check();
  }

  @Override
  public Optional<Path> otherCheckpoint() {
    return table.otherCheckpoint();
  }

  /** Maintenance is set at every start, so that a resume may change it. */
  @Override
  public List<String> prepare(long lastBatchId) {
    List<String> changes = table.prepare(lastBatchId);
    try {
      return Stream.concat(changes.stream(), client.set(namespace, name, maintenance).stream())
          .toList();
    } catch (TargetRefused e) {
      throw IcebergSink.failure(e);
    }
  }

  @Override
  public void write(long batchId, Dataset<Row> rows) {
    table.write(batchId, rows);
  }

  @Override
  public boolean isComplete() {
    return table.isComplete();
  }

  @Override
  public Written finish(long lastBatchId) {
    return table.finish(lastBatchId);
  }
}
