package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.config.WriteMode;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of the file sink: a file system that fails at the k-th call that changes something,
 * then the same again by a new driver; every row is there once, and nothing of others was touched.
 */
final class FileSinkContractTest {

  private static final String COLUMNS = "id, name, year, month";

  /** A finished export of ours beside a file of somebody else, by what it is. */
  private static final Map<Target, Path> EARLIER = new HashMap<>();

  /** Files that tell how many rows they have, and files that do not. */
  private enum Format {
    PARQUET("foreign.parquet", "read_parquet('%s/**/*.parquet', hive_partitioning = true)"),
    CSV("foreign.csv.gz", "read_csv('%s/**/*.csv.gz', hive_partitioning = true)");

    private final String foreign;
    private final String reader;

    Format(String foreign, String reader) {
      this.foreign = foreign;
      this.reader = reader;
    }

    SmallExport.Format sink() {
      return this == PARQUET ? SmallExport.PARQUET : TextSinkTest.csv("gzip");
    }
  }

  /** What a folder is to hold. */
  private record Target(Format format, boolean partitioned) {

    SmallExport export(String output, WriteMode mode, long firstId) {
      return new SmallExport(output, mode, partitioned, firstId).as(format.sink());
    }

    FolderCheck earlier() {
      return new FolderCheck(Objects.requireNonNull(EARLIER.get(this)));
    }

    String foreign() {
      return (partitioned ? "year=2024/month=01/" : "") + format.foreign;
    }
  }

  @BeforeAll
  static void exportEarlier(@TempDir Path shared) throws IOException {
    for (Target target : targets()) {
      Path folder = shared.resolve("earlier-%s-%s".formatted(target.format, target.partitioned));
      Manifest manifest = target.export(folder.toString(), WriteMode.ERROR, 100).run();
      new FolderCheck(folder).assertFinished(manifest);
      Files.copy(folder.resolve(manifest.files().get(0).path()), folder.resolve(target.foreign()));
      EARLIER.put(target, folder);
    }
  }

  private static List<Target> targets() {
    return List.of(
        new Target(Format.PARQUET, true),
        new Target(Format.PARQUET, false),
        new Target(Format.CSV, true));
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  static Stream<Arguments> scenarios() {
    List<Arguments> scenarios = new ArrayList<>();
    for (WriteMode mode : WriteMode.values()) {
      for (Target target : targets()) {
        scenarios.add(Arguments.of(scenarios.size(), mode, target, Times.ALWAYS, When.BEFORE));
        scenarios.add(Arguments.of(scenarios.size(), mode, target, Times.ONCE, When.AFTER));
      }
    }
    return scenarios.stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyRowIsThereOnceAfterAFailureAtSomeCalls(
      int number, WriteMode mode, Target target, Times times, When when, @TempDir Path folder)
      throws IOException {
    int calls = calls(mode, target, folder.resolve("counted"));
    // Another eighteenth of the calls for each of the eighteen scenarios.
    for (int k = 1 + number; k <= calls; k += 18) {
      failsAtThenCompletes(k, mode, target, times, when, folder.resolve("at" + k));
    }
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("scenarios")
  void everyRowIsThereOnceAfterAFailureAtEachCall(
      int number, WriteMode mode, Target target, Times times, When when, @TempDir Path folder)
      throws IOException {
    int calls = calls(mode, target, folder.resolve("counted"));
    for (int k = 1; k <= calls; k++) {
      failsAtThenCompletes(k, mode, target, times, when, folder.resolve("at" + k));
    }
  }

  /** How many calls that change something a run without a failure makes. */
  private static int calls(WriteMode mode, Target target, Path folder) throws IOException {
    FaultyFileSystem.arm(Fault.none());
    export(mode, target, folder).run();
    int calls = FaultyFileSystem.calls().size();
    assertThat(calls).isGreaterThan(30);
    return calls;
  }

  private static void failsAtThenCompletes(
      int k, WriteMode mode, Target target, Times times, When when, Path folder)
      throws IOException {
    SmallExport export = export(mode, target, folder);
    Map<String, byte[]> before = new FolderCheck(folder).files();
    FaultyFileSystem.arm(Fault.failAt(k, times, when));
    try {
      export.run();
    } catch (Exception e) {
      assertThat(e).as("failure at call %d", k).hasStackTraceContaining("injected");
    }
    // Spark tries some calls again, so that not each failure is seen here.
    List<String> calls = FaultyFileSystem.calls();
    assertThat(calls).as("call %d", k).hasSizeGreaterThanOrEqualTo(k);
    Map<String, byte[]> after = new FolderCheck(folder).files();
    if (mode == WriteMode.APPEND) {
      before.keySet().removeIf(path -> path.startsWith("_"));
    }
    if (mode == WriteMode.APPEND || !export.planStored()) {
      assertThat(after).as("what was there before, after call %d", k).containsAllEntriesOf(before);
    }
    FaultyFileSystem.arm(Fault.none());
    completes(export, mode, target, folder);
  }

  private static SmallExport export(WriteMode mode, Target target, Path folder) {
    if (mode != WriteMode.ERROR) {
      target.earlier().copyTo(folder);
    }
    return target.export("faulty:" + folder, mode, 0);
  }

  private static void completes(SmallExport export, WriteMode mode, Target target, Path folder)
      throws IOException {
    Manifest manifest = export.run();

    FolderCheck check = new FolderCheck(folder);
    List<String> rows = new ArrayList<>(export.rows());
    if (mode == WriteMode.APPEND) {
      check.assertFinished(manifest, target.foreign());
      Map<String, byte[]> others = target.earlier().files();
      others.keySet().removeIf(path -> path.startsWith("_"));
      assertThat(check.files()).containsAllEntriesOf(others);
      Files.delete(folder.resolve(target.foreign()));
      rows.addAll(target.export("", mode, 100).rows());
    } else {
      check.assertFinished(manifest);
    }
    assertThat(check.query(COLUMNS, target.format.reader, "id")).isEqualTo(rows);
    assertThat(manifest.rows()).isEqualTo(rows.size());
    // The same command again finds all done and changes nothing.
    FaultyFileSystem.arm(Fault.none());
    assertThat(export.run()).isEqualTo(manifest);
    assertThat(FaultyFileSystem.calls()).isEmpty();
  }
}
