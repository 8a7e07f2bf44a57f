package io.ringlake.job;

import io.ringlake.testing.DriverProcess;
import io.ringlake.testkit.S3Gate;
import io.ringlake.testkit.S3Properties;
import io.ringlake.testkit.S3Server;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Where a target keeps its files. It can halt a driver at a call that changes one. */
abstract class Store implements AutoCloseable {

  /** How Hadoop names a path of it. */
  abstract String uri(String path);

  /** Where a path of it is on the local disk, for readers that are not ours. */
  abstract Path local(String path);

  /** What Spark needs to reach it. */
  abstract Map<String, String> spark();

  /** What an Iceberg catalog needs to reach it. */
  abstract Map<String, String> iceberg();

  /**
   * Starts a driver that halts at a call.
   *
   * @param driver starts one with these properties of Spark
   */
  abstract DriverProcess start(Halt halt, Function<Map<String, String>, DriverProcess> driver);

  /** The local path of one that Hadoop names. */
  final Path localOf(String uri) {
    String root = uri("");
    if (!uri.startsWith(root)) {
      throw new AssertionError("%s is not in %s".formatted(uri, root));
    }
    return local(uri.substring(root.length()));
  }

  @Override
  public void close() {}

  /** The local disk, by the file system that can halt the JVM that uses it. */
  static final class Disk extends Store {

    private final Path folder;

    Disk(Path folder) {
      this.folder = folder;
    }

    @Override
    String uri(String path) {
      return "faulty:" + folder + "/" + path;
    }

    @Override
    Path local(String path) {
      return folder.resolve(path);
    }

    @Override
    Map<String, String> spark() {
      return Map.of();
    }

    @Override
    Map<String, String> iceberg() {
      return Map.of();
    }

    @Override
    DriverProcess start(Halt halt, Function<Map<String, String>, DriverProcess> driver) {
      return driver.apply(halt.properties());
    }
  }

  /** A bucket of an S3 server of its own, with a gate before it at which drivers are killed. */
  static final class S3 extends Store {

    private final S3Server server;
    private final S3Gate gate;
    private final Path folder;

    /** Hadoop keeps a file system for each bucket's name, whatever its server. */
    private final String bucket = "lake-" + UUID.randomUUID();

    S3(Path folder) {
      server = S3Server.start(folder);
      gate = new S3Gate(server.endpoint());
      this.folder = server.bucket(bucket);
    }

    @Override
    String uri(String path) {
      return "s3a://%s/%s".formatted(bucket, path);
    }

    @Override
    Path local(String path) {
      return folder.resolve(path);
    }

    @Override
    Map<String, String> spark() {
      return S3Properties.ofSpark(gate.endpoint());
    }

    @Override
    Map<String, String> iceberg() {
      return S3Properties.ofIceberg(gate.endpoint());
    }

    /** A file is there once it is closed, or copied to its name, which is one request each. */
    @Override
    DriverProcess start(Halt halt, Function<Map<String, String>, DriverProcess> driver) {
      if (!halt.operation().equals("rename") && !halt.operation().equals("close")) {
        throw new IllegalArgumentException("%s is no request".formatted(halt.operation()));
      }
      DriverProcess started = driver.apply(Map.of());
      gate.arm(
          "PUT /.*" + halt.path(),
          halt.nth(),
          S3Gate.When.valueOf(halt.when().toUpperCase(Locale.ROOT)),
          () -> kill(started));
      return started;
    }

    private static void kill(DriverProcess driver) {
      try {
        driver.kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      gate.close();
      server.close();
    }
  }
}
