package io.ringlake.sink.text;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringlake.config.TextConfig;
import java.io.IOException;
import java.io.Writer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Rows as JSON: an object in each line, or a file that is one array of them. */
final class JsonRecords implements Records {

  private final JsonGenerator out;
  private final boolean isArray;
  private final JsonValues.Fields fields;
  private boolean isFirst = true;

  /**
   * @param columns of the file
   */
  JsonRecords(Writer out, StructType columns, TextConfig config) throws IOException {
    this.out = JsonValues.FACTORY.createGenerator(out).setRootValueSeparator(null);
    this.isArray = config.jsonArray();
    this.fields = new JsonValues(new Spelling(config)).fields(columns);
    if (isArray) {
      this.out.writeRaw('[');
    }
  }

  @Override
  public void write(InternalRow row) throws IOException {
    if (isArray) {
      out.writeRaw(isFirst ? "\n" : ",\n");
      isFirst = false;
    }
    fields.write(out, row);
    if (!isArray) {
      out.writeRaw('\n');
    }
  }

  @Override
  public void close() throws IOException {
    if (isArray) {
      out.writeRaw("\n]\n");
    }
    out.close();
  }
}
