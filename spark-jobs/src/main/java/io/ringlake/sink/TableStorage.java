package io.ringlake.sink;

import io.ringlake.config.TextConfig;
import io.ringlake.writetime.CellAspect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * How engines that read files of a format as a table are told of it.
 *
 * @param engines who reads them by Hive's statement
 * @param hive the clause of Hive's that says what the files are
 * @param hiveProperties the clause at the end of its statement, empty for none
 * @param trino properties of a table of Trino's Hive connector, without those of every table
 * @param seen a column as its type in the files is read
 */
record TableStorage(
    String engines,
    String hive,
    String hiveProperties,
    List<String> trino,
    UnaryOperator<StructField> seen) {

  static final TableStorage PARQUET =
      new TableStorage(
          "Athena, Hive, Spark",
          "STORED AS PARQUET",
          "",
          List.of("format = 'PARQUET'"),
          UnaryOperator.identity());

  private static final String TEXT_ENGINES = "Athena, Hive";

  /** All columns are text, since both engines read nothing else from quoted CSV. */
  static TableStorage csv(TextConfig config) {
    String delimiter = Character.toString(config.csvDelimiter());
    String quote = Character.toString(config.csvQuote());
    String escape = Character.toString(config.csvEscape());
    List<String> trino = new ArrayList<>(List.of("format = 'CSV'"));
    trino.add("csv_separator = " + TableDdl.trinoText(delimiter));
    trino.add("csv_quote = " + TableDdl.trinoText(quote));
    trino.add("csv_escape = " + TableDdl.trinoText(escape));
    if (config.csvHeader()) {
      trino.add("skip_header_line_count = 1");
    }
    return new TableStorage(
        TEXT_ENGINES,
        """
        ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
        WITH SERDEPROPERTIES ('separatorChar' = %s, 'quoteChar' = %s, 'escapeChar' = %s)
        STORED AS TEXTFILE"""
            .formatted(
                TableDdl.hiveText(delimiter), TableDdl.hiveText(quote), TableDdl.hiveText(escape)),
        config.csvHeader() ? "\nTBLPROPERTIES ('skip.header.line.count' = '1')" : "",
        trino,
        field -> typed(field, DataTypes.StringType));
  }

  /** What JSON has no type for is text there. */
  static TableStorage json(TextConfig config) {
    boolean numbers = config.writetimeFormat().equals(TextConfig.MICROS);
    return new TableStorage(
        TEXT_ENGINES,
        "ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'\nSTORED AS TEXTFILE",
        "",
        List.of("format = 'JSON'"),
        field -> inJson(field, numbers));
  }

  private static StructField inJson(StructField field, boolean writetimesAreNumbers) {
    boolean isTime =
        !writetimesAreNumbers
            && field.metadata().contains(CellAspect.ASPECT_KEY)
            && field
                .metadata()
                .getString(CellAspect.ASPECT_KEY)
                .equals(CellAspect.WRITETIME.fieldName());
    return typed(field, inJson(field.dataType(), isTime, writetimesAreNumbers));
  }

  private static DataType inJson(DataType type, boolean isTime, boolean writetimesAreNumbers) {
    if (type instanceof TimestampType
        || type instanceof BinaryType
        || isTime && type instanceof LongType) {
      return DataTypes.StringType;
    }
    if (type instanceof ArrayType array) {
      return DataTypes.createArrayType(
          inJson(array.elementType(), isTime, writetimesAreNumbers), array.containsNull());
    }
    if (type instanceof StructType struct) {
      StructType seen = new StructType();
      for (StructField field : struct.fields()) {
        seen = seen.add(inJson(field, writetimesAreNumbers));
      }
      return seen;
    }
    if (type instanceof MapType map) {
      DataType key = inJson(map.keyType(), false, writetimesAreNumbers);
      DataType value = inJson(map.valueType(), false, writetimesAreNumbers);
      return key instanceof StructType || key instanceof ArrayType || key instanceof MapType
          ? DataTypes.createArrayType(
              new StructType().add("key", key, false).add("value", value, true))
          : DataTypes.createMapType(key, value);
    }
    return type;
  }

  private static StructField typed(StructField field, DataType type) {
    return new StructField(field.name(), type, field.nullable(), field.metadata());
  }
}
