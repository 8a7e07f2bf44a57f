package io.ringlake.sink;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A target of one pass. Steps are called in this order, on the driver, by one thread; each is safe
 * to repeat after a driver died anywhere inside it.
 */
public interface Sink {

  /**
   * Looks whether the target can take a new pass, and changes nothing. Called before the plan is
   * stored, not on a resume.
   *
   * @throws io.ringlake.failure.RunFailure if the target is not empty and the mode refuses that, or
   *     if it cannot be written to
   */
  void check();

  /** Makes the target ready. Called at every start once the plan is stored, before any batch. */
  void prepare();

  /** Writes a batch unless the target says that it is there already. */
  void write(long batchId, Dataset<Row> rows);

  /**
   * Completes the target once all batches are written.
   *
   * @param lastBatchId the last batch that Spark's checkpoint says is committed, -1 for none
   */
  Manifest finish(long lastBatchId);
}
