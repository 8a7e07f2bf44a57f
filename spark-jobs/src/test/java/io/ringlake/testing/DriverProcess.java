package io.ringlake.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The command in a JVM of its own, which can be killed. Its class path is that of the tests, its
 * output goes to a file.
 */
public final class DriverProcess implements AutoCloseable {

  private final Process process;
  private final Path log;

  private DriverProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the command.
   *
   * @param log a file for what it prints, appended to
   * @param properties of Spark; {@code spark.driver.memory} is 1g unless given
   * @param arguments of the command
   */
  public static DriverProcess start(Path log, Map<String, String> properties, String... arguments) {
    List<String> options =
        DriverArchive.get().map(archive -> "-XX:SharedArchiveFile=" + archive).stream().toList();
    List<String> classPath = new ArrayList<>(classPath(false));
    classPath.addAll(classPath(true));
    return start(log, classPath, options, properties, arguments);
  }

  /**
   * Starts the command.
   *
   * @param options of the JVM
   */
  static DriverProcess start(
      Path log,
      List<String> classPath,
      List<String> options,
      Map<String, String> properties,
      String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ", -1)));
    command.add("-Xmx" + properties.getOrDefault("spark.driver.memory", "1g"));
    command.add("-XX:+UseSerialGC");
    // Short lives: no time for the optimizing compiler, nor to look whether classes are sound.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UnlockDiagnosticVMOptions");
    command.add("-XX:-BytecodeVerificationRemote");
    command.addAll(options);
    command.add("-Dspark.master=local[2,4]");
    command.add("-Dspark.ui.enabled=false");
    command.add("-Dspark.driver.host=127.0.0.1");
    command.add("-Dspark.driver.bindAddress=127.0.0.1");
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath));
    command.add("io.ringlake.cli.Main");
    command.addAll(Arrays.asList(arguments));
    try {
      File output = log.toFile();
      return new DriverProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
              .start(),
          log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jars or the folders of the tests' class path: an archive of classes has the jars only. */
  public static List<String> classPath(boolean folders) {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(entry -> Files.isDirectory(Path.of(entry)) == folders)
        .toList();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Waits for the end.
   *
   * @return the exit code; 137 after SIGKILL or a halt that stands for one
   */
  public int await(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("The driver did not end within %s:%n%s".formatted(atMost, output()));
    }
    return process.exitValue();
  }

  /**
   * Waits for something that the driver does, looking every other millisecond.
   *
   * @return false if the driver ended first
   */
  public boolean awaitUntil(BooleanSupplier happened) throws InterruptedException {
    while (!happened.getAsBoolean()) {
      if (endsWithin(Duration.ofMillis(2))) {
        return false;
      }
    }
    return true;
  }

  /** Waits for the end, but not longer than this; returns whether it came. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** All that was printed to the log so far. */
  public String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
