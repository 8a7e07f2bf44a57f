package io.ringlake.job;

import io.ringlake.cassandra.Cluster;
import io.ringlake.cassandra.KnownTables;
import io.ringlake.cassandra.QueryCheck;
import io.ringlake.cassandra.SizeEstimate;
import io.ringlake.config.ExportConfig;
import io.ringlake.config.OutputConfig;
import io.ringlake.layout.Layout;
import io.ringlake.projection.Projection;
import io.ringlake.projection.ProjectionPlanner;
import io.ringlake.projection.SelectStatement;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import io.ringlake.source.RowTypes;
import io.ringlake.source.SpanSizing;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;

/** Works out what an export of a table does. Asks the cluster; writes nothing. */
final class TablePlanner {

  private final ExportConfig config;
  private final Cluster cluster;
  private final int slots;

  /**
   * @param slots tasks that can run at once
   */
  TablePlanner(ExportConfig config, Cluster cluster, int slots) {
    this.config = config;
    this.cluster = cluster;
    this.slots = slots;
  }

  /**
   * Plans for the table as the cluster has it now.
   *
   * @throws io.ringlake.failure.RunFailure if there is no such table or the settings do not fit it
   */
  TablePlan plan(TableName name) {
    Table table = KnownTables.find(cluster, name);
    Projection projection =
        new ProjectionPlanner(
                config.read().columns(), config.values(), config.cells(), cluster.version())
            .plan(table, config.read().written());
    StructType rows = RowTypes.of(projection);
    Layout layout = layout(projection, rows);
    SelectStatement select = new QueryCheck(cluster.session(), config.read()).check(projection);
    Optional<SizeEstimate> size = SizeEstimate.of(cluster.session(), name);
    return new TablePlan(
        select,
        rows,
        layout,
        cluster.ring(name.keyspace()),
        size,
        SpanSizing.of(config.read(), size, slots, config.output().fileSize()),
        slots,
        config.outputOf(name),
        new Path(config.checkpointRoot()));
  }

  private Layout layout(Projection projection, StructType rows) {
    OutputConfig output = config.output();
    return switch (output.format()) {
      case ICEBERG, S3_TABLES -> Layout.planTable(output.partitionBy(), projection, rows);
      case DELTA -> Layout.planColumns(output.partitionBy(), projection, rows);
      case PARQUET, CSV, JSON ->
          Layout.plan(output.partitionBy(), output.keepPartitionColumns(), projection, rows);
    };
  }
}
