package io.ringlake.sink;

import io.ringlake.config.TextConfig;
import io.ringlake.sink.text.JsonTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

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
    return new TableStorage(
        TEXT_ENGINES,
        "ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'\nSTORED AS TEXTFILE",
        "",
        List.of("format = 'JSON'"),
        new JsonTypes(config)::of);
  }

  private static StructField typed(StructField field, DataType type) {
    return new StructField(field.name(), type, field.nullable(), field.metadata());
  }
}
