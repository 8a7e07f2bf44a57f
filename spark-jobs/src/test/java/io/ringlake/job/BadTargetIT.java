package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testing.Command;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A target that is taken or cannot be written to. */
class BadTargetIT extends RefusedCommands {

  @Test
  void aTargetThatHoldsForeignFiles() throws IOException {
    Files.createDirectories(output().resolve("year=2025"));
    Files.writeString(output().resolve("year=2025/part-0.parquet"), "foreign");

    refused(
        export("bad_input.orders"),
        2,
        "RL-USAGE-008 file:%s is not empty: it holds year=2025/part-0.parquet.".formatted(output()),
        "Use --mode append or --mode overwrite, or export to another path.",
        "export failed: RL-USAGE-008, exit code 2.");
  }

  @Test
  void aTargetThatAnotherTableIsIn() {
    run(export("bad_input.tags", "--columns", "id")).succeeded();

    refused(
        export("bad_input.orders"),
        2,
        "RL-USAGE-008 file:%s is not empty: it holds _ringlake/manifest.json.".formatted(output()),
        "Use --mode append or --mode overwrite, or export to another path.",
        "export failed: RL-USAGE-008, exit code 2.");
  }

  @Test
  void aTargetBelowAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    refused(
        exportTo(file + "/lake/orders", "bad_input.orders"),
        4,
        "RL-TARGET-001 Cannot write to %s/lake/orders: %s is a file, not a folder"
            .formatted(file, file),
        "Make it writable for this user, or choose another path with --output.",
        "export failed: RL-TARGET-001, exit code 4. Resumes.");
  }

  @Test
  void aTargetThatFails() {
    FaultyFileSystem.arm(Fault.failAt(1, Times.ALWAYS, When.BEFORE));

    refused(
        exportTo("faulty:" + output(), "bad_input.orders"),
        4,
        "RL-TARGET-001 Cannot write to faulty:%s: injected before create of faulty:%s/_ringlake/.probe-UUID"
            .formatted(output(), output()),
        "Make it writable for this user, or choose another path with --output.",
        "export failed: RL-TARGET-001, exit code 4. Resumes.");
  }

  @Test
  void aTargetThatFailsForGoodInTheMiddle() {
    FaultyFileSystem.arm(Fault.failAt("create", "/part-", Times.ALWAYS, When.BEFORE));

    Command run = run(exportTo("faulty:" + output(), "bad_input.orders"));

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(told(run))
        .hasSize(3)
        .element(0)
        .asString()
        .startsWith(
            "RL-TARGET-001 Writing bad_input.orders failed: injected before create of faulty:%s/part-"
                .formatted(output()));
    assertThat(run.out())
        .doesNotContain("RL-")
        .contains("bad_input.orders failed: 0 of 16 spans, ");
  }

  @Test
  void aTargetOfAFileSystemThatIsNotThere() {
    refused(
        exportTo("gopher://lake/orders", "bad_input.orders"),
        2,
        "RL-USAGE-001 Hadoop has no file system for gopher://lake/orders: No FileSystem for scheme \"gopher\"",
        "Use a scheme that it has, such as file, hdfs, s3a, gs or abfss.",
        "export failed: RL-USAGE-001, exit code 2.");
  }

  @Test
  void aCheckpointThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    refused(
        export("bad_input.orders", "--checkpoint", file + "/checkpoint"),
        4,
        "RL-TARGET-004 %s/checkpoint/bad_input.orders/hold cannot be written: ParentNotDirectoryException: Parent path is not a directory: %s"
            .formatted(file, file),
        "Look at --checkpoint (by default below --output), at the permissions and the space there, then run the same command again.",
        "export failed: RL-TARGET-004, exit code 4. Resumes.");
  }

  @Test
  void aReportThatCannotBeWrittenIsFoundBeforeTheExport() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    refused(
        export("bad_input.orders", "--report", file + "/report.json"),
        4,
        "RL-TARGET-001 The report %s/report.json cannot be written: %s is a file, not a folder."
            .formatted(file, file),
        "Look whether its folder can be written to, or name another path with --report.",
        "export failed: RL-TARGET-001, exit code 4. Resumes.");
  }

  @Test
  void aReportThatFailsAtTheEndLeavesTheExportAsItIs() {
    List<String> export =
        export("bad_input.orders", "--report", "faulty:" + folder.resolve("report.json"));
    FaultyFileSystem.arm(Fault.failAt("create", "report\\.json", Times.ONCE, When.BEFORE));

    Command run = run(export);

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.out()).contains("bad_input.orders done: 2 rows in ");
    assertThat(told(run))
        .containsExactly(
            "RL-TARGET-001 The report faulty:%s cannot be written: injected before create of faulty:%s/.report.json.unfinished."
                .formatted(folder.resolve("report.json"), folder),
            "Look whether its folder can be written to, or name another path with --report.",
            "export failed: RL-TARGET-001, exit code 4. Resumes.");
    assertThat(output().resolve("_SUCCESS")).exists();

    assertThat(run(export).succeeded().out()).contains("left alone: ");
    assertThat(folder.resolve("report.json")).content().contains("\"left alone\"");
  }
}
