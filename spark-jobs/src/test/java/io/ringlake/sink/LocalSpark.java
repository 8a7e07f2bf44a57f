package io.ringlake.sink;

import org.apache.spark.sql.SparkSession;

/** The Spark of this package's tests: one task at a time, so that calls come in one order. */
final class LocalSpark {

  private LocalSpark() {}

  /** A session of its own over the one context of this JVM. */
  static SparkSession newSession() {
    return SparkSession.builder()
        .master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.driver.host", "localhost")
        .getOrCreate()
        .newSession();
  }
}
