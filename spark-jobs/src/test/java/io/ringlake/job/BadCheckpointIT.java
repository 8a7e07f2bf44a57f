package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testing.Command;
import io.ringlake.testing.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A checkpoint that is damaged or of another export. */
class BadCheckpointIT extends RefusedCommands {

  @Test
  void aCheckpointOfAnotherTable() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    run(export("bad_input.tags", "--columns", "id", "--checkpoint", checkpoint.toString()))
        .succeeded();
    Files.move(checkpoint.resolve("bad_input.tags"), checkpoint.resolve("bad_input.orders"));

    refused(
        exportTo(
            folder.resolve("other").toString(),
            "bad_input.orders",
            "--checkpoint",
            checkpoint.toString()),
        2,
        "RL-USAGE-010 file:%s/bad_input.orders is the checkpoint of bad_input.tags, not of bad_input.orders"
            .formatted(checkpoint),
        "Name another --checkpoint, or give this one up with --restart.",
        "export failed: RL-USAGE-010, exit code 2.");
  }

  @Test
  void aResumeWithOtherSettings() {
    List<String> other = new ArrayList<>(unfinished("bad_input.orders"));
    other.addAll(List.of("--columns", "id,total", "--writetime", "total", "--compression", "gzip"));

    refused(
        other,
        2,
        "RL-USAGE-010 The unfinished pass of run RUN over bad_input.orders differs from this command: columns was '*', is now 'id,total'; compression was 'zstd', is now 'gzip'; writetime was '', is now 'total'; column placed was 'timestamp', is now not there",
        "Run the command as it was, or give the pass up with --restart.",
        "export failed: RL-USAGE-010, exit code 2.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "(?s)\"spans\".* -> \"spans\" : [ -> is damaged: it ends in the middle (line 37)",
        "\"version\" : 4 -> \"version\" : 9 -> is of version 9; this Ringlake reads version 4",
        "\\[ *-?\\d+, *-?\\d+ \\], -> '' -> is damaged: Spans leave out (-9223372036854775808, ",
      })
  void aDamagedPlan(String what, String with, String told) throws IOException {
    List<String> export = unfinished("bad_input.orders");
    Path plan = pass("bad_input.orders").resolve("plan.json");
    String whole = Files.readString(plan);
    assertThat(whole).containsPattern(what);
    Files.writeString(plan, whole.replaceFirst(what, with));
    SortedMap<String, String> before = FolderTree.of(folder);

    Command run = run(export);

    assertThat(told(run)).hasSize(3);
    assertThat(told(run).get(0)).startsWith("RL-USAGE-011 faulty:%s %s".formatted(plan, told));
    assertThat(told(run).get(1)).endsWith("or give the checkpoint up with --restart.");
    assertThat(told(run).get(2)).isEqualTo("export failed: RL-USAGE-011, exit code 2.");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(FolderTree.of(folder)).isEqualTo(before);
  }

  @Test
  void aTableThatWasMadeAgainSinceTheKill() {
    keyspace("bad_input_again");
    execute("CREATE TABLE bad_input_again.t (id int PRIMARY KEY)");
    List<String> export = new ArrayList<>(unfinished("bad_input_again.t"));
    execute("DROP TABLE bad_input_again.t", "CREATE TABLE bad_input_again.t (id int PRIMARY KEY)");

    refused(
        export,
        2,
        "RL-USAGE-010 The unfinished pass of run RUN over bad_input_again.t differs from this command: table id (dropped and made again) was 'UUID', is now 'UUID'",
        "Run the command as it was, or give the pass up with --restart.",
        "export failed: RL-USAGE-010, exit code 2.");

    export.add("--restart");
    assertThat(run(export).succeeded().out()).contains("warning: given up: pass-0001 of run ");
  }

  @Test
  void aFinishedExportOutlivesItsTable() {
    keyspace("bad_input_gone");
    execute("CREATE TABLE bad_input_gone.t (id int PRIMARY KEY)");
    List<String> export = export("bad_input_gone.t");
    run(export).succeeded();
    execute("DROP TABLE bad_input_gone.t");

    refused(
        export,
        2,
        "RL-USAGE-002 Table bad_input_gone.t: there is no table or view t in keyspace bad_input_gone.",
        "There are none.",
        "export failed: RL-USAGE-002, exit code 2.");

    execute("CREATE TABLE bad_input_gone.t (id int PRIMARY KEY)");
    assertThat(run(export).succeeded().out()).contains("bad_input_gone.t left alone: ");
  }
}
