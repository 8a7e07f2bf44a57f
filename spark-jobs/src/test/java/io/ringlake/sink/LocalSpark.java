package io.ringlake.sink;

import io.ringlake.testing.SharedSpark;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The Spark of this package's tests: one task at a time, so that calls come in one order. */
final class LocalSpark {

  private LocalSpark() {}

  static SparkSession newSession() {
    return SharedSpark.newSession(
        new SparkConf(false)
            .setMaster("local[1]")
            .set("spark.sql.shuffle.partitions", "1")
            .set("spark.sql.adaptive.enabled", "false"));
  }
}
