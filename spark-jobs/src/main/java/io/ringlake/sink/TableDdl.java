package io.ringlake.sink;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The statements that make a folder of files a table of Athena, Hive or Spark, and of Trino: {@code
 * table.sql}. The second stands in comments, so that the file can be run as it is.
 */
final class TableDdl {

  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private final FileTarget target;
  private final Path location;
  private final TableStorage storage;

  /** As they are read. */
  private final List<StructField> fileFields;

  /**
   * @param location the folder, with its scheme
   * @param storage what the files are
   */
  TableDdl(FileTarget target, Path location, TableStorage storage) {
    this.target = target;
    this.location = location;
    this.storage = storage;
    this.fileFields = target.fileFields().stream().map(storage.seen()).toList();
  }

  String sql() {
    return """
        -- %s
        %s%s
        -- Trino, in a schema of its Hive connector
        %s"""
        .formatted(storage.engines(), hive(), repair(), comment(trino()));
  }

  private String hive() {
    String partitions =
        target.partitionColumns().isEmpty()
            ? ""
            : "PARTITIONED BY (\n%s\n)\n".formatted(hiveColumns(target.partitionFields()));
    return "CREATE EXTERNAL TABLE IF NOT EXISTS %s (\n%s\n)\n%s%s\nLOCATION %s%s;\n"
        .formatted(
            hiveName(table()),
            hiveColumns(fileFields),
            partitions,
            storage.hive(),
            hiveText(location()),
            storage.hiveProperties());
  }

  private String repair() {
    return target.partitionColumns().isEmpty()
        ? ""
        : "-- after each export\nMSCK REPAIR TABLE %s;\n".formatted(hiveName(table()));
  }

  private String trino() {
    List<StructField> partitions = target.partitionFields();
    String columns =
        Stream.concat(fileFields.stream(), partitions.stream())
            .map(field -> "  %s %s".formatted(trinoName(field.name()), trinoType(field.dataType())))
            .collect(Collectors.joining(",\n"));
    String partitionedBy =
        partitions.isEmpty()
            ? ""
            : ",\n  partitioned_by = ARRAY[%s]"
                .formatted(
                    partitions.stream()
                        .map(field -> trinoText(field.name().toLowerCase(Locale.ROOT)))
                        .collect(Collectors.joining(", ")));
    String sync =
        partitions.isEmpty()
            ? ""
            : "CALL system.sync_partition_metadata('<schema>', %s, 'ADD');\n"
                .formatted(trinoText(table().toLowerCase(Locale.ROOT)));
    return "CREATE TABLE IF NOT EXISTS %s (\n%s\n) WITH (\n  external_location = %s,\n  %s%s\n);\n%s"
        .formatted(
            trinoName(table()),
            columns,
            trinoText(location()),
            String.join(",\n  ", storage.trino()),
            partitionedBy,
            sync);
  }

  private String table() {
    return target.table().table().name();
  }

  /** Athena and Trino know S3 by the scheme {@code s3} only. */
  private String location() {
    return location.toString().replaceFirst("^s3[an]://", "s3://");
  }

  private static String hiveColumns(List<StructField> fields) {
    return fields.stream()
        .map(field -> "  %s %s".formatted(hiveName(field.name()), hiveType(field.dataType())))
        .collect(Collectors.joining(",\n"));
  }

  private static String hiveType(DataType type) {
    if (type instanceof ArrayType array) {
      return "ARRAY<%s>".formatted(hiveType(array.elementType()));
    }
    if (type instanceof MapType map) {
      return "MAP<%s,%s>".formatted(hiveType(map.keyType()), hiveType(map.valueType()));
    }
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields())
          .map(field -> structField(field.name()) + ":" + hiveType(field.dataType()))
          .collect(Collectors.joining(",", "STRUCT<", ">"));
    }
    return scalar(type, "STRING", "BINARY", "FLOAT", "INT", "TIMESTAMP");
  }

  private static String trinoType(DataType type) {
    if (type instanceof ArrayType array) {
      return "ARRAY(%s)".formatted(trinoType(array.elementType()));
    }
    if (type instanceof MapType map) {
      return "MAP(%s, %s)".formatted(trinoType(map.keyType()), trinoType(map.valueType()));
    }
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields())
          .map(field -> trinoName(field.name()) + " " + trinoType(field.dataType()))
          .collect(Collectors.joining(", ", "ROW(", ")"));
    }
    return scalar(type, "VARCHAR", "VARBINARY", "REAL", "INTEGER", "TIMESTAMP(6)");
  }

  private static String scalar(
      DataType type, String text, String bytes, String real, String integer, String timestamp) {
    if (type instanceof StringType) {
      return text;
    }
    if (type instanceof BinaryType) {
      return bytes;
    }
    if (type instanceof FloatType) {
      return real;
    }
    if (type instanceof IntegerType) {
      return integer;
    }
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return timestamp;
    }
    if (type instanceof DecimalType decimal) {
      return "DECIMAL(%d,%d)".formatted(decimal.precision(), decimal.scale());
    }
    if (type instanceof BooleanType) {
      return "BOOLEAN";
    }
    if (type instanceof ByteType) {
      return "TINYINT";
    }
    if (type instanceof ShortType) {
      return "SMALLINT";
    }
    if (type instanceof LongType) {
      return "BIGINT";
    }
    if (type instanceof DoubleType) {
      return "DOUBLE";
    }
    if (type instanceof DateType) {
      return "DATE";
    }
    throw new IllegalStateException("No SQL type is known for %s".formatted(type.sql()));
  }

  private static String comment(String lines) {
    return lines.lines().map(line -> "-- " + line + "\n").collect(Collectors.joining());
  }

  private static String hiveName(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Athena does not take quotes in a struct where none are needed. */
  private static String structField(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : hiveName(name);
  }

  static String hiveText(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String trinoName(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  static String trinoText(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
