package io.ringlake.source;

import io.ringlake.writetime.CellAspect;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Leaves out of a batch read the columns, and the fields of the struct of aspects, that nobody asks
 * for; a stream keeps them all.
 */
final class RinglakeScanBuilder implements SupportsPushDownRequiredColumns {

  private TableScan scan;

  RinglakeScanBuilder(TableScan scan) {
    this.scan = scan;
  }

  @Override
  public void pruneColumns(StructType required) {
    scan = scan.withProjection(scan.projection().prune(leaves(required)));
  }

  /** Names of output columns: of the struct of aspects, the paths to its fields. */
  private static Set<String> leaves(StructType required) {
    Set<String> names = new HashSet<>();
    for (StructField field : required.fields()) {
      names.add(field.name());
      if (field.name().equals(CellAspect.STRUCT_COLUMN)
          && field.dataType() instanceof StructType aspects) {
        addPaths(names, aspects);
      }
    }
    return names;
  }

  private static void addPaths(Set<String> names, StructType aspects) {
    for (StructField aspect : aspects.fields()) {
      if (aspect.dataType() instanceof StructType columns) {
        for (String column : columns.fieldNames()) {
          names.add(String.join(".", CellAspect.STRUCT_COLUMN, aspect.name(), column));
        }
      }
    }
  }

  @Override
  public Scan build() {
    return new RinglakeScan(scan);
  }
}
