package io.ringlake.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the folder into which the build lays the class path of a server, apart from that of the
 * tests: {@code target/lib} of a module of the testkit.
 */
final class ServerJars {

  static final String HOME_PROPERTY = "ringlake.testkit.home";

  private ServerJars() {}

  static Optional<Path> find(String module) {
    return find(module, System.getProperty(HOME_PROPERTY), Path.of("").toAbsolutePath());
  }

  /**
   * @param module its name below the folder {@code testkit}, for example {@code cassandra-5.0}
   * @param home the folder {@code testkit}; null: look for it in the working directory and above
   */
  static Optional<Path> find(String module, @Nullable String home, Path workingDirectory) {
    Stream<Path> homes =
        home == null
            ? Stream.iterate(workingDirectory, path -> path != null, Path::getParent)
                .map(path -> path.resolve("testkit"))
            : Stream.of(workingDirectory.resolve(home));
    return homes
        .map(path -> path.resolve(module).resolve("target").resolve("lib"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  static Path require(String module) {
    return find(module).orElseThrow(() -> new IllegalStateException(missing(module)));
  }

  static String missing(String module) {
    return ("The jars of %1$s are not there: no folder %1$s/target/lib in %2$s."
            + " Run: mvn -B -ntp generate-resources -f testkit/%1$s.")
        .formatted(module, where());
  }

  private static String where() {
    String home = System.getProperty(HOME_PROPERTY);
    return home == null
        ? "a folder testkit of %s or above (and %s is not set)"
            .formatted(Path.of("").toAbsolutePath(), HOME_PROPERTY)
        : "%s (%s)".formatted(home, HOME_PROPERTY);
  }
}
