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
   * @throws RunFailure if there is no file system for the output, or rows could be blank lines,
   *     which readers skip
   */
  public static Sink csv(
      SparkSession session,
      FileTarget target,
      TextConfig config,
      String compression,
      Runnable hold) {
    List<StructField> columns = target.fileFields();
    boolean isBlankWithoutValues =
        config.csvNull().isBlank()
            && (columns.size() == 1 || Character.isWhitespace(config.csvDelimiter()));
    if (isBlankWithoutValues && columns.stream().allMatch(StructField::nullable)) {
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS,
          "A row of table %s in which %s is null would be a blank line of CSV, which readers skip."
              .formatted(
                  target.table(), columns.size() == 1 ? columns.get(0).name() : "each column"),
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
