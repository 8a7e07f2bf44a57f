package io.ringlake.sink.text;

import io.ringlake.config.TextConfig;
import io.ringlake.config.TextConfig.BlobText;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Rows to spell, and how. */
final class TextRows {

  static final TextConfig DEFAULT = config(',', '"', '"', true, "", false);

  private TextRows() {}

  static TextConfig config(
      char delimiter, char quote, char escape, boolean header, String nullText, boolean array) {
    return config(delimiter, quote, escape, header, nullText, array, "iso");
  }

  static TextConfig withTimestamps(String pattern) {
    return config(',', '"', '"', true, "", false, pattern);
  }

  private static TextConfig config(
      char delimiter,
      char quote,
      char escape,
      boolean header,
      String nullText,
      boolean array,
      String timestamps) {
    return new TextConfig(
        delimiter,
        quote,
        escape,
        header,
        nullText,
        array,
        "UTF-8",
        timestamps,
        "iso",
        "UTC",
        BlobText.BASE64);
  }

  static String csv(TextConfig config, StructType schema, List<InternalRow> rows)
      throws IOException {
    StringWriter out = new StringWriter();
    write(new CsvRecords(out, schema, config), rows);
    return out.toString();
  }

  static String json(TextConfig config, StructType schema, List<InternalRow> rows)
      throws IOException {
    StringWriter out = new StringWriter();
    write(new JsonRecords(out, schema, config), rows);
    return out.toString();
  }

  private static void write(Records records, List<InternalRow> rows) throws IOException {
    try (records) {
      for (InternalRow row : rows) {
        records.write(row);
      }
    }
  }

  static InternalRow row(@Nullable Object... values) {
    return new GenericInternalRow(values);
  }

  static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }

  static GenericArrayData array(@Nullable Object... elements) {
    return new GenericArrayData(elements);
  }

  static ArrayBasedMapData map(Object key, @Nullable Object value) {
    return new ArrayBasedMapData(array(key), array(value));
  }
}
