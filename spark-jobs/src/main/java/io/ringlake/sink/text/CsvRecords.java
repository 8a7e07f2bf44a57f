package io.ringlake.sink.text;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringlake.config.TextConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows as CSV, as <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a> has it but for the
 * ends of lines, which are {@code \n}. Values with parts are JSON.
 *
 * <p>A value stands in quotes only where it could be taken for something else: for two values, two
 * lines or a quote; for null, which an empty text and one that is spelled like null could; or where
 * readers cut spaces off.
 */
final class CsvRecords implements Records {

  private final Writer out;
  private final TextConfig config;
  private final Spelling.Text[] cells;

  /**
   * @param columns of the file
   */
  CsvRecords(Writer out, StructType columns, TextConfig config) throws IOException {
    this.out = out;
    this.config = config;
    StructField[] fields = columns.fields();
    this.cells = new Spelling.Text[fields.length];
    Spelling spelling = new Spelling(config);
    for (int i = 0; i < fields.length; i++) {
      cells[i] = cell(fields[i], spelling);
    }
    if (config.csvHeader()) {
      for (int i = 0; i < fields.length; i++) {
        delimit(i);
        writeText(fields[i].name());
      }
      out.write('\n');
    }
  }

  private static Spelling.Text cell(StructField field, Spelling spelling) {
    DataType type = field.dataType();
    if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
      JsonValues.Value value = new JsonValues(spelling).of(type, field.metadata());
      return (from, ordinal) -> json(value, from, ordinal);
    }
    return type instanceof LongType && spelling.isWritetimeText(field.metadata())
        ? spelling.writetime()
        : spelling.of(type);
  }

  private static String json(JsonValues.Value value, SpecializedGetters from, int ordinal) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonValues.FACTORY.createGenerator(text)) {
      value.write(json, from, ordinal);
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory cannot be written", e);
    }
    return text.toString();
  }

  @Override
  public void write(InternalRow row) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      delimit(i);
      if (row.isNullAt(i)) {
        out.write(config.csvNull());
      } else {
        writeText(cells[i].of(row, i));
      }
    }
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void delimit(int column) throws IOException {
    if (column > 0) {
      out.write(config.csvDelimiter());
    }
  }

  private void writeText(String text) throws IOException {
    if (!needsQuotes(text)) {
      out.write(text);
      return;
    }
    out.write(config.csvQuote());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == config.csvQuote() || each == config.csvEscape()) {
        out.write(config.csvEscape());
      }
      out.write(each);
    }
    out.write(config.csvQuote());
  }

  private boolean needsQuotes(String text) {
    if (text.isEmpty()
        || text.equals(config.csvNull())
        || text.charAt(0) <= ' '
        || text.charAt(text.length() - 1) <= ' ') {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == config.csvDelimiter()
          || each == config.csvQuote()
          || each == config.csvEscape()
          || each == '\n'
          || each == '\r') {
        return true;
      }
    }
    return false;
  }
}
