package io.ringlake.checkpoint;

/**
 * How far Spark says that a pass has come.
 *
 * @param batchId the last batch in Spark's commit log, -1 for none
 * @param spans how many spans of the plan, from its first, that batch and those before it cover
 */
public record Committed(long batchId, int spans) {

  /** Nothing yet. */
  public static final Committed NONE = new Committed(-1, 0);

  public Committed {
    if (batchId < -1 || spans < 0) {
      throw new IllegalArgumentException(
          "Batch %d with %d spans is not a state of a pass".formatted(batchId, spans));
    }
  }
}
