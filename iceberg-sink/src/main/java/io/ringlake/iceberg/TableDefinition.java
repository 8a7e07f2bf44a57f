package io.ringlake.iceberg;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.types.StructType;

/**
 * What a table should be.
 *
 * @param name with its catalog, as in SQL: {@code lake.shop.orders}, parts with dots in backticks
 * @param columns what rows hold; comments become the docs of the table's fields
 * @param partitioning outermost first; empty leaves it to a table that is there
 * @param identifierColumns the primary key, none of them nullable; empty for none
 * @param properties of a table that is made
 */
public record TableDefinition(
    String name,
    StructType columns,
    List<PartitionTransform> partitioning,
    List<String> identifierColumns,
    Map<String, String> properties) {

  public TableDefinition {
    partitioning = List.copyOf(partitioning);
    identifierColumns = List.copyOf(identifierColumns);
    properties = Map.copyOf(properties);
  }

  /** The schema of a table that is made. */
  Schema schema() {
    List<NestedField> fields = SparkSchemaUtil.convert(columns).columns();
    Map<String, Integer> ids = new LinkedHashMap<>();
    fields.forEach(field -> ids.put(field.name(), field.fieldId()));
    return new Schema(fields, identifierColumns.stream().map(ids::get).collect(Collectors.toSet()));
  }

  /**
   * The partition spec of a table that is made.
   *
   * @throws TargetRefused if a transform does not suit its column, or another one beside it
   */
  PartitionSpec partitionSpec(Schema schema) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    try {
      partitioning.forEach(transform -> transform.addTo(spec, schema));
      return spec.build();
    } catch (ValidationException | IllegalArgumentException e) {
      throw new TargetRefused(
          TargetRefused.Reason.PARTITIONING,
          "Iceberg refuses to partition table %s by %s: %s"
              .formatted(name, partitioning, e.getMessage()),
          "Choose other terms for --partition-by.",
          e);
    }
  }
}
