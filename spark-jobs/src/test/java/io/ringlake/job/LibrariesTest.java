package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.ExportConfig;
import io.ringlake.config.GivenValue;
import io.ringlake.config.Problems;
import io.ringlake.config.Scope;
import io.ringlake.config.Settings;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.Test;

class LibrariesTest {

  private static ExportConfig export(String... settings) {
    List<GivenValue> given = new ArrayList<>();
    given.add(new GivenValue("table", List.of("shop.orders"), "here"));
    Arrays.stream(settings)
        .map(setting -> setting.split("=", 2))
        .forEach(setting -> given.add(new GivenValue(setting[0], List.of(setting[1]), "here")));
    return ExportConfig.from(new Settings(Scope.EXPORT, List.of(), given, new Problems()));
  }

  /** What Spark has, but for classes whose names begin so. */
  private static Libraries without(String prefix) {
    return libraries(
        name -> {
          if (name.startsWith(prefix)) {
            throw new ClassNotFoundException(name);
          }
        });
  }

  private interface Fault {
    void at(String className) throws ClassNotFoundException;
  }

  private static Libraries libraries(Fault fault) {
    ClassLoader some =
        new ClassLoader(LibrariesTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            fault.at(name);
            return super.loadClass(name, resolve);
          }
        };
    Configuration hadoop = new Configuration();
    hadoop.setClassLoader(some);
    return new Libraries(some, hadoop);
  }

  private static void refuses(
      Libraries libraries, ExportConfig config, String problem, String advice) {
    assertThatThrownBy(() -> libraries.requireFor(config))
        .isInstanceOfSatisfying(
            RunFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.BAD_SETTINGS);
              assertThat(failure.problem()).isEqualTo(problem);
              assertThat(failure.remedy()).isEqualTo(advice);
            });
  }

  @Test
  void takesWhatIsThere() {
    Libraries all = Libraries.of(new Configuration());

    assertThatCode(
            () -> {
              all.requireFor(export("output=/lake/{keyspace}/{table}"));
              all.requireFor(export("output=s3a://lake/{keyspace}/{table}", "report=file:///r"));
              all.requireFor(
                  export("format=iceberg", "output=lake.shop.orders", "checkpoint=s3a://lake/c"));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void namesThePackageOfATable() {
    refuses(
        without("org.apache.iceberg."),
        export("format=iceberg", "output=lake.shop.orders", "checkpoint=/c"),
        "Spark has no Iceberg: class org.apache.iceberg.spark.SparkCatalog is not on its class path.",
        "Hand this to spark-submit, or a newer one: --packages"
            + " org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.10.2");
  }

  @Test
  void namesThePackageOfWhatReachesATableBucket() {
    refuses(
        without("software.amazon.awssdk."),
        export(
            "format=s3-tables",
            "output=shop.orders",
            "bucket-arn=arn:aws:s3tables:eu-central-1:111122223333:bucket/lake",
            "checkpoint=/c"),
        "Spark has no AWS SDK: class software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner is"
            + " not on its class path.",
        "Hand this to spark-submit, or a newer one: --packages"
            + " org.apache.iceberg:iceberg-aws-bundle:1.10.2");
  }

  @Test
  void namesThePackageOfAFileSystem() {
    refuses(
        without("org.apache.hadoop.fs.s3a."),
        export("output=s3a://lake/orders"),
        "Hadoop has no file system for s3a://lake/orders: java.lang.ClassNotFoundException: Class"
            + " org.apache.hadoop.fs.s3a.S3AFileSystem not found",
        "Hand this to spark-submit: --packages org.apache.hadoop:hadoop-aws:"
            + VersionInfo.getVersion());
    refuses(
        without("nothing"),
        export("output=/lake/orders", "checkpoint=gs://lake/checkpoint"),
        "Hadoop has no file system for gs://lake/checkpoint: No FileSystem for scheme \"gs\"",
        "Hand this to spark-submit: --jars gcs-connector-hadoop3-2.2.26-shaded.jar, from Maven"
            + " Central");
  }

  @Test
  void namesThePackageOfAFileSystemOfWhichOnlyAPartIsThere() {
    refuses(
        libraries(
            name -> {
              if (name.startsWith("org.apache.hadoop.fs.s3a.")) {
                throw new NoClassDefFoundError("com/amazonaws/AmazonClientException");
              }
            }),
        export("output=s3a://lake/orders"),
        "Hadoop has no file system for s3a://lake/orders: com/amazonaws/AmazonClientException",
        "Hand this to spark-submit: --packages org.apache.hadoop:hadoop-aws:"
            + VersionInfo.getVersion());
  }

  @Test
  void saysWhichSchemesThereAre() {
    refuses(
        without("nothing"),
        export("output=/lake/orders", "report=nosuch://host/report.json"),
        "Hadoop has no file system for nosuch://host/report.json: No FileSystem for scheme"
            + " \"nosuch\"",
        "Use a scheme that it has, such as file, hdfs, s3a, gs or abfss.");
  }
}
