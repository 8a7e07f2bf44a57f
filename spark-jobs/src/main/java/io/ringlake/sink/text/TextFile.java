package io.ringlake.sink.text;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;

/** One file that a task writes. Its figures are told to the task's commit when it is closed. */
final class TextFile extends OutputWriter {

  private final String path;
  private final Closeable file;
  private final Records records;
  private final String encoding;
  private final FileFigures figures;
  private final TaskAttemptContext task;
  private boolean isClosed;

  /**
   * @param file what the records end up in, closed here only if they cannot be
   */
  TextFile(
      String path,
      Closeable file,
      Records records,
      String encoding,
      FileFigures figures,
      TaskAttemptContext task) {
    this.path = path;
    this.file = file;
    this.records = records;
    this.encoding = encoding;
    this.figures = figures;
    this.task = task;
  }

  @Override
  public void write(InternalRow row) {
    try {
      records.write(row);
    } catch (IOException e) {
      throw failed(path, encoding, e);
    }
    figures.add(row);
  }

  /** Spark closes files of failed tasks too, and some twice. */
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try {
      records.close();
    } catch (IOException | RuntimeException e) {
      closeAfter(e, file);
      throw failed(path, encoding, e);
    }
    figures.tell(task.getConfiguration(), path);
  }

  @Override
  public String path() {
    return path;
  }

  /** Closes a file that cannot be written. */
  static void closeAfter(Exception why, Closeable file) {
    try {
      file.close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /**
   * What to throw where a file cannot be written; text is encoded late, so anywhere.
   *
   * @param e an {@link IOException} or a {@link RuntimeException}
   */
  static RuntimeException failed(String path, String encoding, Exception e) {
    if (e instanceof CharacterCodingException) {
      return new RunFailure(
          ErrorCode.VALUE_OUT_OF_RANGE,
          "A value or the name of a column holds a character that encoding %s lacks, in %s."
              .formatted(encoding, path),
          "Set --encoding UTF-8 or --columns without it (an export begins anew with --restart).",
          e);
    }
    return e instanceof IOException io
        ? new UncheckedIOException("Cannot write %s".formatted(path), io)
        : (RuntimeException) e;
  }
}
