package io.ringlake.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A node that is a child process of this JVM and ends with it. */
final class ProcessNode implements CassandraNode {

  /** A node takes 10 s on two idle cores; a build machine is seldom idle. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final int TAIL_LINES = 40;

  private final NodeSetup setup;
  private final Path lib;
  private final ProcessCluster cluster;
  private @Nullable Process process;
  private boolean paused;

  ProcessNode(NodeSetup setup, Path lib, ProcessCluster cluster) {
    this.setup = setup;
    this.lib = lib;
    this.cluster = cluster;
  }

  String host() {
    return NodeSetup.host(setup.number());
  }

  int jmxPort() {
    return setup.jmxPort();
  }

  /** Whether it can be expected to answer. */
  boolean isServing() {
    return isRunning() && !paused;
  }

  @Override
  public InetSocketAddress address() {
    return setup.address();
  }

  @Override
  public Path logFile() {
    return setup.logFile();
  }

  @Override
  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  @Override
  public void start() {
    if (isRunning()) {
      throw new IllegalStateException("Node %s is running already".formatted(host()));
    }
    boolean first = !Files.exists(logFile());
    setup.write();
    Process started = spawn(Watched.command(setup.folder(), Jvm.server(setup, lib)), logFile());
    process = started;
    await(started, "answers no CQL", () -> CqlPort.answers(address()));
    if (first && setup.number() == 1 && setup.spec().access() == Access.PASSWORD) {
      await(
          started, "has made no superuser", () -> log().contains("Created default superuser role"));
    }
    cluster.awaitThatAllSee(this);
  }

  @Override
  public void stop() {
    if (isRunning()) {
      signal("CONT");
      signal("TERM");
      awaitEnd();
    }
  }

  @Override
  public void kill() {
    if (isRunning()) {
      signal("KILL");
      awaitEnd();
    }
  }

  @Override
  public void pause() {
    signal("STOP");
    paused = true;
    Patience.await(
        PATIENCE, this::isHalted, () -> "Node %s goes on after %s".formatted(host(), PATIENCE));
  }

  @Override
  public void proceed() {
    signal("CONT");
    paused = false;
    await(running(), "answers no CQL", () -> CqlPort.answers(address()));
    cluster.awaitThatAllSee(this);
  }

  @Override
  public String nodetool(String... arguments) {
    try {
      Path output = Files.createTempFile(setup.folder(), "nodetool", ".out");
      Process nodetool = spawn(Jvm.nodetool(setup, lib, List.of(arguments)), output);
      boolean ended = waitFor(nodetool);
      String printed = Files.readString(output);
      Files.delete(output);
      if (!ended) {
        nodetool.destroyForcibly();
        throw new IllegalStateException(
            "nodetool %s on node %s did not end in %s:%n%s"
                .formatted(String.join(" ", arguments), host(), PATIENCE, printed));
      }
      if (nodetool.exitValue() != 0) {
        throw new IllegalStateException(
            "nodetool %s on node %s failed with exit code %d:%n%s"
                .formatted(String.join(" ", arguments), host(), nodetool.exitValue(), printed));
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run nodetool on node " + host(), e);
    }
  }

  /**
   * Makes sure that it knew these others before it fetched its share from them. Without them it
   * joins as well, and what they had of its share is lost.
   */
  void requireThatItFetchedFrom(List<ProcessNode> others) {
    String log = log();
    String before = log.substring(0, Math.max(0, log.indexOf("JOINING: Starting to bootstrap")));
    for (ProcessNode other : others) {
      if (!before.contains("InetAddress /%s:%d is now UP".formatted(other.host(), storagePort()))) {
        throw new IllegalStateException(
            "Node %s joined before it had heard of %s, so it lacks data. Is the machine overloaded?"
                .formatted(host(), other.host()));
      }
    }
  }

  private int storagePort() {
    return setup.ports().storage();
  }

  /** The last lines of its log, for messages. */
  String logTail() {
    List<String> lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  private String log() {
    try {
      // Not readString: the last character may be half written.
      return new String(Files.readAllBytes(logFile()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the log of node " + host(), e);
    }
  }

  private void await(Process started, String complaint, BooleanSupplier question) {
    Patience.await(
        PATIENCE,
        () -> {
          if (!started.isAlive()) {
            throw new IllegalStateException(
                "Node %s ended with exit code %d. Its log %s ends with:%n%s"
                    .formatted(host(), started.exitValue(), logFile(), logTail()));
          }
          return question.getAsBoolean();
        },
        () ->
            "Node %s %s after %s. Its log %s ends with:%n%s"
                .formatted(host(), complaint, PATIENCE, logFile(), logTail()));
  }

  private void awaitEnd() {
    paused = false;
    if (process != null && !waitFor(process)) {
      throw new IllegalStateException(
          "Node %s did not end in %s. Its log %s ends with:%n%s"
              .formatted(host(), PATIENCE, logFile(), logTail()));
    }
  }

  /** A signal takes its time on a busy machine: until the thread that is to get it has its turn. */
  private boolean isHalted() {
    Path stat = Path.of("/proc", Long.toString(running().pid()), "stat");
    if (!Files.exists(stat)) { // not Linux
      return !CqlPort.answers(address());
    }
    try {
      return Files.readString(stat).contains(") T "); // state, after the name; see proc(5)
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the state of node " + host(), e);
    }
  }

  private void signal(String name) {
    // The shell's own kill: not every machine has it as a program.
    List<String> command =
        List.of("sh", "-c", "kill -\"$1\" \"$2\"", "sh", name, Long.toString(running().pid()));
    try {
      Process kill = new ProcessBuilder(command).inheritIO().start();
      waitFor(kill);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot send SIG%s to node %s".formatted(name, host()), e);
    }
  }

  private Process running() {
    if (process == null || !process.isAlive()) {
      throw new IllegalStateException("Node %s is not running".formatted(host()));
    }
    return process;
  }

  private Process spawn(List<String> command, Path output) {
    try {
      return new ProcessBuilder(command)
          .directory(setup.folder().toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + command.get(0), e);
    }
  }

  private static boolean waitFor(Process process) {
    try {
      return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a process to end", e);
    }
  }
}
