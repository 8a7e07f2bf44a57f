package io.ringlake.source;

import io.ringlake.checkpoint.ScanPlan;
import io.ringlake.config.DataSize;
import io.ringlake.ring.Ring;
import io.ringlake.ring.RingCover;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.TokenSpan;
import java.util.List;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A read of one table: at once, or as a stream of batches of spans. */
final class RinglakeScan implements Scan, Batch {

  /** What the tasks of a stream take on, which has no file size: Spark's for its own files. */
  private static final DataSize TASK_SIZE = new DataSize(128L << 20);

  private final TableScan scan;
  private InputPartition @Nullable [] partitions;

  RinglakeScan(TableScan scan) {
    this.scan = scan;
  }

  @Override
  public StructType readSchema() {
    return scan.layout().type();
  }

  @Override
  public String description() {
    return "ringlake %s: %s over %s"
        .formatted(scan.projection().table().name(), scan.cql(), scan.ringChoice().inDetail());
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    if (partitions == null) { // Spark asks more than once
      int slots = slots();
      SpanSizing sizing = scan.sizing(slots, TASK_SIZE);
      Ring ring = scan.ring();
      RingPart part = scan.ringChoice().part();
      List<TokenSpan> spans = ring.spans(part, sizing.spans());
      RingCover.check(part, spans);
      partitions = new SpanTasks(ring, sizing.querySpans(slots)).of(TableScan.numbered(spans));
    }
    return partitions.clone();
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new SpanReaderFactory(scan.read(UUID.randomUUID().toString()));
  }

  @Override
  public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
    SparkSession spark = SparkSession.active();
    ScanPlan plan =
        new StreamPlan(scan, spark.sessionState().newHadoopConf())
            .of(checkpointLocation, slots(), TASK_SIZE);
    return new SpanStream(scan.read(plan.passId().toString()), plan, scan.ring());
  }

  private static int slots() {
    SparkContext context = SparkSession.active().sparkContext();
    return context.defaultParallelism();
  }
}
