package io.ringlake.job;

import io.ringlake.config.OutputConfig;
import io.ringlake.config.OutputFormat;
import io.ringlake.config.S3TablesConfig;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.iceberg.S3Tables;
import io.ringlake.runtime.RinglakePlugin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Starts Spark with what an export needs: our plugin, times in UTC, and no progress bar but ours.
 * What else the operator has set stays as it is.
 */
final class ExportSession {

  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String DELTA_EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";

  private ExportSession() {}

  /**
   * @param output what is written to
   */
  static SparkSession start(String name, OutputConfig output) {
    SparkConf conf = new SparkConf();
    RinglakePlugin.addTo(conf);
    conf.setIfMissing("spark.master", "local[*,4]");
    // Ours is shown instead.
    conf.set("spark.ui.showConsoleProgress", "false");
    conf.set("spark.sql.session.timeZone", "UTC");
    // Shuffle files of past batches wait for the driver's garbage collection.
    conf.setIfMissing("spark.cleaner.periodicGC.interval", "5min");
    if (output.format() == OutputFormat.DELTA) {
      addDelta(conf);
    }
    S3TablesConfig s3Tables = output.s3Tables();
    if (s3Tables != null) {
      addTableBucket(conf, new S3Tables(s3Tables.bucketArn()));
    }
    return SparkSession.builder().config(conf).appName(name).getOrCreate();
  }

  /** The bucket as a catalog, but for what the operator has set of it. */
  private static void addTableBucket(SparkConf conf, S3Tables bucket) {
    Map<String, String> given = new HashMap<>();
    for (Tuple2<String, String> setting : conf.getAllWithPrefix(S3Tables.PREFIX)) {
      given.put(setting._1(), setting._2());
    }
    try {
      bucket.sparkProperties(given).forEach(conf::set);
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS,
          "%swarehouse contradicts --bucket-arn: %s.".formatted(S3Tables.PREFIX, e.getMessage()),
          "Leave it out of Spark's configuration.",
          e);
    }
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
