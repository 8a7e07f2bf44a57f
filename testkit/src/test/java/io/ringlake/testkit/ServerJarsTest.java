package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerJarsTest {

  @Test
  void findsTheJarsInTheHomeThatIsNamed(@TempDir Path home) throws IOException {
    Path lib = Files.createDirectories(home.resolve("cassandra-5.0/target/lib"));

    assertThat(ServerJars.find("cassandra-5.0", home.toString(), Path.of("/"))).contains(lib);
  }

  @Test
  void findsTheJarsInAFolderTestkitAboveTheWorkingDirectory(@TempDir Path root) throws IOException {
    Path lib = Files.createDirectories(root.resolve("testkit/cassandra-5.0/target/lib"));
    Path workingDirectory = Files.createDirectories(root.resolve("spark-jobs/target"));

    assertThat(ServerJars.find("cassandra-5.0", null, workingDirectory)).contains(lib);
  }

  @Test
  void findsNothingBeforeTheBuildHasLaidThemOut(@TempDir Path home) {
    assertThat(ServerJars.find("cassandra-5.0", home.toString(), home)).isEmpty();
  }
}
