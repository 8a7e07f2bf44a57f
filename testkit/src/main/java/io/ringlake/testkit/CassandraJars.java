package io.ringlake.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the folder into which the build lays the class path of a Cassandra version. */
final class CassandraJars {

  static final String HOME_PROPERTY = "ringlake.testkit.home";

  private CassandraJars() {}

  static Optional<Path> find(CassandraVersion version) {
    return find(version, System.getProperty(HOME_PROPERTY), Path.of("").toAbsolutePath());
  }

  /**
   * @param home the folder {@code testkit}; null: look for it in the working directory and above
   */
  static Optional<Path> find(
      CassandraVersion version, @Nullable String home, Path workingDirectory) {
    Stream<Path> homes =
        home == null
            ? Stream.iterate(workingDirectory, path -> path != null, Path::getParent)
                .map(path -> path.resolve("testkit"))
            : Stream.of(workingDirectory.resolve(home));
    return homes
        .map(path -> path.resolve("cassandra-" + version.number()).resolve("target").resolve("lib"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  static Path require(CassandraVersion version) {
    return find(version).orElseThrow(() -> new IllegalStateException(missing(version)));
  }

  static String missing(CassandraVersion version) {
    return ("The jars of Cassandra %1$s are not there: no folder cassandra-%1$s/target/lib in %2$s."
            + " Run: mvn -B -ntp generate-resources -f testkit/cassandra-%1$s.")
        .formatted(version.number(), where());
  }

  private static String where() {
    String home = System.getProperty(HOME_PROPERTY);
    return home == null
        ? "a folder testkit of %s or above (and %s is not set)"
            .formatted(Path.of("").toAbsolutePath(), HOME_PROPERTY)
        : "%s (%s)".formatted(home, HOME_PROPERTY);
  }
}
