package io.ringlake.testing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * A plugin of Spark that lets so many tasks of a run of this JVM begin, and holds the others back
 * until the test opens the gate: so the run is not over before. Spark makes it by its name, which
 * {@link #after} hands out.
 */
public final class TaskGate implements SparkPlugin {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  // Spark makes the plugin, the test has none of it: one run at a time.
  private static final AtomicInteger LEFT = new AtomicInteger();
  private static volatile CountDownLatch closed = new CountDownLatch(0);

  /** Called by Spark. */
  public TaskGate() {}

  /** Closes the gate behind so many tasks, and says what a run needs to be held by it. */
  public static Map<String, String> after(int tasks) {
    LEFT.set(tasks);
    closed = new CountDownLatch(1);
    return Map.of("spark.plugins", TaskGate.class.getName());
  }

  /** Lets all tasks begin. */
  public static void open() {
    closed.countDown();
  }

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
        if (LEFT.decrementAndGet() < 0) {
          pass();
        }
      }
    };
  }

  private static void pass() {
    try {
      if (!closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody opened the gate within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
