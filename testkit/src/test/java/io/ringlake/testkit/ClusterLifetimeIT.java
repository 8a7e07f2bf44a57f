package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A JVM of its own that runs a cluster, and ways in which it can end. */
class ClusterLifetimeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Process main;
  private Map<String, String> printed;
  private List<ProcessHandle> started;

  @BeforeEach
  void start() throws Exception {
    main =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D%s=%s"
                    .formatted(
                        ServerJars.HOME_PROPERTY,
                        ServerJars.require(CassandraVersion.V5_0.module()).resolve("../../..")),
                "-cp",
                Path.of(
                        TestkitMain.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString(),
                TestkitMain.class.getName(),
                "start")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    printed = printed(main.inputReader());
    started = main.descendants().toList();
  }

  @AfterEach
  void end() {
    main.destroyForcibly();
  }

  @Test
  void saysWhereTheClusterIsAndEndsItWithItsInput() throws Exception {
    assertThat(printed).containsOnlyKeys("contact-points", "local-datacenter", "logs");
    assertThat(printed).containsEntry("local-datacenter", "datacenter1");
    assertThat(CqlPort.answers(contactPoint())).isTrue();
    assertThat(logFile()).isNotEmptyFile();

    main.getOutputStream().close();

    assertThat(main.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(main.exitValue()).isZero();
    assertThat(folder()).doesNotExist();
    assertNothingIsLeft();
  }

  @Test
  void leavesNothingWhenItIsKilled() {
    main.destroyForcibly(); // SIGKILL

    assertNothingIsLeft();
  }

  @Test
  @Tag("full")
  void leavesNothingWhenItIsKilledWhileItsNodeIsHalted() throws Exception {
    ProcessHandle node = main.children().toList().get(0);
    new ProcessBuilder("sh", "-c", "kill -STOP " + node.pid()).start().waitFor();
    Patience.await(
        PATIENCE, () -> !CqlPort.answers(contactPoint()), () -> "The halted node still answers");

    main.destroyForcibly(); // SIGKILL

    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() {
    assertThat(started).hasSizeGreaterThan(1); // the node and its watcher
    Patience.await(
        PATIENCE,
        () -> started.stream().noneMatch(ClusterLifetimeIT::isThere) && !folder().toFile().exists(),
        () -> "Still there after %s: %s or %s".formatted(PATIENCE, started, folder()));
    assertThat(CqlPort.answers(contactPoint())).isFalse();
  }

  /** Alive, and more than an entry that its parent has not asked for yet. */
  static boolean isThere(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private InetSocketAddress contactPoint() {
    String[] hostAndPort = printed.getOrDefault("contact-points", "").split(":", 2);
    return new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
  }

  private Path logFile() {
    return Path.of(printed.getOrDefault("logs", ""));
  }

  private Path folder() {
    return logFile().resolve("../..").normalize();
  }

  private static Map<String, String> printed(BufferedReader lines) throws IOException {
    Map<String, String> printed = new HashMap<>();
    while (printed.size() < 3) {
      String[] keyAndValue = lines.readLine().split("=", 2);
      printed.put(keyAndValue[0], keyAndValue[1]);
    }
    return printed;
  }
}
