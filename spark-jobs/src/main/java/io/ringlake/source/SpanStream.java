package io.ringlake.source;

import io.ringlake.checkpoint.ScanPlan;
import io.ringlake.ring.Ring;
import io.ringlake.runtime.DriverChannel;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadAllAvailable;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.jspecify.annotations.Nullable;

/**
 * A table as a bounded stream: its position is a place in the stored plan's list of spans, a batch
 * is the next few of them. Called by Spark's thread of the query only.
 */
final class SpanStream implements MicroBatchStream, SupportsTriggerAvailableNow {

  private final SpanRead read;
  private final int batchSpans;
  private final List<PlannedSpan> spans;
  private final SpanTasks tasks;
  private int plannedFrom;
  private int plannedTo;
  private InputPartition[] planned = new InputPartition[0];

  SpanStream(SpanRead read, ScanPlan plan, Ring ring) {
    this.read = read;
    this.batchSpans = plan.batchSpans();
    this.spans = TableScan.numbered(plan.spans());
    this.tasks = new SpanTasks(ring, plan.taskSpans());
  }

  @Override
  public Offset initialOffset() {
    return new SpanOffset(0);
  }

  @Override
  public Offset latestOffset() {
    throw new IllegalStateException("Spark asks a stream with admission control for a limit");
  }

  /** One batch of the plan; {@code Trigger.Once} asks for all there is instead. */
  @Override
  public ReadLimit getDefaultReadLimit() {
    return ReadLimit.maxFiles(batchSpans);
  }

  /** The end of the next batch; null, which to Spark is no data, once the run is to stop. */
  @Override
  public @Nullable Offset latestOffset(Offset start, ReadLimit limit) {
    if (DriverChannel.current().draining()) {
      return null;
    }
    if (limit instanceof ReadAllAvailable) {
      return reportLatestOffset();
    }
    int done = ((SpanOffset) start).spans();
    return new SpanOffset(Math.min(spans.size(), done + batchSpans));
  }

  @Override
  public Offset reportLatestOffset() {
    return new SpanOffset(spans.size());
  }

  /** Nothing to fix: a plan does not grow. */
  @Override
  public void prepareForTriggerAvailableNow() {}

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    int from = ((SpanOffset) start).spans();
    int to = ((SpanOffset) end).spans();
    if (plannedFrom != from || plannedTo != to) { // Spark asks four times a batch
      planned = tasks.of(spans.subList(from, to));
      plannedFrom = from;
      plannedTo = to;
    }
    return planned.clone();
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new SpanReaderFactory(read);
  }

  @Override
  public Offset deserializeOffset(String json) {
    return SpanOffset.parse(json);
  }

  @Override
  public void commit(Offset end) {}

  @Override
  public void stop() {}
}
