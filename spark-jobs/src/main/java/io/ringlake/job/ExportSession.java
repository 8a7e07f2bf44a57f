package io.ringlake.job;

import io.ringlake.config.OutputFormat;
import io.ringlake.runtime.RinglakePlugin;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Starts Spark with what an export needs: our plugin, times in UTC, and no progress bar but ours.
 * What else the operator has set stays as it is.
 */
final class ExportSession {

  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String DELTA_EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";

  private ExportSession() {}

  /**
   * @param format what is written
   */
  static SparkSession start(String name, OutputFormat format) {
    SparkConf conf = new SparkConf();
    RinglakePlugin.addTo(conf);
    conf.setIfMissing("spark.master", "local[*,4]");
    // Ours is shown instead.
    conf.set("spark.ui.showConsoleProgress", "false");
    conf.set("spark.sql.session.timeZone", "UTC");
    // Shuffle files of past batches wait for the driver's garbage collection.
    conf.setIfMissing("spark.cleaner.periodicGC.interval", "5min");
    if (format == OutputFormat.DELTA) {
      addDelta(conf);
    }
    return SparkSession.builder().config(conf).appName(name).getOrCreate();
  }

  /** What Delta refuses to work without; beside the extensions of others, such as Iceberg's. */
  private static void addDelta(SparkConf conf) {
    String extensions = conf.get(EXTENSIONS, "");
    if (!List.of(extensions.split(",", -1)).contains(DELTA_EXTENSION)) {
      conf.set(
          EXTENSIONS, extensions.isBlank() ? DELTA_EXTENSION : extensions + "," + DELTA_EXTENSION);
    }
    conf.setIfMissing(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
  }
}
