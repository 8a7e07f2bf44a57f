package io.ringlake.source;

import io.ringlake.config.SourceConfig;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The source {@code ringlake}: one Cassandra table, for batch reads and for micro-batch streams.
 *
 * <pre>{@code
 * spark.read().format("ringlake").option("table", "shop.orders").option("writetime", "*").load()
 * }</pre>
 *
 * <p>Its options have the names of the command's flags; {@code docs/settings.md} lists them. As a
 * stream it is bounded: its position counts the spans of a plan that is stored when the query first
 * starts, and {@code Trigger.AvailableNow} reads it to the end.
 */
public final class RinglakeSource implements TableProvider, DataSourceRegister {

  /** The name that {@code format(…)} takes. */
  public static final String NAME = "ringlake";

  /** Of the options that Spark asked the schema of; it asks the table of the same ones next. */
  private @Nullable TableScan inferred;

  private @Nullable CaseInsensitiveStringMap inferredFrom;

  /** Called by Spark. */
  public RinglakeSource() {}

  @Override
  public String shortName() {
    return NAME;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    inferred = TableScan.of(SourceConfig.from(options));
    inferredFrom = options;
    return inferred.layout().type();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(properties);
    TableScan scan = inferred;
    return new RinglakeTable(
        scan != null && options.equals(inferredFrom)
            ? scan
            : TableScan.of(SourceConfig.from(options)));
  }
}
