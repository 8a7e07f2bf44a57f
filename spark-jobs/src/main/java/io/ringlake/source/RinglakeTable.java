package io.ringlake.source;

import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A Cassandra table as Spark sees it. */
final class RinglakeTable implements SupportsRead {

  private final TableScan scan;

  RinglakeTable(TableScan scan) {
    this.scan = scan;
  }

  @Override
  public String name() {
    return scan.projection().table().name().toString();
  }

  @Override
  @Deprecated
  public StructType schema() {
    return scan.layout().type();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ, TableCapability.MICRO_BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new RinglakeScanBuilder(scan);
  }
}
