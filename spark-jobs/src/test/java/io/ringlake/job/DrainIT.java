package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testing.Command;
import io.ringlake.testing.DriverProcess;
import io.ringlake.testing.FolderTree;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM does to an export. */
@DisabledOnOs(OS.WINDOWS)
class DrainIT {

  private static final int BATCHES = 12;
  private static final int BATCH_SPANS = 2;

  private static CassandraCluster cassandra;
  private static LiveTable table;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    table = new LiveTable(cassandra.session(), "drain_it", 2_000);
  }

  private KillableExport export() {
    return new KillableExport(
        table,
        cassandra,
        folder.resolve("export"),
        "file:",
        "--spans",
        Integer.toString(BATCHES * BATCH_SPANS),
        "--batch-spans",
        Integer.toString(BATCH_SPANS));
  }

  /** Starts a driver and lets it write its first file. */
  private static DriverProcess writing(KillableExport export) throws InterruptedException {
    long files = export.dataFiles();
    DriverProcess driver = export.start(Map.of());
    assertThat(driver.awaitUntil(() -> export.dataFiles() > files)).as(driver::output).isTrue();
    return driver;
  }

  @Test
  void endsAfterTheRunningBatchAndGoesOnWithTheSameCommand() throws Exception {
    KillableExport export = export();
    try (DriverProcess driver = writing(export)) {
      driver.terminate();

      assertThat(driver.await(KillableExport.PATIENCE)).as(driver::output).isEqualTo(6);
      assertThat(driver.output())
          .contains(
              "export stopped: RL-STOPPED-001, exit code 6. This resumes it: ringlake export");
    }
    long batches = export.lastCommitted() + 1;
    assertThat(batches).isBetween(1L, BATCHES - 1L);
    assertThat(export.lastPlanned() + 1).as("batches begun").isEqualTo(batches);
    assertThat(export.lastInSink() + 1).as("batches in the output").isEqualTo(batches);
    assertThat(export.report().required("outcome").asText()).isEqualTo("stopped");
    assertThat(export.report().required("exitCode").asInt()).isEqualTo(6);
    assertThat(export.tableReport().required("spansDone").asLong())
        .isEqualTo(batches * BATCH_SPANS);
    assertThat(export.has("_SUCCESS")).isFalse();

    table.stir();
    export.complete(1);
  }

  @Test
  @Tag("full")
  void leavesTablesAloneWhoseTurnHadNotCome() throws Exception {
    Path output = folder.resolve("many");
    Path second = output.resolve("drain_it/zz_later");
    cassandra.session().execute("CREATE TABLE drain_it.zz_later (id int PRIMARY KEY)");
    Command.run(bothTables(output)).succeeded();
    SortedMap<String, String> before = FolderTree.of(second);
    Path committed = output.resolve("_ringlake/checkpoint/drain_it.readings/pass-0002/commits/0");
    try (DriverProcess driver =
        DriverProcess.start(
            folder.resolve("log"), Map.of(), bothTables(output, "--mode", "overwrite"))) {
      assertThat(driver.awaitUntil(() -> Files.exists(committed))).as(driver::output).isTrue();

      driver.terminate();

      assertThat(driver.await(KillableExport.PATIENCE)).as(driver::output).isEqualTo(6);
      assertThat(driver.output()).contains("drain_it.zz_later stopped");
    }
    assertThat(FolderTree.of(second)).isEqualTo(before);
  }

  private static String[] bothTables(Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--table",
                "drain_it.*",
                "--output",
                output.toString(),
                "--contact-points",
                cassandra.contactPointsText(),
                "--parallel-tables",
                "1",
                "--spans",
                "100",
                "--batch-spans",
                "5"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Test
  @Tag("full")
  void endsAtOnceIfAskedTwice() throws Exception {
    KillableExport export = export();
    try (DriverProcess driver = writing(export)) {
      driver.terminate();
      assertThat(driver.awaitUntil(() -> driver.output().contains("SIGTERM: the running batch")))
          .as(driver::output)
          .isTrue();
      driver.terminate();

      assertThat(driver.await(KillableExport.PATIENCE)).as(driver::output).isEqualTo(143);
    }
    table.stir();
    export.complete(1);
  }
}
