package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.checkpoint.Driver;
import io.ringlake.checkpoint.Hold;
import io.ringlake.checkpoint.TableCheckpoint;
import io.ringlake.schema.TableName;
import io.ringlake.testing.Command;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import io.ringlake.testing.FolderTree;
import io.ringlake.testkit.SharedCassandra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status} tells of the checkpoints that exports leave. */
class StatusIT {

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    CqlSession cql = SharedCassandra.get().session();
    cql.execute("DROP KEYSPACE IF EXISTS status_it");
    cql.execute(
        "CREATE KEYSPACE status_it WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    cql.execute("CREATE TABLE status_it.t (id int PRIMARY KEY, v int)");
    cql.execute("INSERT INTO status_it.t (id, v) VALUES (1, 2)");
  }

  private Path checkpoint() {
    return folder.resolve("checkpoint");
  }

  private Command export(String... more) {
    List<String> arguments = new ArrayList<>(List.of("export"));
    arguments.addAll(List.of("--contact-points", SharedCassandra.get().contactPointsText()));
    arguments.addAll(command());
    arguments.addAll(Arrays.asList(more));
    return Command.run(arguments.toArray(String[]::new));
  }

  private List<String> command() {
    return List.of(
        "--table",
        "status_it.t",
        "--output",
        folder.resolve("out").toString(),
        "--checkpoint",
        "faulty:" + checkpoint(),
        "--run-id",
        "nightly",
        "--spans",
        "4",
        "--batch-spans",
        "1");
  }

  private void unfinished() {
    FaultyFileSystem.arm(Fault.failAt("rename", "/commits/2$", Times.ONCE, When.BEFORE));
    assertThat(export().exitCode()).isEqualTo(4);
    FaultyFileSystem.arm(Fault.none());
  }

  /** Asks, and makes sure that asking changed nothing; times and this process are left out. */
  private String status(String... more) {
    SortedMap<String, String> before = FolderTree.of(folder);
    List<String> arguments = new ArrayList<>(List.of("status"));
    arguments.addAll(Arrays.asList(more));
    Command status = Command.run(arguments.toArray(String[]::new)).succeeded();
    assertThat(FolderTree.of(folder)).isEqualTo(before);
    return status
        .out()
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
        .replaceAll("\\S+@\\S+, pid \\d+( started TIME)?, application [-\\w]+", "DRIVER");
  }

  private String statusOfCheckpoint() {
    return status("--checkpoint", checkpoint().toString());
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  @Test
  void anUnfinishedExportWithWhatIsLeftAndHowEachAttemptEnded() {
    unfinished();

    assertThat(statusOfCheckpoint())
        .matches(
            """
            status_it\\.t
              pass 1, run nightly, unfinished, begun TIME: 2 of 4 spans done \\([\\d.]+ % of the ring\\), 2 left
                attempt 1: TIME, DRIVER; TIME, RL-TARGET-001 .*
              held by nobody
            """);
  }

  @Test
  void aFinishedExport() {
    unfinished();
    export().succeeded();

    assertThat(statusOfCheckpoint())
        .matches(
            """
            status_it\\.t
              pass 1, run nightly, finished TIME: 1 row in 1 file \\(\\d+ bytes\\), 2 attempts
                attempt 1: TIME, DRIVER; TIME, RL-TARGET-001 .*
                attempt 2: TIME, DRIVER; TIME, done
              held by nobody
            """);
  }

  @Test
  void whoWorksOnIt() {
    unfinished();
    TableCheckpoint table =
        new TableCheckpoint(
            new org.apache.hadoop.fs.Path(checkpoint().toString()),
            TableName.of("status_it", "t"),
            new Configuration());

    try (Hold hold = table.hold(Driver.current("nightly", "local-1"))) {
      hold.check();

      assertThat(status("--checkpoint", checkpoint().toString()))
          .containsPattern(
              "\n  held by run nightly, DRIVER; last sign of life TIME by its clock\n");
    }
  }

  @Test
  void howACommandDiffers() {
    unfinished();
    List<String> same = command();
    List<String> other = new ArrayList<>(same);
    other.addAll(List.of("--columns", "id", "--compression", "snappy"));

    assertThat(status(same.toArray(String[]::new)))
        .endsWith("\n\nstatus_it.t was begun with the settings of this command\n");
    assertThat(status(other.toArray(String[]::new)))
        .endsWith(
            """

            status_it.t was begun with other settings than this command's:
              columns was '*', is now 'id'
              compression was 'zstd', is now 'snappy'
            """);
  }

  @Test
  void whatIsDamaged() throws IOException {
    unfinished();
    Path plan = checkpoint().resolve("status_it.t/pass-0001/plan.json");
    Files.writeString(plan, Files.readString(plan).replaceFirst("(?s)\"spans\".*", ""));

    assertThat(statusOfCheckpoint())
        .isEqualTo(
            """
            status_it.t
              held by nobody
              problem: RL-USAGE-011 file:%s is damaged: it ends in the middle (line 37) Restore the file if you have a copy, or give the checkpoint up with --restart.
            """
                .formatted(plan));
  }

  @Test
  void whereThereIsNone() {
    Command status = Command.run("status", "--checkpoint", checkpoint().toString());

    assertThat(status.exitCode()).isEqualTo(2);
    assertThat(status.err())
        .isEqualTo(
            """
            RL-USAGE-015 There is no checkpoint in %s
            Give --checkpoint the path that the export had, or <output>/_ringlake/checkpoint if it had none.
            status failed: RL-USAGE-015, exit code 2.
            """
                .formatted(checkpoint()));
    assertThat(status.out()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
