package io.ringlake.progress;

import io.ringlake.schema.TableName;

/**
 * The batch that a table is at.
 *
 * @param number from 1
 * @param batches of the pass; not below {@code number}
 * @param firstSpan index of its first span in the plan, from 0
 * @param endSpan index after its last span
 * @param spans of the plan
 */
public record RunningBatch(
    TableName table, int number, int batches, int firstSpan, int endSpan, int spans) {

  public RunningBatch {
    if (number < 1
        || number > batches
        || firstSpan < 0
        || firstSpan >= endSpan
        || endSpan > spans) {
      throw new IllegalArgumentException(
          "Batch %d of %d with spans %d to %d of %d is none"
              .formatted(number, batches, firstSpan, endSpan, spans));
    }
  }

  /**
   * What Spark's UI calls the jobs of this batch, spans counted from 1: {@code shop.orders: batch 3
   * of 4, spans 129 to 192 of 256}. For {@code SparkContext.setJobDescription}.
   */
  public String description() {
    return "%s: batch %d of %d, spans %d to %d of %d"
        .formatted(table, number, batches, firstSpan + 1, endSpan, spans);
  }
}
