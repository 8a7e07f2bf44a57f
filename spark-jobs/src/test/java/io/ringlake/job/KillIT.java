package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private static final int ROWS = 6_000;

  private static CassandraCluster cassandra;
  private static LiveTable table;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    table = new LiveTable(cassandra.session(), "kill_it", ROWS);
  }

  private static Halt planStored() {
    return Halt.after("plan stored", "rename", "/plan\\.json$");
  }

  /** The steps of a batch, each of which the next driver has to pass to reach its own. */
  private static List<Halt> stepsOfBatch(int id) {
    return List.of(
        Halt.after(
            "offset of batch %d logged".formatted(id), "rename", "/offsets/%d$".formatted(id)),
        Halt.after("first file of batch %d open".formatted(id), "create", "/part-"),
        Halt.before(
            "tasks of batch %d done, the sink's commit".formatted(id),
            "rename",
            "/_spark_metadata/%d$".formatted(id)),
        Halt.after(
            "the sink's commit of batch %d".formatted(id),
            "rename",
            "/_spark_metadata/%d$".formatted(id)),
        Halt.before(
            "Spark's commit of batch %d".formatted(id), "rename", "/commits/%d$".formatted(id)));
  }

  /** Each leaves the disk in another state; what comes before one is what comes after the last. */
  private static List<Halt> stepsOfFinish() {
    return List.of(
        Halt.before("removing orphans", "delete", "/part-"),
        Halt.after("removing the first orphan", "delete", "/part-"),
        Halt.after("schema.cql", "create", "/schema\\.cql$"),
        Halt.before("the manifest counts", "rename", "/\\.manifest\\.json\\.next$"),
        Halt.after("the manifest counts", "rename", "/\\.manifest\\.json\\.next$"),
        Halt.after("the manifest is in its place", "rename", "/manifest\\.json$"),
        Halt.after("_SUCCESS", "create", "/_SUCCESS$"),
        Halt.after("removing the log", "delete", "/_spark_metadata$"),
        Halt.after("removing the pass's name", "delete", "/_ringlake/pass$"),
        Halt.before("the pass is finished", "rename", "/finished\\.json$"),
        Halt.before("the report", "rename", "/report\\.json$"));
  }

  private static List<Halt> middleOfTheFinish() {
    Set<String> names = Set.of("the manifest counts: after", "removing the log: after");
    List<Halt> steps =
        stepsOfFinish().stream().filter(step -> names.contains(step.name())).toList();
    assertThat(steps).hasSameSizeAs(names);
    return steps;
  }

  private KillableExport export(String scheme, String... more) {
    return new KillableExport(table, cassandra, folder.resolve("export"), scheme, more);
  }

  @Test
  @Tag("versions")
  void goesOnFromEachStepOfALaterBatchAndTheMiddleOfTheFinish() throws Exception {
    KillableExport export = export("faulty:", "--spans", "24", "--batch-spans", "6");
    List<Halt> steps = new ArrayList<>(List.of(planStored()));
    steps.addAll(stepsOfBatch(2));
    steps.addAll(middleOfTheFinish());

    export.halt(steps);

    export.complete(1);
  }

  @Test
  void beginsAnewIfAskedWhateverAKilledDriverLeft() throws Exception {
    KillableExport export = export("faulty:", "--spans", "4", "--batch-spans", "2");
    export.halt(List.of(stepsOfBatch(1).get(2)));

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
    List<Halt> steps = new ArrayList<>();
    for (int id = 0; id < 2; id++) {
      steps.add(
          Halt.after(
              "figures of batch %d".formatted(id),
              "create",
              "/figures/%d-.+\\.json$".formatted(id)));
      steps.addAll(stepsOfBatch(id).subList(2, 5));
    }
    steps.add(Halt.after("removing the log", "delete", "/_spark_metadata$"));
    export.halt(steps);

    export.complete(1);
  }

  @Test
  @Tag("full")
  void goesOnFromEachStepOfEveryBatch() throws Exception {
    KillableExport export = export("faulty:", "--spans", "24", "--batch-spans", "6");
    List<Halt> steps = new ArrayList<>(List.of(planStored()));
    for (int id = 0; id < 4; id++) {
      steps.addAll(stepsOfBatch(id));
    }
    steps.addAll(stepsOfFinish());
    export.halt(steps);

    export.complete(1);
  }

  @Test
  @Tag("full")
  void addsToAnEarlierExportOnceHoweverOftenKilled() throws Exception {
    export("faulty:", "--spans", "4").finish();
    KillableExport second =
        export(
            "faulty:", "--spans", "4", "--batch-spans", "2", "--mode", "append", "--run-id", "two");
    second.halt(stepsOfASecondPass());

    second.complete(2);
  }

  @Test
  @Tag("full")
  void takesThePlaceOfAnEarlierExportHoweverOftenKilled() throws Exception {
    export("faulty:", "--spans", "4").finish();
    KillableExport second =
        export("faulty:", "--spans", "4", "--batch-spans", "2", "--mode", "overwrite");
    List<Halt> steps = stepsOfASecondPass();
    steps.add(2, Halt.after("emptying, the manifest", "delete", "/manifest\\.json$"));
    steps.add(3, Halt.after("emptying, a folder", "delete", "/year=2024$"));
    second.halt(steps);

    second.complete(1);
  }

  /** Up to the mark that it is finished: after that, the command of an overwrite begins anew. */
  private static List<Halt> stepsOfASecondPass() {
    List<Halt> steps = new ArrayList<>(List.of(planStored()));
    steps.add(Halt.after("removing _SUCCESS", "delete", "/_SUCCESS$"));
    steps.add(Halt.after("the pass is at work", "rename", "/_ringlake/pass$"));
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
