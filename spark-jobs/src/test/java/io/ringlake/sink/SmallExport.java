package io.ringlake.sink;

import io.ringlake.config.WriteMode;
import io.ringlake.schema.TableName;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One pass of three batches of four rows each over three months, driven as a job drives it: {@link
 * #run} is one driver, and may be called again with what the last one left.
 */
final class SmallExport {

  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("ts", DataTypes.TimestampType)
          .add("name", DataTypes.StringType)
          .add("name_writetime", DataTypes.LongType)
          .add("year", DataTypes.StringType)
          .add("month", DataTypes.StringType);

  static final int BATCHES = 3;
  private static final int BATCH_ROWS = 4;

  /** Makes the sink of a pass. */
  @FunctionalInterface
  interface Format {
    Sink sink(SparkSession session, FileTarget target, Runnable hold);
  }

  static final Format PARQUET =
      (session, target, hold) -> ParquetSink.of(session, target, "zstd", hold);

  private final String output;
  private final WriteMode mode;
  private final boolean partitioned;
  private final long firstId;
  private final UUID passId = UUID.randomUUID();
  private final Set<UUID> givenUp;

  private Format format = PARQUET;

  /** What Spark's checkpoint would say. */
  private long lastBatchId = -1;

  private boolean planStored;

  SmallExport(String output, WriteMode mode, boolean partitioned, long firstId, Set<UUID> givenUp) {
    this.output = output;
    this.mode = mode;
    this.partitioned = partitioned;
    this.firstId = firstId;
    this.givenUp = givenUp;
  }

  SmallExport(String output, WriteMode mode, boolean partitioned, long firstId) {
    this(output, mode, partitioned, firstId, Set.of());
  }

  UUID passId() {
    return passId;
  }

  boolean planStored() {
    return planStored;
  }

  /** One driver from its start to its end. */
  Manifest run() {
    Sink sink = begin();
    for (long batchId = lastBatchId + 1; batchId < BATCHES; batchId++) {
      write(sink, batchId);
    }
    return finish(sink, lastBatchId);
  }

  /** The end of a driver. */
  Manifest finish(Sink sink, long last) {
    return FolderCheck.finish(sink, target(), last);
  }

  /** A driver up to its first batch. */
  Sink begin() {
    Sink sink = sink(() -> {});
    if (!planStored) {
      sink.check();
      planStored = true;
    }
    sink.prepare(lastBatchId);
    return sink;
  }

  /** A driver that writes all batches and dies before the finish. */
  void runWithoutFinish() {
    Sink sink = begin();
    for (long batchId = lastBatchId + 1; batchId < BATCHES; batchId++) {
      write(sink, batchId);
    }
  }

  void write(Sink sink, long batchId) {
    sink.write(batchId, batch(LocalSpark.newSession(), batchId));
    lastBatchId = batchId;
  }

  /** Writes another format than Parquet. */
  SmallExport as(Format other) {
    format = other;
    return this;
  }

  Sink sink(Runnable hold) {
    return format.sink(LocalSpark.newSession(), target(), hold);
  }

  FileTarget target() {
    return new FileTarget(
        TableName.of("shop", "orders"),
        "CREATE TABLE shop.orders (id bigint PRIMARY KEY, ts timestamp, name text);",
        new Path(output),
        mode,
        passId,
        givenUp,
        new Path(output, "_ringlake/checkpoint"),
        SCHEMA,
        partitioned ? List.of("year", "month") : List.of(),
        partitioned
            ? List.of(
                new TimePartition(
                    "ts", Map.of(ChronoUnit.YEARS, "year", ChronoUnit.MONTHS, "month")))
            : List.of(),
        List.of("ts", "name_writetime"));
  }

  /** The rows as {@link FolderCheck#query} shows {@code id, name, year, month}. */
  List<String> rows() {
    return LongStream.range(firstId, firstId + BATCHES * BATCH_ROWS)
        .mapToObj(id -> "%d|name %d|2024|%02d".formatted(id, id, month(id)))
        .toList();
  }

  /** A batch of an export that begins with {@code firstId}. */
  Dataset<Row> batch(SparkSession session, long batchId) {
    long first = firstId + batchId * BATCH_ROWS;
    List<Row> rows =
        LongStream.range(first, first + BATCH_ROWS)
            .mapToObj(
                id ->
                    RowFactory.create(
                        id,
                        Timestamp.from(
                            Instant.parse("2024-%02d-05T00:00:00Z".formatted(month(id)))
                                .plusSeconds(id)),
                        "name " + id,
                        1_700_000_000_000_000L + id,
                        "2024",
                        "%02d".formatted(month(id))))
            .toList();
    return session.createDataFrame(rows, SCHEMA).coalesce(1);
  }

  private static long month(long id) {
    return id % 2 + 1;
  }
}
