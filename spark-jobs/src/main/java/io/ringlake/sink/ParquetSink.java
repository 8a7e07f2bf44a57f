package io.ringlake.sink;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;

/** Parquet files in Hive folders. */
public final class ParquetSink {

  private ParquetSink() {}

  /**
   * The sink of one pass. Sets what the writer needs in the configuration of the session. That must
   * be before the stream starts: driver-side settings are read from this session, those of the
   * tasks from the copy of it that a stream makes when it starts.
   *
   * @param session of this table alone; the stream whose batches are written is started from it
   * @param compression a Parquet codec's name in lower case, for example {@code zstd}
   * @param hold called before each batch and each destructive step; throws if this driver must not
   *     go on
   * @throws io.ringlake.failure.RunFailure if there is no file system for the output
   */
  public static Sink of(
      SparkSession session, FileTarget target, String compression, Runnable hold) {
    configure(session, compression);
    return new FileSink(
        session, target, new ParquetFileFormat(), new ParquetFooters(), TableStorage.PARQUET, hold);
  }

  /**
   * Sets what Spark's Parquet writer needs in the configuration of a session.
   *
   * @param compression a Parquet codec's name in lower case, for example {@code zstd}
   */
  public static void configure(SparkSession session, String compression) {
    Map<String, String> settings =
        Map.of(
            "spark.sql.parquet.compression.codec", compression,
            "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
            "spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED",
            "spark.sql.parquet.writeLegacyFormat", "false");
    settings.forEach(session.conf()::set);
  }
}
