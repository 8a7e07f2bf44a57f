package io.ringlake.testing;

import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * A plugin of Spark under which one attempt in ten dies when its work is done, before the driver
 * hears of it, and one in twenty does not begin until speculation has run it elsewhere, or for 20
 * seconds: on a busy machine the others take their time, too. Which ones is decided by stage,
 * partition and attempt; third attempts live, since the fourth failure would end the run.
 */
public final class FailingAttempts implements SparkPlugin {

  private static final int LAST_THAT_FAILS = 1;

  /** Called by Spark. */
  public FailingAttempts() {}

  @Override
  public @Nullable DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extraConf) {}

      @Override
      public void onTaskStart() {
        strike(TaskContext.get());
      }
    };
  }

  private static void strike(TaskContext task) {
    if (task.attemptNumber() > LAST_THAT_FAILS) {
      return;
    }
    int attempt = Objects.hash(task.stageId(), task.partitionId(), task.attemptNumber());
    int draw = new SplittableRandom(attempt).nextInt(20);
    if (draw < 2) {
      task.addTaskCompletionListener(
          (TaskCompletionListener)
              done -> {
                throw new IllegalStateException("injected: this attempt dies at its end");
              });
    } else if (draw == 2) {
      try {
        TimeUnit.SECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
