package io.ringlake.job;

import io.ringlake.runtime.RinglakePlugin;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Starts Spark with what an export needs: our plugin, times in UTC, and no progress bar but ours.
 * What else the operator has set stays as it is.
 */
final class ExportSession {

  private ExportSession() {}

  static SparkSession start(String name) {
    SparkConf conf = new SparkConf();
    RinglakePlugin.addTo(conf);
    conf.setIfMissing("spark.master", "local[*,4]");
    // Ours is shown instead.
    conf.set("spark.ui.showConsoleProgress", "false");
    conf.set("spark.sql.session.timeZone", "UTC");
    // Shuffle files of past batches wait for the driver's garbage collection.
    conf.setIfMissing("spark.cleaner.periodicGC.interval", "5min");
    return SparkSession.builder().config(conf).appName(name).getOrCreate();
  }
}
