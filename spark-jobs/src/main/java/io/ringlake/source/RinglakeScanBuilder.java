package io.ringlake.source;

import java.util.Set;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** Leaves out of a batch read the columns that nobody asks for; a stream keeps them all. */
final class RinglakeScanBuilder implements SupportsPushDownRequiredColumns {

  private TableScan scan;

  RinglakeScanBuilder(TableScan scan) {
    this.scan = scan;
  }

  @Override
  public void pruneColumns(StructType required) {
    scan = scan.withProjection(scan.projection().prune(Set.of(required.fieldNames())));
  }

  @Override
  public Scan build() {
    return new RinglakeScan(scan);
  }
}
