package io.ringlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The jar that operators give to {@code spark-submit}: it meets a Spark whose class path we do not
 * choose, so it holds nothing that Spark has too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplicationJarIT {

  private static final Path JAR = Path.of(System.getProperty("ringlake.application.jar"));

  private static final Path SPARK_JARS = Path.of(System.getProperty("ringlake.spark.home"), "jars");

  /** Where classes may lie. The connector puts two packages of its own under Spark's name. */
  private static final List<String> ALLOWED =
      List.of(
          "io/ringlake/",
          "com/datastax/bdp/",
          "com/datastax/driver/core/",
          "com/datastax/dse/",
          "com/datastax/oss/",
          "com/datastax/spark/connector/",
          "org/apache/spark/metrics/",
          "org/apache/spark/sql/cassandra/");

  private JarFile jar;

  @BeforeAll
  void open() throws IOException {
    jar = new JarFile(JAR.toFile());
  }

  @AfterAll
  void close() throws IOException {
    jar.close();
  }

  @Test
  void holdsNoClassOutsideTheAllowedPackages() {
    assertThat(names())
        .filteredOn(name -> name.endsWith(".class"))
        .hasSizeGreaterThan(5_000)
        .allSatisfy(name -> assertThat(ALLOWED).anyMatch(name::startsWith));
  }

  @Test
  void holdsNoClassThatSparkHasToo() throws IOException {
    Set<String> sparks = new HashSet<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(SPARK_JARS, "*.jar")) {
      for (Path path : jars) {
        try (JarFile spark = new JarFile(path.toFile())) {
          spark.stream().map(ZipEntry::getName).forEach(sparks::add);
        }
      }
    }
    assertThat(sparks).contains("org/apache/spark/sql/SparkSession.class");

    assertThat(names())
        .filteredOn(name -> name.endsWith(".class"))
        .doesNotContainAnyElementsOf(sparks);
  }

  @Test
  void holdsNothingThatTakesOverSparksLogging() {
    assertThat(names()).noneMatch(name -> name.matches("(log4j|logback).*|.*StaticLoggerBinder.*"));
  }

  @Test
  void holdsNoSignatureNoModuleAndNoClassesForOneJavaVersion() {
    assertThat(names())
        .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"))
        .noneMatch(name -> name.endsWith("module-info.class"))
        .noneMatch(name -> name.startsWith("META-INF/versions/"));
  }

  @Test
  void keepsTheDriversReferenceSettingsAndTheClassesTheyName() throws IOException {
    assertThat(text("reference.conf"))
        .contains("datastax-java-driver {")
        .contains("class = DefaultLoadBalancingPolicy");
    assertThat(names())
        .contains(
            "com/datastax/oss/driver/internal/core/loadbalancing/DefaultLoadBalancingPolicy.class");
  }

  @Test
  void namesItsMainClass() throws IOException {
    assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
        .isEqualTo("io.ringlake.cli.Main");
  }

  @Test
  void carriesItsLicenseAndTheNoticesOfWhatItBundles() throws IOException {
    assertThat(text("META-INF/LICENSE")).contains("Apache License").contains("Version 2.0");
    assertThat(text("META-INF/NOTICE.txt")).contains("Apache Cassandra Java Driver");
  }

  private List<String> names() {
    return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
  }

  private String text(String name) throws IOException {
    try (var in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
