package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.checkpoint.Driver;
import io.ringlake.checkpoint.Hold;
import io.ringlake.testing.DriverProcess;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two drivers on one checkpoint: as when a scheduler tries again while the first still runs. */
class TwoDriversIT {

  private static CassandraCluster cassandra;
  private static LiveTable table;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    table = new LiveTable(cassandra.session(), "two_drivers_it", 300);
  }

  /**
   * Of batches enough to outlast the one beat that a driver takes to see that another lives: who
   * finds an export finished by then leaves it alone, which is right, but not what is tested.
   */
  private KillableExport export() {
    return new KillableExport(
        table, cassandra, folder.resolve("export"), "file:", "--spans", "40", "--batch-spans", "1");
  }

  /** One completes, the other ends with code 2 and says who the first is. */
  private void oneWins(KillableExport export, List<String> flagsOfOne, List<String> flagsOfTwo)
      throws Exception {
    try (DriverProcess one = export.start(Map.of(), flagsOfOne.toArray(String[]::new));
        DriverProcess two = export.start(Map.of(), flagsOfTwo.toArray(String[]::new))) {
      int codeOfOne = one.await(KillableExport.PATIENCE);
      int codeOfTwo = two.await(KillableExport.PATIENCE);
      DriverProcess loser = codeOfOne == 0 ? two : one;
      DriverProcess winner = codeOfOne == 0 ? one : two;

      assertThat(List.of(codeOfOne, codeOfTwo)).as(loser::output).containsExactlyInAnyOrder(0, 2);
      assertThat(loser.output())
          .contains("RL-USAGE-009", "is worked on by another driver: run ")
          .contains("pid %d started".formatted(winner.pid()));
    }
  }

  @Tag("full")
  @RepeatedTest(20)
  void oneOfTwentyPairsCompletesAndTheOtherNamesIt() throws Exception {
    KillableExport export = export();

    oneWins(export, List.of(), List.of());

    export.assertComplete(1);
  }

  @Tag("full")
  @RepeatedTest(20)
  void oneOfTwentyPairsOnS3CompletesAndTheOtherNamesIt() throws Exception {
    try (ExportTarget target = ExportTarget.Kind.PARQUET_ON_S3.in(folder, table.name())) {
      KillableExport export =
          new KillableExport(
              table, cassandra, folder, target, "--spans", "20", "--batch-spans", "1");

      oneWins(export, List.of(), List.of());

      target.assertHolds(table);
    }
  }

  @Test
  void oneCompletesWhateverTheRunsAreCalled() throws Exception {
    KillableExport export = export();

    oneWins(export, List.of("--run-id", "monday"), List.of("--run-id", "tuesday"));

    export.assertComplete(1);
  }

  @Test
  void namesTheFirstEvenIfItBeganWhileTheSecondLookedAtTheTarget() throws Exception {
    KillableExport export = export();
    try (Hold first = export.checkpoint().hold(Driver.current("monday", "local-1"))) {
      Files.writeString(export.output().resolve("_ringlake/pass"), UUID.randomUUID().toString());
      try (DriverProcess second = export.start(Map.of())) {
        assertThat(second.await(KillableExport.PATIENCE)).as(second::output).isEqualTo(2);
        assertThat(second.output())
            .contains("RL-USAGE-009", "is worked on by another driver: run monday");
      }
      first.check();
    }
  }

  @Tag("full")
  @Test
  void aPassThatHasNotBegunLeavesTheTargetToADriverThatHas() throws Exception {
    KillableExport late =
        sameTarget("--mode", "overwrite", "--checkpoint", "faulty:" + folder.resolve("aside"));
    halt(late, "rename", "/plan\\.json$");
    KillableExport atWork = sameTarget();
    halt(atWork, "create", "/part-");
    try (Hold alive = atWork.checkpoint().hold(Driver.current("monday", "local-1"))) {
      long files = atWork.dataFiles();
      assertThat(files).isPositive();
      try (DriverProcess driver = late.start(Map.of())) {
        assertThat(driver.await(KillableExport.PATIENCE)).as(driver::output).isEqualTo(2);
        assertThat(driver.output())
            .contains("RL-USAGE-009", "is worked on by another driver: run monday");
      }
      assertThat(atWork.dataFiles()).isEqualTo(files);
      alive.check();
    }

    late.finish();
    late.assertComplete(1);
  }

  private KillableExport sameTarget(String... more) {
    return new KillableExport(table, cassandra, folder.resolve("export"), "faulty:", more);
  }

  /** Ends a driver just after a call. */
  private static void halt(KillableExport export, String operation, String path)
      throws InterruptedException {
    Map<String, String> step =
        Map.of(
            "ringlake.faulty.action",
            "halt",
            "ringlake.faulty.operation",
            operation,
            "ringlake.faulty.path",
            path,
            "ringlake.faulty.when",
            "after");
    try (DriverProcess driver = export.start(step)) {
      assertThat(driver.await(KillableExport.PATIENCE)).as(driver::output).isEqualTo(137);
    }
  }

  @Test
  @Tag("full")
  void theHoldOfAKilledDriverDoesNotBlockTheNext() throws Exception {
    KillableExport export = export();
    try (DriverProcess driver = export.start(Map.of())) {
      assertThat(driver.awaitUntil(() -> export.lastCommitted() >= 0)).as(driver::output).isTrue();
      driver.kill();
    }

    export.complete(1);
  }
}
