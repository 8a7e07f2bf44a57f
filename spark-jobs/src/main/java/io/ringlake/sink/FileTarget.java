package io.ringlake.sink;

import io.ringlake.config.WriteMode;
import io.ringlake.schema.TableName;
import io.ringlake.sink.Manifest.TimeRange;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one pass writes files of one table into.
 *
 * @param table the table that is exported
 * @param ddl the CQL that makes the table
 * @param output the folder; it need not exist
 * @param mode what to do if it is not empty
 * @param passId in the name of every file of this pass
 * @param givenUp earlier passes of the same checkpoint that were given up unfinished; what they
 *     left in the folder and no manifest names is removed when this pass begins
 * @param checkpoint of this table; it is never deleted
 * @param schema of the rows that are written, partition columns included
 * @param partitionColumns names of columns of {@code schema}, in the order of the folders
 * @param timePartitions which of them are parts of a time
 * @param boundColumns the columns whose least and greatest value the manifest tells; a field of a
 *     struct as {@code struct.field}
 */
public record FileTarget(
    TableName table,
    String ddl,
    Path output,
    WriteMode mode,
    UUID passId,
    Set<UUID> givenUp,
    Path checkpoint,
    StructType schema,
    List<String> partitionColumns,
    List<TimePartition> timePartitions,
    List<String> boundColumns) {

  public FileTarget {
    givenUp = Set.copyOf(givenUp);
    partitionColumns = List.copyOf(partitionColumns);
    timePartitions = List.copyOf(timePartitions);
    boundColumns = List.copyOf(boundColumns);
    List<String> names = List.of(schema.fieldNames());
    if (!names.containsAll(partitionColumns)) {
      throw new IllegalArgumentException(
          "Partition columns %s are not all among the columns %s"
              .formatted(partitionColumns, names));
    }
    if (givenUp.contains(passId)) {
      throw new IllegalArgumentException("Pass %s is itself given up".formatted(passId));
    }
  }

  /** The columns that files hold. */
  List<StructField> fileFields() {
    return Arrays.stream(schema.fields())
        .filter(field -> !partitionColumns.contains(field.name()))
        .toList();
  }

  /** The columns that folders are named for, in their order. */
  List<StructField> partitionFields() {
    return partitionColumns.stream().map(schema::apply).toList();
  }

  /**
   * The partition values in a file's path.
   *
   * @param path relative to the output
   */
  Map<String, @Nullable String> partition(String path) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (String folder : path.split("/", -1)) {
      int equals = folder.indexOf('=');
      if (equals > 0) {
        String column = ExternalCatalogUtils.unescapePathName(folder.substring(0, equals));
        String value = ExternalCatalogUtils.unescapePathName(folder.substring(equals + 1));
        if (partitionColumns.contains(column)) {
          boolean isNull = value.equals(ExternalCatalogUtils.DEFAULT_PARTITION_NAME());
          values.put(column, isNull ? null : value);
        }
      }
    }
    return values;
  }

  /** What the time partitions of a file span, by source column. */
  Map<String, TimeRange> times(Map<String, @Nullable String> partition) {
    Map<String, TimeRange> times = new LinkedHashMap<>();
    for (TimePartition time : timePartitions) {
      time.range(partition).ifPresent(range -> times.put(time.source(), range));
    }
    return times;
  }
}
