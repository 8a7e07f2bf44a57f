package io.ringlake.sink.text;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;

/** One file that a task writes. Its figures are told to the task's commit when it is closed. */
final class TextFile extends OutputWriter {

  private final String path;
  private final Records records;
  private final String encoding;
  private final FileFigures figures;
  private final TaskAttemptContext task;
  private boolean isClosed;

  TextFile(
      String path, Records records, String encoding, FileFigures figures, TaskAttemptContext task) {
    this.path = path;
    this.records = records;
    this.encoding = encoding;
    this.figures = figures;
    this.task = task;
  }

  @Override
  public void write(InternalRow row) {
    try {
      records.write(row);
    } catch (CharacterCodingException e) {
      throw new RunFailure(
          ErrorCode.VALUE_OUT_OF_RANGE,
          "A value holds a character that encoding %s lacks.".formatted(encoding),
          "Set --encoding UTF-8 or --columns without it (an export begins anew with --restart).",
          e);
    } catch (IOException e) {
      throw failed(path, e);
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
    } catch (IOException e) {
      throw failed(path, e);
    }
    figures.tell(task.getConfiguration(), path);
  }

  @Override
  public String path() {
    return path;
  }

  static UncheckedIOException failed(String path, IOException e) {
    return new UncheckedIOException("Cannot write %s".formatted(path), e);
  }
}
