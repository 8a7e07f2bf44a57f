package io.ringlake.sink;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A target of one pass. Steps are called in this order, on the driver, by one thread; each is safe
 * to repeat, by a new object, after a driver died anywhere inside it.
 *
 * <p>Every step but {@link #look} and {@link #check} throws {@link io.ringlake.failure.RunFailure}
 * when the target fails or when it is not certain what the target holds; then nothing has been
 * deleted that could be needed, and the same call may be made again.
 */
public interface Sink {

  /**
   * Looks whether the target takes a new pass. Only reads, so that a plan can ask, too.
   *
   * @throws io.ringlake.failure.RunFailure if the target is not empty and the mode refuses that, or
   *     if it can be seen that it cannot be written to
   */
  void look();

  /**
   * Looks, then tries whether the target can be written to, and leaves it as it is. Called before
   * the plan is stored, not on a resume.
   *
   * @throws io.ringlake.failure.RunFailure as {@link #look}, or if it cannot be written to
   */
  void check();

  /**
   * The checkpoint, of a table, that an unfinished pass in the target belongs to, if that is
   * another than this pass's. Before an overwrite takes its place, nobody must be at work on it.
   * Only reads.
   */
  Optional<Path> otherCheckpoint();

  /**
   * Makes the target ready. Called at every start once the plan is stored, before any batch.
   *
   * @param lastBatchId the last batch that Spark's checkpoint says is committed, -1 for none
   * @return what was changed of what the target is, for people
   */
  List<String> prepare(long lastBatchId);

  /**
   * Writes a batch unless the target says that it is there already.
   *
   * @param batchId 0 or above; batches come in their order
   */
  void write(long batchId, Dataset<Row> rows);

  /** Whether the target holds all of this pass, and says so. Only reads. */
  boolean isComplete();

  /**
   * Completes the target once all batches are written.
   *
   * @param lastBatchId the last batch that Spark's checkpoint says is committed, -1 for none
   * @return what the target holds of this pass
   */
  Written finish(long lastBatchId);
}
