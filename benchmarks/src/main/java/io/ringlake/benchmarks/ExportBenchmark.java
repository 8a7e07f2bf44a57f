package io.ringlake.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * One table to Parquet with zstd, without write times: by Ringlake's {@code export}, and by a read
 * and a write of the Spark Cassandra Connector. Both run in this JVM, in turns, each with a Spark
 * session of its own that is started and stopped within what is measured; CPU time is that of the
 * whole process. {@code benchmarks/export.sh} runs it.
 */
public final class ExportBenchmark {

  private final String contactPoint;
  private final String datacenter;
  private final String keyspace;
  private final String table;
  private final Path folder;

  private ExportBenchmark(
      String contactPoint, String datacenter, String keyspace, String table, Path folder) {
    this.contactPoint = contactPoint;
    this.datacenter = datacenter;
    this.keyspace = keyspace;
    this.table = table;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 6) {
      System.err.println(
          "Usage: ExportBenchmark HOST:PORT DATACENTER KEYSPACE TABLE FOLDER ROUNDS");
      System.exit(2);
    }
    ExportBenchmark benchmark =
        new ExportBenchmark(
            arguments[0], arguments[1], arguments[2], arguments[3], Path.of(arguments[4]));
    int rounds = Integer.parseInt(arguments[5]);
    List<Measured> all = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      all.add(benchmark.measure("connector", round, benchmark::byConnector));
      all.add(benchmark.measure("ringlake", round, benchmark::byRinglake));
    }
    print(all);
  }

  private Measured measure(String what, int round, Step step) throws Exception {
    Path output = folder.resolve(what + "-" + round);
    // What the last turn left is not this one's to collect.
    System.gc();
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long wallNanos = System.nanoTime();
    long cpuNanos = process.getProcessCpuTime();
    step.run(output);
    Duration cpu = Duration.ofNanos(process.getProcessCpuTime() - cpuNanos);
    Duration wall = Duration.ofNanos(System.nanoTime() - wallNanos);
    return new Measured(what, round, rows(output), wall, cpu, bytes(output));
  }

  private void byConnector(Path output) {
    int colon = contactPoint.lastIndexOf(':');
    try (SparkSession spark =
        SparkSession.builder()
            .config("spark.cassandra.connection.host", contactPoint.substring(0, colon))
            .config("spark.cassandra.connection.port", contactPoint.substring(colon + 1))
            .config("spark.cassandra.connection.localDC", datacenter)
            .getOrCreate()) {
      spark
          .read()
          .format("org.apache.spark.sql.cassandra")
          .option("keyspace", keyspace)
          .option("table", table)
          .load()
          .write()
          .mode(SaveMode.ErrorIfExists)
          .option("compression", "zstd")
          .parquet(output.toUri().toString());
    }
  }

  private void byRinglake(Path output) throws ReflectiveOperationException {
    String[] arguments = {
      "export",
      "--table",
      keyspace + "." + table,
      "--output",
      output.toUri().toString(),
      "--contact-points",
      contactPoint,
      "--local-datacenter",
      datacenter
    };
    // By name: the application jar is given to spark-submit beside this one.
    Method main =
        Class.forName("io.ringlake.cli.Main", true, Thread.currentThread().getContextClassLoader())
            .getMethod("main", String[].class);
    main.invoke(null, (Object) arguments);
  }

  private static long rows(Path output) {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      return spark.read().parquet(output.toUri().toString()).count();
    }
  }

  private static long bytes(Path output) throws IOException {
    try (Stream<Path> paths = Files.list(output)) {
      long bytes = 0;
      for (Path path : paths.filter(file -> file.toString().endsWith(".parquet")).toList()) {
        bytes += Files.size(path);
      }
      return bytes;
    }
  }

  private static void print(List<Measured> all) {
    System.out.println("round  what       rows       wall s  rows/s    CPU s  MB");
    for (Measured one : all) {
      System.out.printf(
          "%-5d  %-9s  %-9d  %-6.1f  %-8.0f  %-5.1f  %.0f%n",
          one.round(),
          one.what(),
          one.rows(),
          seconds(one.wall()),
          one.rows() / seconds(one.wall()),
          seconds(one.cpu()),
          one.bytes() / 1e6);
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private interface Step {
    void run(Path output) throws Exception;
  }

  private record Measured(
      String what, int round, long rows, Duration wall, Duration cpu, long bytes) {}
}
