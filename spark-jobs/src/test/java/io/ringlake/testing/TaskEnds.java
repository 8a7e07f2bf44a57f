package io.ringlake.testing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * The tasks that end in a driver of this JVM, for tests that act in the middle of a run. Spark
 * makes it by its name, which {@link #listening} hands out.
 */
public final class TaskEnds extends SparkListener {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  // Spark makes the listener, the test has none of it: one run at a time.
  private static final BlockingQueue<SparkListenerTaskEnd> ENDS = new LinkedBlockingQueue<>();

  /** Forgets all tasks, and says what a run needs for its tasks to be seen. */
  public static Map<String, String> listening() {
    ENDS.clear();
    return Map.of("spark.extraListeners", TaskEnds.class.getName());
  }

  /** What a test does when a task has ended. */
  public interface Action {
    void accept(SparkListenerTaskEnd end) throws Exception;
  }

  /** Does something whenever a task has ended, until the run is over. */
  public static void during(Future<?> run, Action action) throws Exception {
    while (!run.isDone()) {
      SparkListenerTaskEnd end = ENDS.poll(100, TimeUnit.MILLISECONDS);
      if (end != null) {
        action.accept(end);
      }
    }
  }

  /** Waits for so many more tasks. */
  public static void await(int tasks) throws InterruptedException {
    for (int ended = 0; ended < tasks; ended++) {
      if (ENDS.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS) == null) {
        throw new AssertionError(
            "Only %d of %d tasks ended, none within %s".formatted(ended, tasks, PATIENCE));
      }
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    ENDS.add(end);
  }
}
