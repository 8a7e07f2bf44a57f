package io.ringlake.testing;

import io.ringlake.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The command in this JVM: quicker than a {@link DriverProcess}, for what need not be killed. Spark
 * starts and stops with each run.
 *
 * @param exitCode of the process that it would have been
 * @param out what was asked for
 * @param err what went wrong
 */
public record Command(int exitCode, String out, String err) {

  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2,4]",
          // A session that outlives its run learns late of tables that were just made or dropped.
          "spark.cassandra.connection.keepAliveMS", "0",
          "spark.ui.enabled", "false",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1");

  /** Runs it to its end. */
  public static Command run(String... arguments) {
    return run(Map.of(), Arrays.asList(arguments));
  }

  /**
   * Runs it to its end.
   *
   * @param properties Spark's, as {@code spark-submit} would hand them on
   */
  public static Command run(Map<String, String> properties, List<String> arguments) {
    List<String> set = new ArrayList<>();
    SPARK.forEach((key, value) -> set(set, key, value));
    properties.forEach((key, value) -> set(set, key, value));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      int exitCode =
          Main.run(
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              arguments.toArray(String[]::new));
      return new Command(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      set.forEach(System::clearProperty);
    }
  }

  private static void set(List<String> set, String key, String value) {
    System.setProperty(key, value);
    set.add(key);
  }

  /** This, if the run ended well; otherwise an error that shows what it printed. */
  public Command succeeded() {
    if (exitCode != 0) {
      throw new AssertionError("Exit code %d%n%s%n%s".formatted(exitCode, out, err));
    }
    return this;
  }
}
