package io.ringlake.sink.delta;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a Delta table should be.
 *
 * @param name a path, or {@code spark_catalog.namespace.table} as in SQL
 * @param columns what rows hold, partition columns included; comments become those of the table
 * @param partitionColumns names of columns, outermost first; empty for none
 * @param properties of a table that is made
 * @param mergeSchema whether a table that is there gets the columns that it lacks
 */
public record DeltaDefinition(
    String name,
    StructType columns,
    List<String> partitionColumns,
    Map<String, String> properties,
    boolean mergeSchema) {

  public DeltaDefinition {
    partitionColumns = List.copyOf(partitionColumns);
    properties = Map.copyOf(properties);
    if (!List.of(columns.fieldNames()).containsAll(partitionColumns)) {
      throw new IllegalArgumentException(
          "Partition columns %s are not all among the columns %s"
              .formatted(partitionColumns, List.of(columns.fieldNames())));
    }
  }

  /** The columns of a table that is made: each may be null, as later rows may lack it. */
  StructType tableColumns() {
    StructType nullable = new StructType();
    for (StructField field : columns.fields()) {
      nullable =
          nullable.add(new StructField(field.name(), field.dataType(), true, field.metadata()));
    }
    return nullable;
  }
}
