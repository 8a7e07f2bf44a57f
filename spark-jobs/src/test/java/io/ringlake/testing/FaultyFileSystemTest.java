package io.ringlake.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultyFileSystemTest {

  private final java.nio.file.Path temp;

  FaultyFileSystemTest(@TempDir java.nio.file.Path temp) {
    this.temp = temp;
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  /** Writes a, renames it to b, deletes b. */
  public static void main(String[] arguments) throws IOException {
    work(arguments[0]);
  }

  private static void work(String folder) throws IOException {
    FileSystem fs = new Path(folder).getFileSystem(new Configuration());
    try (OutputStream out = fs.create(new Path(folder, "a"))) {
      out.write("hello".getBytes(StandardCharsets.UTF_8));
    }
    fs.rename(new Path(folder, "a"), new Path(folder, "b"));
    fs.delete(new Path(folder, "b"), false);
  }

  @Test
  void countsEachCallOnce() throws IOException {
    FaultyFileSystem.arm(Fault.none());

    work("faulty:" + temp);

    assertThat(FaultyFileSystem.calls())
        .containsExactly(
            "create %s/a".formatted(temp),
            "close %s/a".formatted(temp),
            "rename %s/b".formatted(temp),
            "delete %s/b".formatted(temp));
  }

  @Test
  void failsOnce() throws IOException {
    FaultyFileSystem.arm(Fault.failAt(3, Times.ONCE, When.BEFORE));

    assertThatThrownBy(() -> work("faulty:" + temp))
        .isInstanceOf(IOException.class)
        .hasMessage("injected before rename of faulty:%s/b".formatted(temp));
    assertThat(temp.resolve("a")).hasContent("hello");

    work("faulty:" + temp);
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void failsFromThenOnThoughDone() {
    FaultyFileSystem.arm(Fault.failAt("rename", "b$", Times.ALWAYS, When.AFTER));

    assertThatThrownBy(() -> work("faulty:" + temp))
        .hasMessage("injected after rename of faulty:%s/b".formatted(temp));
    assertThat(temp.resolve("b")).hasContent("hello");
    assertThatThrownBy(() -> work("faulty:" + temp))
        .hasMessage("injected after create of faulty:%s/a".formatted(temp));
  }

  @Test
  void haltsTheJvmAsToldBySystemProperties() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                        .toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-Dringlake.faulty.action=halt",
                    "-Dringlake.faulty.operation=rename",
                    "-Dringlake.faulty.path=/b$",
                    "-Dringlake.faulty.when=after",
                    FaultyFileSystemTest.class.getName(),
                    "faulty:" + temp))
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile(temp.getParent(), "halted", ".log").toFile())
            .start();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);
    assertThat(temp.resolve("b")).hasContent("hello");
  }
}
