package io.ringlake.sink;

import io.ringlake.config.OutputFormat;
import io.ringlake.config.TextConfig;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.sink.text.TextFiles;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** CSV or JSON files in Hive folders. */
public final class TextSink {

  private TextSink() {}

  /**
   * The sink of CSV of one pass.
   *
   * @param session of this table alone; the stream whose batches are written is started from it
   * @param compression one of the format's
   * @param hold called before each batch and each destructive step; throws if this driver must not
   *     go on
   * @throws RunFailure if there is no file system for the output, or rows could be lines without a
   *     character, which readers skip
   */
  public static Sink csv(
      SparkSession session,
      FileTarget target,
      TextConfig config,
      String compression,
      Runnable hold) {
    List<StructField> columns = target.fileFields();
    if (config.csvNull().isEmpty() && columns.size() == 1 && columns.get(0).nullable()) {
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS,
          "Column %s of table %s is the only one in the files and can be null, which CSV would"
                  .formatted(columns.get(0).name(), target.table())
              + " have as an empty line.",
          "Choose a word for null, for example --csv-null NULL, or another format.");
    }
    return sink(
        OutputFormat.CSV, TableStorage.csv(config), session, target, config, compression, hold);
  }

  /** The sink of JSON of one pass; as {@link #csv}. */
  public static Sink json(
      SparkSession session,
      FileTarget target,
      TextConfig config,
      String compression,
      Runnable hold) {
    return sink(
        OutputFormat.JSON, TableStorage.json(config), session, target, config, compression, hold);
  }

  private static Sink sink(
      OutputFormat format,
      TableStorage storage,
      SparkSession session,
      FileTarget target,
      TextConfig config,
      String compression,
      Runnable hold) {
    return new FileSink(
        session,
        target,
        new TextFiles(format, config, compression, target.boundColumns()),
        new ToldFigures(),
        storage,
        hold);
  }
}
