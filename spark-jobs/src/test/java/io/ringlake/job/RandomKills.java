package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testing.DriverProcess;
import io.ringlake.testkit.CassandraCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Kills the drivers of one export at moments drawn between its first file and its end. Should it
 * end before all kills are done, another export takes the rest.
 */
final class RandomKills {

  private static final int BATCHES_PER_KILL = 3;
  private static final int BATCH_SPANS = 2;

  /** Where a moment lies. */
  private enum Aim {
    ANYWHERE,
    COMMIT,
    FINISH
  }

  /**
   * What was done.
   *
   * @param withinCommitOrFinish kills between the sink's first write of a commit and the end of
   *     Spark's, or between Spark's last commit and the end of the finish
   * @param exports how many it took
   * @param longestPause between a kill and the next start
   */
  record Result(int kills, int withinCommitOrFinish, int exports, Duration longestPause) {}

  private final LiveTable table;
  private final CassandraCluster cassandra;
  private final Path folder;
  private final Random random;
  private int exports;
  private int done;
  private int within;

  RandomKills(LiveTable table, CassandraCluster cassandra, Path folder, Random random) {
    this.table = table;
    this.cassandra = cassandra;
    this.folder = folder;
    this.random = random;
  }

  /** Kills, checks every export, and tells. */
  Result run(int kills) throws IOException, InterruptedException, SQLException {
    List<Aim> aims = aims(kills);
    int batches = BATCHES_PER_KILL * kills;
    KillableExport export = next(batches);
    Duration longestPause = Duration.ZERO;
    while (!aims.isEmpty()) {
      Optional<Aim> met = kill(export, aims.get(0), batches - 1);
      if (met.isPresent()) {
        long killed = System.nanoTime();
        // One that came too late for its aim is one of those anywhere.
        aims.remove(Math.max(0, aims.indexOf(met.get())));
        table.stir();
        Duration pause = Duration.ofNanos(System.nanoTime() - killed);
        longestPause = pause.compareTo(longestPause) > 0 ? pause : longestPause;
      } else {
        export.assertComplete(1);
        export = next(batches);
      }
    }
    export.complete(1);
    return new Result(done, within, exports, longestPause);
  }

  /** Half of the moments anywhere, the others in commits, the last ones in the finish. */
  private List<Aim> aims(int kills) {
    int finishes = 1 + kills / 10;
    List<Aim> aims = new ArrayList<>(Collections.nCopies(kills / 2, Aim.ANYWHERE));
    aims.addAll(Collections.nCopies(kills - finishes - aims.size(), Aim.COMMIT));
    Collections.shuffle(aims, random);
    aims.addAll(Collections.nCopies(finishes, Aim.FINISH));
    return aims;
  }

  private KillableExport next(int batches) {
    exports++;
    return new KillableExport(
        table,
        cassandra,
        folder.resolve("export-" + exports),
        "file:",
        "--spans",
        Integer.toString(batches * BATCH_SPANS),
        "--batch-spans",
        Integer.toString(BATCH_SPANS));
  }

  /** Starts a driver and kills it; returns what was met, nothing if the export ended before. */
  private Optional<Aim> kill(KillableExport export, Aim aim, long lastBatch)
      throws InterruptedException {
    long inSink = export.lastInSink();
    Set<String> drafts = export.draftsInSink();
    BooleanSupplier moment = moment(aim, export, lastBatch);
    Duration delay = delay(aim);
    try (DriverProcess driver = export.start(Map.of())) {
      if (!driver.awaitUntil(moment) || driver.endsWithin(delay)) {
        assertThat(driver.await(KillableExport.PATIENCE)).as(driver::output).isZero();
        return Optional.empty();
      }
      driver.kill();
      done++;
    }
    boolean finishing = export.lastCommitted() == lastBatch && !export.isFinished();
    boolean committing =
        export.lastInSink() > Math.max(inSink, export.lastCommitted())
            || !drafts.containsAll(export.draftsInSink());
    if (finishing || committing) {
      within++;
    }
    System.out.printf(
        "KillIT: aimed %s, killed with last batch %d in the sink, %d in Spark's log, of %d, %s%n",
        aim,
        export.lastInSink(),
        export.lastCommitted(),
        lastBatch,
        finishing || committing ? "within" : "without");
    return Optional.of(finishing || committing ? aim : Aim.ANYWHERE);
  }

  /** What to wait for, as seen from now on. */
  private BooleanSupplier moment(Aim aim, KillableExport export, long lastBatch) {
    long files = export.dataFiles();
    long batch = export.lastInSink() + random.nextInt(BATCHES_PER_KILL);
    Set<String> drafts = export.draftsInSink();
    return switch (aim) {
      case ANYWHERE -> () -> export.lastInSink() >= batch && export.dataFiles() > files;
      case COMMIT ->
          () ->
              export.lastInSink() > batch
                  || (export.lastInSink() == batch && !drafts.containsAll(export.draftsInSink()));
      case FINISH -> {
        List<BooleanSupplier> left =
            Stream.<BooleanSupplier>of(
                    () -> true,
                    () -> export.has("_ringlake/schema.cql"),
                    () -> export.has("_ringlake/manifest.json"),
                    () -> export.has("_SUCCESS"),
                    () -> !export.has("_ringlake/pass"))
                .map(
                    step ->
                        (BooleanSupplier)
                            () -> export.lastCommitted() == lastBatch && step.getAsBoolean())
                .filter(step -> !step.getAsBoolean())
                .toList();
        yield left.isEmpty() ? () -> false : left.get(random.nextInt(left.size()));
      }
    };
  }

  /** A batch takes some half a second, Spark's commit after the sink's a few milliseconds. */
  private Duration delay(Aim aim) {
    return switch (aim) {
      case ANYWHERE -> Duration.ofMillis(random.nextInt(500));
      case COMMIT -> Duration.ofMillis(random.nextInt(5));
      case FINISH -> Duration.ZERO;
    };
  }
}
