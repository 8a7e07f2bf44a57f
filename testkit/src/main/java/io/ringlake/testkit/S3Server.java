package io.ringlake.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server on the loopback address that checks signatures: S3Proxy, a child process that ends
 * with this JVM. A bucket is a folder, an object a file in it.
 *
 * @see <a href="https://github.com/gaul/s3proxy">S3Proxy</a>
 */
public final class S3Server implements AutoCloseable {

  public static final String ACCESS_KEY = "ringlake";
  public static final String SECRET_KEY = "a-key-for-tests-only";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final int port;
  private final Path buckets;
  private final Path log;

  private S3Server(Process process, int port, Path buckets, Path log) {
    this.process = process;
    this.port = port;
    this.buckets = buckets;
    this.log = log;
  }

  /**
   * Starts a server.
   *
   * @param folder of this server's own, made if it is not there; removed if this JVM dies
   */
  public static S3Server start(Path folder) {
    Path lib = ServerJars.require("s3");
    int port = Ports.freeOne();
    try {
      Path buckets = Files.createDirectories(folder.resolve("buckets"));
      Path log = folder.resolve("s3.log");
      Files.writeString(folder.resolve("s3.properties"), settings(port, buckets));
      Files.writeString(folder.resolve("logback.xml"), LOGBACK);
      Process process =
          new ProcessBuilder(Watched.command(folder, command(folder, lib)))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      S3Server server = new S3Server(process, port, buckets, log);
      try {
        server.awaitAnswer();
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start an S3 server in " + folder, e);
    }
  }

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%date %level %logger{0} %message%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="out"/></root>
      </configuration>
      """;

  private static String settings(int port, Path buckets) {
    return """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        s3proxy.ignore-unknown-headers=true
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        jclouds.identity=unused
        jclouds.credential=unused
        """
        .formatted(port, ACCESS_KEY, SECRET_KEY, buckets);
  }

  private static List<String> command(Path folder, Path lib) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Dlogback.configurationFile=" + folder.resolve("logback.xml").toUri(),
        "-cp",
        lib + "/*",
        "org.gaul.s3proxy.Main",
        "--properties",
        folder.resolve("s3.properties").toString());
  }

  private void awaitAnswer() {
    Patience.await(
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(
                "The S3 server ended with exit code %d:%n%s"
                    .formatted(process.exitValue(), printed()));
          }
          return answers();
        },
        () -> "The S3 server does not answer after %s:%n%s".formatted(PATIENCE, printed()));
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String printed() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + log, e);
    }
  }

  /** Where requests go; buckets are parts of the path. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Makes a bucket unless it is there.
   *
   * @param name in lower case
   * @return its folder, in which the key of an object is the path of its file
   */
  public Path bucket(String name) {
    try {
      return Files.createDirectories(buckets.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make bucket " + name, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("The S3 server did not end in " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
