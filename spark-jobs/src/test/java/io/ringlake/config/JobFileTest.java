package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.failure.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileTest {

  private final Path folder;
  private final Problems problems = new Problems();

  JobFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void holdsTextsNumbersSwitchesAndListsAsTheyAreSpelled() throws IOException {
    assertThat(
            read(
                """
                # a comment
                table = [shop.orders, "shop.*"]
                span-size = 64MB
                page-rows = 0100
                strict = true
                filter = null
                """))
        .containsExactly(
            new GivenValue("table", List.of("shop.orders", "shop.*"), "nightly.conf:2"),
            new GivenValue("span-size", List.of("64MB"), "nightly.conf:3"),
            new GivenValue("page-rows", List.of("0100"), "nightly.conf:4"),
            new GivenValue("strict", List.of("true"), "nightly.conf:5"));
    assertNoProblem();
  }

  @Test
  void nullIsTheWordWhereItIsOne() throws IOException {
    assertThat(read("on-overflow = null\nfilter = null\n"))
        .containsExactly(new GivenValue("on-overflow", List.of("null"), "nightly.conf:1"));
    assertThat(read("csv-null = null\n"))
        .containsExactly(new GivenValue("csv-null", List.of("null"), "nightly.conf:1"));
    assertThat(read("on-overflow = \"null\"\n"))
        .containsExactly(new GivenValue("on-overflow", List.of("null"), "nightly.conf:1"));
    assertNoProblem();
  }

  @Test
  void includesOthersAndRefersToVariables() throws IOException {
    Files.writeString(folder.resolve("cluster.conf"), "local-datacenter = dc1\n");

    assertThat(
            read("include \"cluster.conf\"\nreport = ${PATH}\nrun-id = ${?RINGLAKE_IS_NOT_SET}\n"))
        .containsExactlyInAnyOrder(
            new GivenValue("local-datacenter", List.of("dc1"), "cluster.conf:1"),
            new GivenValue("report", List.of(System.getenv("PATH")), "nightly.conf"));
    assertNoProblem();
  }

  @Test
  void nestedKeysAreRefused() throws IOException {
    assertThat(read("cell.layout = struct\ntable = [[shop.orders]]\n")).isEmpty();
    assertProblems(
        "nightly.conf:1: cell.layout is a key inside of another, but job files are flat: no dots, no"
            + " braces. Did you mean cell-layout?",
        "nightly.conf:2: table holds more than texts and numbers. Write it as [\"a\", \"b\"].");
  }

  @Test
  void aFileThatIsNotHoconIsRefusedWithItsLine() throws IOException {
    Path file = folder.resolve("nightly.conf");

    assertThat(read("format = parquet\ntable = shop.*\n")).isEmpty();
    assertThatThrownBy(() -> problems.raise("hint"))
        .hasMessageStartingWith(
            "RL-USAGE-001 config is '%s', which cannot be read: %s: 2:".formatted(file, file));
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThat(new JobFile("no/such.conf").read(problems)).isEmpty();
    assertProblems("config is 'no/such.conf', which is not a file.");
  }

  @Test
  void theExampleIsACompleteExport() {
    List<GivenValue> example = new JobFile("../conf/export.conf").read(problems);
    Settings settings = new Settings(Scope.EXPORT, example, List.of(), problems);

    ExportConfig config = ExportConfig.from(settings);

    assertThat(config.tables()).map(TablePattern::toString).contains("shop.orders");
    assertThat(config.connection().contactPoints())
        .containsExactly("cassandra-1:9042", "cassandra-2:9042");
  }

  private List<GivenValue> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("nightly.conf"), text);
    return new JobFile(file.toString()).read(problems);
  }

  private void assertNoProblem() {
    assertThatCode(() -> problems.raise("hint")).doesNotThrowAnyException();
  }

  private void assertProblems(String... lines) {
    assertThatThrownBy(() -> problems.raise("hint"))
        .isInstanceOf(RunFailure.class)
        .hasMessage("RL-USAGE-001 " + String.join("\n", lines) + "\nhint");
  }
}
