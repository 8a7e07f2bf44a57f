package io.ringlake.job;

import io.ringlake.config.ExportConfig;
import io.ringlake.config.OutputFormat;
import io.ringlake.failure.Causes;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.VersionInfo;

/** What the targets need of Spark that this application does not bring. */
final class Libraries {

  private static final Library ICEBERG =
      new Library(
          "Iceberg",
          "org.apache.iceberg.spark.SparkCatalog",
          "org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.10.2");

  private static final Library AWS =
      new Library(
          "AWS SDK",
          "software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner",
          "org.apache.iceberg:iceberg-aws-bundle:1.10.2");

  private static final Library DELTA =
      new Library("Delta", "io.delta.tables.DeltaTable", "io.delta:delta-spark_2.12:3.3.3");

  private final ClassLoader loader;
  private final Configuration hadoop;

  /**
   * @param neededClass one that it has
   * @param coordinates for {@code --packages}
   */
  private record Library(String name, String neededClass, String coordinates) {}

  /**
   * @param loader of the classes that Spark has
   */
  Libraries(ClassLoader loader, Configuration hadoop) {
    this.loader = loader;
    this.hadoop = hadoop;
  }

  /** Those of this process. */
  static Libraries of(Configuration hadoop) {
    return new Libraries(Thread.currentThread().getContextClassLoader(), hadoop);
  }

  /**
   * Makes sure that all is there that an export needs to write.
   *
   * @throws RunFailure that says what to hand to {@code spark-submit}, if it is not
   */
  void requireFor(ExportConfig config) {
    needed(config.output().format()).forEach(this::require);
    List<String> places = new ArrayList<>();
    if (!config.output().isNamed()) {
      places.add(config.output().output());
    }
    places.add(config.checkpointRoot());
    Stream.ofNullable(config.run().report()).forEach(places::add);
    places.forEach(this::requireFileSystem);
  }

  private static List<Library> needed(OutputFormat format) {
    return switch (format) {
      case PARQUET, CSV, JSON -> List.of();
      case ICEBERG -> List.of(ICEBERG);
      case S3_TABLES -> List.of(ICEBERG, AWS);
      case DELTA -> List.of(DELTA);
    };
  }

  private void require(Library library) {
    try {
      Class.forName(library.neededClass(), false, loader);
    } catch (ClassNotFoundException e) {
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS,
          "Spark has no %s: class %s is not on its class path."
              .formatted(library.name(), library.neededClass()),
          "Hand this to spark-submit, or a newer one: --packages " + library.coordinates(),
          e);
    }
  }

  private void requireFileSystem(String place) {
    String scheme = new Path(place).toUri().getScheme();
    if (scheme == null) {
      return;
    }
    try {
      FileSystem.getFileSystemClass(scheme, hadoop);
    } catch (IOException | RuntimeException | LinkageError e) { // a class, or one that it needs
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS,
          "Hadoop has no file system for %s: %s".formatted(place, Causes.firstLine(e)),
          fileSystems().entrySet().stream()
              .filter(known -> List.of(known.getKey().split(",", -1)).contains(scheme))
              .map(known -> "Hand this to spark-submit: " + known.getValue())
              .findFirst()
              .orElse("Use a scheme that it has, such as file, hdfs, s3a, gs or abfss."),
          e);
    }
  }

  /** What has the file systems of which schemes. */
  private static Map<String, String> fileSystems() {
    String version = VersionInfo.getVersion();
    return Map.of(
        "s3a",
        "--packages org.apache.hadoop:hadoop-aws:" + version,
        "s3",
        "--packages org.apache.hadoop:hadoop-aws:%s, and write s3a:// for s3://".formatted(version),
        "abfs,abfss",
        "--packages org.apache.hadoop:hadoop-azure:" + version,
        // The one that --packages would bring does not work with Spark's Guava.
        "gs",
        "--jars gcs-connector-hadoop3-2.2.26-shaded.jar, from Maven Central");
  }
}
