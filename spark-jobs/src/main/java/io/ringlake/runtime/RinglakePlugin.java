package io.ringlake.runtime;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Opens the channel when Spark starts and closes it when Spark stops. In local mode driver and
 * executor live in one JVM and each has its end of the channel there.
 */
public final class RinglakePlugin implements SparkPlugin {

  private static final String PLUGINS = "spark.plugins";

  /** Adds this plugin to those of {@code conf}, which must not have made a context yet. */
  public static void addTo(SparkConf conf) {
    String others = conf.get(PLUGINS, "");
    String name = RinglakePlugin.class.getName();
    conf.set(PLUGINS, others.isBlank() ? name : others + "," + name);
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverEnd();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorEnd();
  }

  private static final class DriverEnd implements DriverPlugin {

    private @Nullable DriverChannel channel;

    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      channel = DriverChannel.open();
      return Map.of();
    }

    @Override
    public @Nullable Object receive(Object message) {
      if (channel != null && message instanceof ExecutorReport report) {
        channel.receive(report);
      }
      return null;
    }

    @Override
    public void shutdown() {
      if (channel != null) {
        channel.close();
      }
    }
  }

  private static final class ExecutorEnd implements ExecutorPlugin {

    private @Nullable ExecutorChannel channel;

    @Override
    public void init(PluginContext plugin, Map<String, String> extraConf) {
      channel = ExecutorChannel.open(plugin.executorID(), plugin::send);
    }

    @Override
    public void shutdown() {
      if (channel != null) {
        channel.close();
      }
    }
  }
}
