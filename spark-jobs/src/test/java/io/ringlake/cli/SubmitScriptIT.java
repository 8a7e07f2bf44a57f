package io.ringlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit-scripts/ringlake}, with the Spark jars of this build. */
class SubmitScriptIT {

  private static final Path SCRIPTS = Path.of(System.getProperty("ringlake.submit.scripts"));

  @TempDir private static Path folder;
  private static Path standIn;

  @BeforeAll
  static void packageTheStandIn() throws IOException {
    standIn = folder.resolve("stand in.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInMain.class.getName());
    try (OutputStream out = Files.newOutputStream(standIn);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream bytes = StandInMain.class.getResourceAsStream("StandInMain.class")) {
      jar.putNextEntry(new JarEntry("io/ringlake/cli/StandInMain.class"));
      bytes.transferTo(jar);
    }
  }

  @Test
  void givesAllArgumentsToRinglakeWithoutTwoDashes() throws Exception {
    Ended run = run("exit", "0", "--writetime", "*", "--table", "a b.\"C\"");

    assertThat(run.lines())
        .contains("arguments=[exit, 0, --writetime, *, --table, a b.\"C\"]")
        .contains("master=local[*,4]");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void givesWhatStandsBeforeTwoDashesToSpark() throws Exception {
    Ended run = run("--master", "local[1,2]", "--driver-memory", "512m", "--", "exit", "0");

    assertThat(run.lines()).contains("master=local[1,2]", "memory=512m", "arguments=[exit, 0]");
  }

  @Test
  void passesTheExitCodeThrough() throws Exception {
    assertThat(run("exit", "4").exitCode()).isEqualTo(4);
  }

  @Test
  void letsATerminationReachTheJvm() throws Exception {
    Process process = command(standIn, "wait").start();
    try (BufferedReader out = process.inputReader()) {
      while (!"waiting".equals(out.readLine())) {
        assertThat(process.isAlive()).isTrue();
      }
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    // 128 + SIGTERM, as a JVM ends that was asked to: the pid of the script is the JVM's.
    assertThat(process.exitValue()).isEqualTo(143);
  }

  @Test
  void printsTheCommandInsteadOfRunningIt() throws Exception {
    Ended run = run("--dry-run", "--driver-memory", "2g", "--", "exit", "3", "it's");

    Path root = SCRIPTS.getParent();
    assertThat(run.exitCode()).isZero();
    assertThat(run.lines())
        .containsExactly(
            ("env MASTER=local\\[\\*\\,4\\] LOG4J_CONFIGURATION_FILE=%s/conf/log4j2.properties"
                    .formatted(root)
                + " %s/spark-submit --driver-memory 2g".formatted(SCRIPTS)
                + " %s exit 3 it\\'s ".formatted(standIn.toString().replace(" ", "\\ "))));
  }

  @Test
  void leavesMasterAndLoggingToSparksOwnConfiguration() throws Exception {
    Path conf = Files.createDirectory(folder.resolve("conf"));
    Files.writeString(conf.resolve("spark-defaults.conf"), "spark.master  local[2,3]\n");
    Files.createFile(conf.resolve("log4j2.properties"));
    ProcessBuilder command = command(standIn, "exit", "0");
    command.environment().put("SPARK_CONF_DIR", conf.toString());

    assertThat(ended(command).lines()).contains("master=local[2,3]", "logging=null");
  }

  @Test
  void leavesTheMasterToAFileOfProperties() throws Exception {
    Path properties = folder.resolve("properties");
    Files.writeString(properties, "spark.master=local[1,3]\n");

    Ended run = run("--properties-file", properties.toString(), "--", "exit", "0");

    assertThat(run.lines()).contains("master=local[1,3]");
  }

  @Test
  void takesTheMasterOfTheEnvironment() throws Exception {
    ProcessBuilder command = command(standIn, "exit", "0");
    command.environment().put("MASTER", "local[1,2]");

    assertThat(ended(command).lines()).contains("master=local[1,2]");
  }

  @Test
  void usesTheSparkThatIsNamed() throws Exception {
    ProcessBuilder command = command(standIn, "--dry-run", "exit", "0");
    command.environment().put("SPARK_HOME", "/opt/spark");

    assertThat(ended(command).lines())
        .singleElement()
        .asString()
        .contains(" /opt/spark/bin/spark-submit ");
  }

  @Test
  void saysHowToBuildAJarThatIsNotThere() throws Exception {
    Ended run = ended(command(folder.resolve("none.jar"), "export"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lines())
        .containsExactly(
            "ringlake: no application jar at %s/none.jar.".formatted(folder)
                + " Build it: mvn -B -ntp -q -Dquick -Dmaven.test.skip=true package, or set RINGLAKE_JAR.");
  }

  /** With Ringlake's own jar: no Spark has Iceberg unless it is given. */
  @Test
  void namesThePackageThatSparkLacks() throws Exception {
    CassandraCluster cassandra = SharedCassandra.get();
    cassandra
        .session()
        .execute(
            "CREATE KEYSPACE IF NOT EXISTS submit_it WITH replication ="
                + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    cassandra.session().execute("CREATE TABLE IF NOT EXISTS submit_it.t (id int PRIMARY KEY)");
    Path checkpoint = folder.resolve("checkpoint");

    Ended run =
        ended(
            command(
                Path.of(System.getProperty("ringlake.application.jar")),
                "export",
                "--table",
                "submit_it.t",
                "--format",
                "iceberg",
                "--output",
                "lake.shop.t",
                "--checkpoint",
                checkpoint.toString(),
                "--contact-points",
                cassandra.contactPointsText()));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(String.join("\n", run.lines()))
        .contains(
            "RL-USAGE-001 Spark has no Iceberg",
            "--packages org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:");
  }

  private static Ended run(String... arguments) throws Exception {
    return ended(command(standIn, arguments));
  }

  private static ProcessBuilder command(Path jar, String... arguments) {
    List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve("ringlake").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("SPARK_") || name.equals("MASTER"));
    builder.environment().put("RINGLAKE_JAR", jar.toString());
    return builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
  }

  private static Ended ended(ProcessBuilder command) throws IOException, InterruptedException {
    Process process = command.start();
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      return new Ended(process.waitFor(), lines);
    }
  }

  private record Ended(int exitCode, List<String> lines) {}
}
