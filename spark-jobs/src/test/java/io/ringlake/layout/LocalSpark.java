package io.ringlake.layout;

import org.apache.spark.sql.SparkSession;

/** A Spark in this JVM. */
final class LocalSpark {

  private LocalSpark() {}

  /** A session of its own, in a time zone far from UTC. */
  static SparkSession newSession() {
    SparkSession shared =
        SparkSession.builder()
            .master("local[2]")
            .appName("layout")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    shared.sparkContext().setLogLevel("ERROR");
    SparkSession session = shared.newSession();
    session.conf().set("spark.sql.session.timeZone", "Pacific/Kiritimati");
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    session.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
    session.conf().set("spark.sql.parquet.compression.codec", "zstd");
    return session;
  }
}
