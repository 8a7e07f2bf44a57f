package io.ringlake.layout;

import io.ringlake.testing.SharedSpark;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The Spark of this package's tests: two tasks at a time. */
final class LocalSpark {

  private LocalSpark() {}

  /** A session of its own, in a time zone far from UTC. */
  static SparkSession newSession() {
    SparkSession session = SharedSpark.newSession(new SparkConf(false).setMaster("local[2]"));
    session.conf().set("spark.sql.session.timeZone", "Pacific/Kiritimati");
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    session.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
    session.conf().set("spark.sql.parquet.compression.codec", "zstd");
    return session;
  }
}
