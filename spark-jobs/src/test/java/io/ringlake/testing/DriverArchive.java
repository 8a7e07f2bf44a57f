package io.ringlake.testing;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The classes that a driver loads, as the JVM shares them: with it a driver needs 10 s from its
 * start to its end instead of 17. Made once by an export of a small table, and again when the
 * application has changed.
 *
 * @see <a href="https://openjdk.org/jeps/350">Dynamic archives of classes</a>
 */
final class DriverArchive {

  private static final Path APPLICATION =
      Path.of(Objects.requireNonNull(System.getProperty("ringlake.application.jar")));
  private static final Path ARCHIVE = APPLICATION.resolveSibling("driver.jsa");

  private DriverArchive() {}

  /** The archive; none while another JVM makes it, which is no reason to wait. */
  static Optional<Path> get() {
    try (FileChannel channel =
            FileChannel.open(
                APPLICATION.resolveSibling("driver.jsa.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return Optional.empty();
      }
      if (!isThere()) {
        make();
      }
      return Optional.of(ARCHIVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static boolean isThere() throws IOException {
    return Files.exists(ARCHIVE)
        && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(APPLICATION)) > 0;
  }

  private static void make() throws IOException, InterruptedException {
    CassandraCluster cassandra = SharedCassandra.get();
    fill(cassandra.session());
    Path folder =
        Files.createTempDirectory(Objects.requireNonNull(ARCHIVE.getParent()), "driver-archive-");
    Path made = folder.resolve("driver.jsa");
    try (DriverProcess driver =
        DriverProcess.start(
            folder.resolve("log"),
            DriverProcess.classPath(false),
            List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:disable", "-Xlog:all=error"),
            Map.of(),
            "export",
            "--table",
            "driver_archive.readings",
            "--output",
            folder.resolve("out").toString(),
            "--contact-points",
            cassandra.contactPointsText(),
            "--writetime",
            "*",
            "--partition-by",
            "year(taken_at),month(taken_at)",
            "--spans",
            "4",
            "--batch-spans",
            "2")) {
      if (driver.await(Duration.ofMinutes(5)) != 0 || !Files.exists(made)) {
        throw new AssertionError("No archive of classes was made:\n" + driver.output());
      }
    }
    Files.move(made, ARCHIVE, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void fill(CqlSession session) {
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS driver_archive WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute(
        "CREATE TABLE IF NOT EXISTS driver_archive.readings (id int PRIMARY KEY, taken_at"
            + " timestamp, note text)");
    for (int id = 0; id < 100; id++) {
      session.execute(
          "INSERT INTO driver_archive.readings (id, taken_at, note) VALUES (?, ?, 'x')",
          id,
          Instant.ofEpochSecond(id * 1_000_000L));
    }
  }
}
