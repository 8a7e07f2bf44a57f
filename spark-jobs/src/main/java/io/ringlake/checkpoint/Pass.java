package io.ringlake.checkpoint;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A pass as it stood when it was looked at.
 *
 * @param number from 1, by which the newest is known
 * @param folder Spark's checkpoint location, which also holds our files
 * @param attempts oldest first
 * @param finished empty while the pass is not complete
 */
public record Pass(
    int number,
    Path folder,
    ScanPlan plan,
    Committed committed,
    List<Attempt> attempts,
    Optional<Finished> finished) {

  public Pass {
    attempts = List.copyOf(attempts);
  }

  /** What is done of it, for a message: {@code 64 of 128 spans}. */
  public String doneSpans() {
    return "%d of %d spans".formatted(committed.spans(), plan.spans().size());
  }
}
