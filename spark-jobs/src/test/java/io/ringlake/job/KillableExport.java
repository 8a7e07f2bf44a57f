package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringlake.checkpoint.Pass;
import io.ringlake.checkpoint.TableCheckpoint;
import io.ringlake.testing.Command;
import io.ringlake.testing.DriverProcess;
import io.ringlake.testing.ExportCheck;
import io.ringlake.testkit.CassandraCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * One command that exports a {@link LiveTable} by months with write times and TTLs, run by as many
 * drivers as it takes, those that may be killed in a JVM of their own; and, if its output is a
 * folder, how far it has come, as the disk tells.
 */
final class KillableExport {

  /** Ample for one driver on a slow machine. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int KILLED = 137;

  private final LiveTable table;
  private final Path folder;
  private final Path data;
  private final Map<String, String> spark;
  private final Halting halting;
  private final List<String> arguments;

  /** Starts a driver, by a function that takes properties of Spark, that halts at a call. */
  private interface Halting {
    DriverProcess start(Halt halt, Function<Map<String, String>, DriverProcess> driver);
  }

  /**
   * @param folder of this export alone: the output {@code out} and a log for each driver
   * @param scheme of the output, {@code file:} or {@code faulty:}
   * @param more flags, the number of spans and the size of a batch among them
   */
  KillableExport(
      LiveTable table, CassandraCluster cassandra, Path folder, String scheme, String... more) {
    this(
        table,
        cassandra,
        folder,
        folder.resolve("out"),
        Map.of(),
        (halt, driver) -> driver.apply(halt.properties()),
        List.of("--output", scheme + folder.resolve("out")),
        more);
  }

  /**
   * @param folder of this export alone: the target's own, and a log for each driver
   * @param more flags, the number of spans and the size of a batch among them
   */
  KillableExport(
      LiveTable table,
      CassandraCluster cassandra,
      Path folder,
      ExportTarget target,
      String... more) {
    this(
        table,
        cassandra,
        folder,
        target.store().local("out"),
        target.spark(),
        target::start,
        target.flags(),
        more);
  }

  private KillableExport(
      LiveTable table,
      CassandraCluster cassandra,
      Path folder,
      Path data,
      Map<String, String> spark,
      Halting halting,
      List<String> target,
      String... more) {
    this.table = table;
    this.folder = folder;
    this.data = data;
    this.spark = spark;
    this.halting = halting;
    arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--table",
                table.name().toString(),
                "--contact-points",
                cassandra.contactPointsText(),
                "--writetime",
                "*",
                "--ttl",
                "note",
                "--partition-by",
                "year(taken_at),month(taken_at)"));
    arguments.addAll(target);
    arguments.addAll(List.of(more));
  }

  /** Starts a driver. */
  DriverProcess start(Map<String, String> properties, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    Map<String, String> ofAll = new HashMap<>(spark);
    ofAll.putAll(properties);
    try {
      Files.createDirectories(folder);
      Path log = Files.createTempFile(folder, "driver-", ".log");
      return DriverProcess.start(log, ofAll, all.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Halts one driver after the other, and changes the table in between. */
  void halt(List<Halt> halts) throws InterruptedException {
    for (Halt halt : halts) {
      try (DriverProcess driver = halting.start(halt, this::start)) {
        assertThat(driver.await(PATIENCE))
            .as(() -> "halted %s%n%s".formatted(halt.name(), driver.output()))
            .isEqualTo(KILLED);
      }
      table.stir();
    }
  }

  /**
   * Runs a driver to the end of the export, and checks that it read no span again that was
   * committed before, and that the output is complete.
   */
  void complete(int copies) throws IOException, SQLException {
    int left = spansLeft();
    finish();
    assertThat(tableReport().required("read").required("spans").asInt())
        .as("spans read by the last driver")
        .isEqualTo(left);
    assertComplete(copies);
  }

  /** Runs a driver to the end of the export, in this JVM: nobody kills it. */
  void finish(String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    Command.run(spark, all).succeeded();
  }

  /** Checks the output as a stranger sees it. */
  void assertComplete(int copies) throws IOException, SQLException {
    new ExportCheck(output()).holdsItsManifestAndNothingElse();
    table.assertHeldBy(output(), copies);
  }

  Path output() {
    return folder.resolve("out");
  }

  JsonNode report() throws IOException {
    return new ObjectMapper().readTree(output().resolve("_ringlake/report.json").toFile());
  }

  /** What the last driver that came to its end reported of the table. */
  JsonNode tableReport() throws IOException {
    return report().required("tables").required(0);
  }

  TableCheckpoint checkpoint() {
    return new TableCheckpoint(
        new org.apache.hadoop.fs.Path(output() + "/_ringlake/checkpoint"),
        table.name(),
        new Configuration());
  }

  /** How many spans no committed batch holds, by Spark's checkpoint and by the log of its sink. */
  private int spansLeft() {
    List<Pass> passes = checkpoint().passes();
    Pass newest = passes.get(passes.size() - 1);
    int spans = newest.plan().spans().size();
    long inSink = (lastInSink() + 1) * newest.plan().batchSpans();
    return spans - (int) Math.min(spans, Math.max(inSink, newest.committed().spans()));
  }

  /** The last batch in Spark's checkpoint, -1 for none. */
  long lastCommitted() {
    return last(inPass("commits"));
  }

  /** The last batch whose offsets are logged, -1 for none. */
  long lastPlanned() {
    return last(inPass("offsets"));
  }

  /** The last batch in the log of Spark's sink, -1 for none or if the log is gone. */
  long lastInSink() {
    return last(output().resolve("_spark_metadata"));
  }

  /** Files that a commit writes beside their place, those of dead drivers too. */
  Set<String> draftsInSink() {
    return names(output().resolve("_spark_metadata")).stream()
        .filter(name -> name.endsWith(".tmp"))
        .collect(Collectors.toSet());
  }

  /** Whether something is in the output. */
  boolean has(String path) {
    return Files.exists(output().resolve(path));
  }

  boolean isFinished() {
    return Files.exists(inPass("finished.json"));
  }

  /** In the newest pass's folder. */
  private Path inPass(String name) {
    Path passes = output().resolve("_ringlake/checkpoint/" + table.name());
    String newest =
        names(passes).stream()
            .filter(entry -> entry.startsWith("pass-"))
            .max(Comparator.naturalOrder())
            .orElse("pass-0001");
    return passes.resolve(newest).resolve(name);
  }

  /** How many files of rows there are, whoever wrote them. */
  long dataFiles() {
    try (Stream<Path> all = Files.walk(data)) {
      return all.map(Path::toString)
          .filter(path -> path.matches(".*\\.(parquet|csv|json)(\\.gz)?"))
          .filter(path -> !path.contains("/metadata/") && !path.contains("/_"))
          .count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // not there yet, or a folder is gone under way
    }
  }

  private static long last(Path log) {
    return names(log).stream()
        .filter(name -> name.matches("\\d+(\\.compact)?"))
        .mapToLong(name -> Long.parseLong(name.replace(".compact", "")))
        .max()
        .orElse(-1);
  }

  private static Set<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
    } catch (NoSuchFileException e) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
