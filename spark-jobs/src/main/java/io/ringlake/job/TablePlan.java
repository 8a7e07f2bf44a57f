package io.ringlake.job;

import io.ringlake.cassandra.SizeEstimate;
import io.ringlake.layout.Layout;
import io.ringlake.projection.SelectStatement;
import io.ringlake.ring.Ring;
import io.ringlake.schema.Table;
import io.ringlake.source.SpanSizing;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;

/**
 * What an export of one table would do now, worked out from its settings and the cluster; nothing
 * has been read or written.
 *
 * @param rows the type of the rows as they are read
 * @param size empty where the cluster has no estimate yet
 * @param output a path, or the name of a table
 * @param slots tasks that can run at once
 * @param checkpoint of all tables of the run
 */
record TablePlan(
    SelectStatement select,
    StructType rows,
    Layout layout,
    Ring ring,
    Optional<SizeEstimate> size,
    SpanSizing sizing,
    int slots,
    String output,
    Path checkpoint) {

  Table table() {
    return select.projection().table();
  }
}
