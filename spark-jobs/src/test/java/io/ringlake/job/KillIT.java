package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testing.DriverProcess;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Drivers die at every step and at any moment, the table changes meanwhile, and the same command
 * goes on each time. The seed of the random moments is printed; {@code -Dringlake.kill.seed} sets
 * it.
 */
class KillIT {

  private static final int KILLED = 137;
  private static final int ROWS = 6_000;

  private static CassandraCluster cassandra;
  private static LiveTable table;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    table = new LiveTable(cassandra.session(), "kill_it", ROWS);
  }

  /** A call at which a driver halts, as {@link io.ringlake.testing.FaultyFileSystem} names it. */
  private record Step(String name, String operation, String path, String when) {

    static Step before(String name, String operation, String path) {
      return new Step(name + ": before", operation, path, "before");
    }

    static Step after(String name, String operation, String path) {
      return new Step(name + ": after", operation, path, "after");
    }

    Map<String, String> properties() {
      return Map.of(
          "ringlake.faulty.action", "halt",
          "ringlake.faulty.operation", operation,
          "ringlake.faulty.path", path,
          "ringlake.faulty.when", when);
    }
  }

  private static Step planStored() {
    return Step.after("plan stored", "rename", "/plan\\.json$");
  }

  /** The steps of a batch, each of which the next driver has to pass to reach its own. */
  private static List<Step> stepsOfBatch(int id) {
    return List.of(
        Step.after(
            "offset of batch %d logged".formatted(id), "rename", "/offsets/%d$".formatted(id)),
        Step.after("first file of batch %d open".formatted(id), "create", "/part-"),
        Step.before(
            "tasks of batch %d done, the sink's commit".formatted(id),
            "rename",
            "/_spark_metadata/%d$".formatted(id)),
        Step.after(
            "the sink's commit of batch %d".formatted(id),
            "rename",
            "/_spark_metadata/%d$".formatted(id)),
        Step.before(
            "Spark's commit of batch %d".formatted(id), "rename", "/commits/%d$".formatted(id)));
  }

  /** Each leaves the disk in another state; what comes before one is what comes after the last. */
  private static List<Step> stepsOfFinish() {
    return List.of(
        Step.before("removing orphans", "delete", "/part-"),
        Step.after("removing the first orphan", "delete", "/part-"),
        Step.after("schema.cql", "create", "/schema\\.cql$"),
        Step.before("the manifest counts", "rename", "/\\.manifest\\.json\\.next$"),
        Step.after("the manifest counts", "rename", "/\\.manifest\\.json\\.next$"),
        Step.after("the manifest is in its place", "rename", "/manifest\\.json$"),
        Step.after("_SUCCESS", "create", "/_SUCCESS$"),
        Step.after("removing the log", "delete", "/_spark_metadata$"),
        Step.after("removing the pass's name", "delete", "/_ringlake/pass$"),
        Step.before("the pass is finished", "rename", "/finished\\.json$"),
        Step.before("the report", "rename", "/report\\.json$"));
  }

  private static List<Step> middleOfTheFinish() {
    Set<String> names = Set.of("the manifest counts: after", "removing the log: after");
    List<Step> steps =
        stepsOfFinish().stream().filter(step -> names.contains(step.name())).toList();
    assertThat(steps).hasSameSizeAs(names);
    return steps;
  }

  private KillableExport export(String scheme, String... more) {
    return new KillableExport(table, cassandra, folder.resolve("export"), scheme, more);
  }

  /** Halts one driver after the other, each at its step, and changes the table in between. */
  private static void halt(KillableExport export, List<Step> steps) throws InterruptedException {
    for (Step step : steps) {
      try (DriverProcess driver = export.start(step.properties())) {
        assertThat(driver.await(KillableExport.PATIENCE))
            .as(() -> "halted %s%n%s".formatted(step.name(), driver.output()))
            .isEqualTo(KILLED);
      }
      table.stir();
    }
  }

  @Test
  @Tag("versions")
  void goesOnFromEachStepOfALaterBatchAndTheMiddleOfTheFinish() throws Exception {
    KillableExport export = export("faulty:", "--spans", "24", "--batch-spans", "6");
    List<Step> steps = new ArrayList<>(List.of(planStored()));
    steps.addAll(stepsOfBatch(2));
    steps.addAll(middleOfTheFinish());

    halt(export, steps);

    export.complete(1);
  }

  @Test
  void beginsAnewIfAskedWhateverAKilledDriverLeft() throws Exception {
    KillableExport export = export("faulty:", "--spans", "4", "--batch-spans", "2");
    halt(export, List.of(stepsOfBatch(1).get(2)));

    export.finish("--restart");

    export.assertComplete(1);
  }

  /** What was counted of the files of a batch is stored just before the sink's commit. */
  @Tag("full")
  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void goesOnFromAroundTheCommitOfTextFiles(String format) throws Exception {
    KillableExport export =
        export(
            "faulty:",
            "--spans",
            "4",
            "--batch-spans",
            "2",
            "--format",
            format,
            "--writetime-format",
            "micros");
    List<Step> steps = new ArrayList<>();
    for (int id = 0; id < 2; id++) {
      steps.add(
          Step.after(
              "figures of batch %d".formatted(id),
              "create",
              "/figures/%d-.+\\.json$".formatted(id)));
      steps.addAll(stepsOfBatch(id).subList(2, 5));
    }
    steps.add(Step.after("removing the log", "delete", "/_spark_metadata$"));
    halt(export, steps);

    export.complete(1);
  }

  @Test
  @Tag("full")
  void goesOnFromEachStepOfEveryBatch() throws Exception {
    KillableExport export = export("faulty:", "--spans", "24", "--batch-spans", "6");
    List<Step> steps = new ArrayList<>(List.of(planStored()));
    for (int id = 0; id < 4; id++) {
      steps.addAll(stepsOfBatch(id));
    }
    steps.addAll(stepsOfFinish());
    halt(export, steps);

    export.complete(1);
  }

  @Test
  @Tag("full")
  void addsToAnEarlierExportOnceHoweverOftenKilled() throws Exception {
    export("faulty:", "--spans", "4").finish();
    KillableExport second =
        export(
            "faulty:", "--spans", "4", "--batch-spans", "2", "--mode", "append", "--run-id", "two");
    halt(second, stepsOfASecondPass());

    second.complete(2);
  }

  @Test
  @Tag("full")
  void takesThePlaceOfAnEarlierExportHoweverOftenKilled() throws Exception {
    export("faulty:", "--spans", "4").finish();
    KillableExport second =
        export("faulty:", "--spans", "4", "--batch-spans", "2", "--mode", "overwrite");
    List<Step> steps = stepsOfASecondPass();
    steps.add(2, Step.after("emptying, the manifest", "delete", "/manifest\\.json$"));
    steps.add(3, Step.after("emptying, a folder", "delete", "/year=2024$"));
    halt(second, steps);

    second.complete(1);
  }

  /** Up to the mark that it is finished: after that, the command of an overwrite begins anew. */
  private static List<Step> stepsOfASecondPass() {
    List<Step> steps = new ArrayList<>(List.of(planStored()));
    steps.add(Step.after("removing _SUCCESS", "delete", "/_SUCCESS$"));
    steps.add(Step.after("the pass is at work", "rename", "/_ringlake/pass$"));
    steps.addAll(stepsOfBatch(0));
    steps.addAll(stepsOfBatch(1));
    steps.addAll(stepsOfFinish().subList(0, stepsOfFinish().size() - 1));
    return steps;
  }

  @Test
  void goesOnFromRandomMoments() throws Exception {
    killAtRandom(5);
  }

  @Test
  @Tag("full")
  void goesOnFromTwentyRandomMoments() throws Exception {
    killAtRandom(20);
  }

  private void killAtRandom(int kills) throws Exception {
    long seed = Long.getLong("ringlake.kill.seed", System.nanoTime());
    System.out.printf("KillIT: %d random moments of seed %d%n", kills, seed);
    RandomKills.Result result =
        new RandomKills(table, cassandra, folder, new Random(seed)).run(kills);
    System.out.println("KillIT: " + result);
    assertThat(result.kills()).isEqualTo(kills);
    assertThat(result.withinCommitOrFinish()).isGreaterThanOrEqualTo((kills + 3) / 4);
  }
}
