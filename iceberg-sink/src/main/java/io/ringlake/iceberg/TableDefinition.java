package io.ringlake.iceberg;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
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
 * @param sorting what rows are sorted by within files; empty leaves it to a table that is there
 * @param identifierColumns the primary key, none of them nullable; empty for none
 * @param properties of a table that is made
 */
public record TableDefinition(
    String name,
    StructType columns,
    List<PartitionTransform> partitioning,
    List<SortColumn> sorting,
    List<String> identifierColumns,
    Map<String, String> properties) {

  /**
   * A column to sort by; nulls come first where it ascends, last where it descends.
   *
   * @param name of a column that is a value, not a struct, list or map
   */
  public record SortColumn(String name, boolean descends) {

    @Override
    public String toString() {
      return descends ? name + " desc" : name;
    }
  }

  public TableDefinition {
    partitioning = List.copyOf(partitioning);
    sorting = List.copyOf(sorting);
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
          TargetRefused.Reason.LAYOUT,
          "Iceberg refuses to partition table %s by %s: %s"
              .formatted(name, partitioning, e.getMessage()),
          "Choose other terms for --partition-by.",
          e);
    }
  }

  /**
   * The sort order of a table that is made.
   *
   * @throws TargetRefused if a column is not there or cannot be sorted by
   */
  SortOrder sortOrder(Schema schema) {
    SortOrder.Builder order = SortOrder.builderFor(schema);
    try {
      for (SortColumn column : sorting) {
        if (column.descends()) {
          order.desc(column.name());
        } else {
          order.asc(column.name());
        }
      }
      return order.build();
    } catch (ValidationException | IllegalArgumentException e) {
      throw new TargetRefused(
          TargetRefused.Reason.LAYOUT,
          "Iceberg refuses to sort table %s by %s: %s".formatted(name, sorting, e.getMessage()),
          "Choose other columns for --sort-by.",
          e);
    }
  }
}
