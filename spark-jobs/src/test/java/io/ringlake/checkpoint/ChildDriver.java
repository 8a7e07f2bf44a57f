package io.ringlake.checkpoint;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hadoop.fs.Path;

/** A {@link HoldingProcess} seen from the test. */
final class ChildDriver implements AutoCloseable {

  private final String runId;
  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private ChildDriver(String runId, Process process) {
    this.runId = runId;
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  static ChildDriver start(String runId, java.nio.file.Path log) throws IOException {
    File java = new File(System.getProperty("java.home"), "bin/java");
    return new ChildDriver(
        runId,
        new ProcessBuilder(
                java.toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HoldingProcess.class.getName())
            .redirectError(log.toFile())
            .start());
  }

  String acquire(Path folder, Duration beat) {
    beginToAcquire(folder, beat);
    return answer();
  }

  /** Gives the command without waiting for the answer. */
  void beginToAcquire(Path folder, Duration beat) {
    tell("acquire %s %d %s".formatted(folder, beat.toMillis(), runId));
  }

  String check() {
    tell("check");
    return answer();
  }

  String release() {
    tell("release");
    return answer();
  }

  String answer() {
    try {
      String line = answers.readLine();
      while (line != null && !line.startsWith("> ")) {
        line = answers.readLine();
      }
      return line == null ? "ended with " + process.waitFor() : line.substring(2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String runId() {
    return runId;
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal by name, for example STOP. */
  void signal(String name) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("kill -%s ended with %d".formatted(name, exit));
    }
  }

  private void tell(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL, unless it has ended, and waits until the process is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
