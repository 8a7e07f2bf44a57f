package io.ringlake.testing;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Spark in this JVM, shared by the tests that want the same one: a JVM can have but one context,
 * and Spark hands out whichever there is, whatever was asked for.
 */
public final class SharedSpark {

  private SharedSpark() {}

  /**
   * A session of its own over a context of these settings. One with others is stopped.
   *
   * @param conf names a master; the web interface is left out
   */
  public static SparkSession newSession(SparkConf conf) {
    stopUnlike(conf);
    SparkSession shared =
        SparkSession.builder()
            .config(conf)
            .appName("test")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .getOrCreate();
    shared.sparkContext().setLogLevel("ERROR");
    return shared.newSession();
  }

  private static void stopUnlike(SparkConf conf) {
    for (Option<SparkSession> found :
        List.of(SparkSession.getActiveSession(), SparkSession.getDefaultSession())) {
      if (found.isDefined()) {
        SparkContext context = found.get().sparkContext();
        if (!context.isStopped() && !has(context.getConf(), conf)) {
          context.stop();
        }
      }
    }
  }

  private static boolean has(SparkConf actual, SparkConf wanted) {
    return Arrays.stream(wanted.getAll())
        .allMatch(setting -> setting._2().equals(actual.get(setting._1(), "")));
  }
}
