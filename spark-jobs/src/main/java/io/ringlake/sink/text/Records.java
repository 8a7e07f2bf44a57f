package io.ringlake.sink.text;

import java.io.Closeable;
import java.io.IOException;
import org.apache.spark.sql.catalyst.InternalRow;

/** The rows of one file in some format of text. What stands before the first is written already. */
interface Records extends Closeable {

  /** Writes one row. */
  void write(InternalRow row) throws IOException;

  /** Writes what stands after the last row, and closes the file. */
  @Override
  void close() throws IOException;
}
