package io.ringlake.sink;

import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;

/** Parquet files in Hive folders. */
public final class ParquetSink implements Sink {

  private final FileSink files;

  /**
   * Sets what the writer needs in the configuration of the session. That must be before the stream
   * starts: driver-side settings are read from this session, those of the tasks from the copy of it
   * that a stream makes when it starts.
   *
   * @param session of this table alone; the stream whose batches are written is started from it
   * @param compression a Parquet codec's name in lower case, for example {@code zstd}
   * @param hold called before each batch and each destructive step; throws if this driver must not
   *     go on
   * @throws io.ringlake.failure.RunFailure if there is no file system for the output
   */
  public ParquetSink(SparkSession session, FileTarget target, String compression, Runnable hold) {
    Map<String, String> settings =
        Map.of(
            "spark.sql.parquet.compression.codec", compression,
            "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
            "spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED",
            "spark.sql.parquet.writeLegacyFormat", "false");
    settings.forEach(session.conf()::set);
    this.files = new FileSink(session, target, new ParquetFileFormat(), new ParquetFooters(), hold);
  }

  @Override
  public void look() {
    files.look();
  }

  @Override
  public void check() {
    files.check();
  }

  @Override
  public void prepare(long lastBatchId) {
    files.prepare(lastBatchId);
  }

  @Override
  public void write(long batchId, Dataset<Row> rows) {
    files.write(batchId, rows);
  }

  @Override
  public Optional<Path> otherCheckpoint() {
    return files.otherCheckpoint();
  }

  @Override
  public boolean isComplete() {
    return files.isComplete();
  }

  @Override
  public Manifest finish(long lastBatchId) {
    return files.finish(lastBatchId);
  }
}
