package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testing.DriverProcess;
import io.ringlake.testing.DuckLake;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the target: every row is there once however often drivers are killed, with the table
 * changing between them. With {@code -Pfull}, {@code -Dtarget=csv,iceberg-rest} runs some targets
 * only; the seed of the random moments is printed, {@code -Dringlake.kill.seed} sets it.
 */
class TargetsIT {

  private static final int ROWS = 3_000;
  private static final int RANDOM_KILLS = 5;

  private static CassandraCluster cassandra;
  private static LiveTable table;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    table = new LiveTable(cassandra.session(), "targets_it", ROWS);
  }

  private KillableExport export(ExportTarget target, String... more) {
    return new KillableExport(table, cassandra, folder, target, more);
  }

  @ParameterizedTest
  @EnumSource(names = {"ICEBERG_REST", "DELTA"})
  void goesOnFromAroundTheCommitsOfLaterBatches(ExportTarget.Kind kind) throws Exception {
    try (ExportTarget target = kind.in(folder, table.name())) {
      KillableExport export = export(target, "--spans", "12", "--batch-spans", "4");
      export.halt(List.of(target.afterCommit(1), target.beforeCommit(2)));

      export.finish();

      target.assertHolds(table);
    }
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("io.ringlake.job.ExportTarget$Kind#chosen")
  void hasEveryRowOnceHoweverOftenDriversAreKilled(ExportTarget.Kind kind) throws Exception {
    long seed = Long.getLong("ringlake.kill.seed", System.nanoTime());
    long begun = System.nanoTime();
    Random random = new Random(seed);
    try (ExportTarget target = kind.in(folder, table.name())) {
      KillableExport export = export(target, "--spans", "48", "--batch-spans", "2");
      export.halt(
          List.of(
              target.beforeCommit(0),
              target.afterCommit(0),
              target.beforeCommit(1),
              target.afterCommit(1)));
      for (int kill = 0; kill < RANDOM_KILLS; kill++) {
        kill(export, Duration.ofMillis(random.nextInt(1_500)));
      }

      export.finish();

      target.assertHolds(table);
    }
    System.out.printf(
        "TargetsIT: %s, killed 4 times around commits and %d times at random moments of seed %d, %d s%n",
        kind, RANDOM_KILLS, seed, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
  }

  @Tag("full")
  @Test
  void takesThePlaceOfAnEarlierExportHoweverOftenDriversAreKilled() throws Exception {
    try (ExportTarget target = ExportTarget.Kind.DELTA.in(folder, table.name())) {
      export(target, "--spans", "4", "--batch-spans", "4").finish();
      KillableExport export =
          export(target, "--spans", "12", "--batch-spans", "6", "--mode", "overwrite");
      export.halt(
          List.of(
              target.beforeCommit(0).at(1),
              target.afterCommit(0),
              target.afterCommit(1),
              Halt.before("all in its place", "rename", "/out/_delta_log/0*2\\.json$"),
              Halt.after("all in its place", "rename", "/out/_delta_log/0*2\\.json$")));

      export.finish();

      try (DuckLake rows = target.rows()) {
        table.assertHeldBy("overwritten", rows, 1);
      }
    }
  }

  /** SIGKILL some time after the driver's first file. */
  private static void kill(KillableExport export, Duration delay) throws InterruptedException {
    long files = export.dataFiles();
    try (DriverProcess driver = export.start(Map.of())) {
      assertThat(driver.awaitUntil(() -> export.dataFiles() > files)).as(driver::output).isTrue();
      assertThat(driver.endsWithin(delay)).as(driver::output).isFalse();
      driver.kill();
    }
    table.stir();
  }
}
