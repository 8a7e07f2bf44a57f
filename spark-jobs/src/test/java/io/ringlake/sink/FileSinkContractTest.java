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
  private static final String FOREIGN = "foreign.parquet";

  /** A finished export of ours beside a file of somebody else, by whether it has partitions. */
  private static Map<Boolean, Path> earlier = Map.of();

  @BeforeAll
  static void exportEarlier(@TempDir Path shared) throws IOException {
    earlier = Map.of(true, exportEarlier(shared, true), false, exportEarlier(shared, false));
  }

  private static Path exportEarlier(Path shared, boolean partitioned) throws IOException {
    Path folder = shared.resolve("earlier-" + partitioned);
    Manifest manifest = new SmallExport(folder.toString(), WriteMode.ERROR, partitioned, 100).run();
    new FolderCheck(folder).assertFinished(manifest);
    String file = manifest.files().get(0).path();
    Path foreign = folder.resolve(file).resolveSibling(FOREIGN);
    Files.copy(folder.resolve(file), foreign);
    return folder;
  }

  private static FolderCheck earlier(boolean partitioned) {
    return new FolderCheck(Objects.requireNonNull(earlier.get(partitioned)));
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  static Stream<Arguments> scenarios() {
    List<Arguments> scenarios = new ArrayList<>();
    for (WriteMode mode : WriteMode.values()) {
      for (boolean partitioned : new boolean[] {true, false}) {
        scenarios.add(Arguments.of(scenarios.size(), mode, partitioned, Times.ALWAYS, When.BEFORE));
        scenarios.add(Arguments.of(scenarios.size(), mode, partitioned, Times.ONCE, When.AFTER));
      }
    }
    return scenarios.stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyRowIsThereOnceAfterAFailureAtSomeCalls(
      int number, WriteMode mode, boolean partitioned, Times times, When when, @TempDir Path folder)
      throws IOException {
    int calls = calls(mode, partitioned, folder.resolve("counted"));
    // Another twelfth of the calls for each of the twelve scenarios.
    for (int k = 1 + number; k <= calls; k += 12) {
      failsAtThenCompletes(k, mode, partitioned, times, when, folder.resolve("at" + k));
    }
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("scenarios")
  void everyRowIsThereOnceAfterAFailureAtEachCall(
      int number, WriteMode mode, boolean partitioned, Times times, When when, @TempDir Path folder)
      throws IOException {
    int calls = calls(mode, partitioned, folder.resolve("counted"));
    for (int k = 1; k <= calls; k++) {
      failsAtThenCompletes(k, mode, partitioned, times, when, folder.resolve("at" + k));
    }
  }

  /** How many calls that change something a run without a failure makes. */
  private static int calls(WriteMode mode, boolean partitioned, Path folder) throws IOException {
    FaultyFileSystem.arm(Fault.none());
    export(mode, partitioned, folder).run();
    int calls = FaultyFileSystem.calls().size();
    assertThat(calls).isGreaterThan(30);
    return calls;
  }

  private static void failsAtThenCompletes(
      int k, WriteMode mode, boolean partitioned, Times times, When when, Path folder)
      throws IOException {
    SmallExport export = export(mode, partitioned, folder);
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
    completes(export, mode, partitioned, folder);
  }

  private static SmallExport export(WriteMode mode, boolean partitioned, Path folder) {
    if (mode != WriteMode.ERROR) {
      earlier(partitioned).copyTo(folder);
    }
    return new SmallExport("faulty:" + folder, mode, partitioned, 0);
  }

  private static void completes(
      SmallExport export, WriteMode mode, boolean partitioned, Path folder) throws IOException {
    Manifest manifest = export.run();

    FolderCheck check = new FolderCheck(folder);
    List<String> rows = new ArrayList<>(export.rows());
    if (mode == WriteMode.APPEND) {
      String foreign = partitioned ? "year=2024/month=01/" + FOREIGN : FOREIGN;
      check.assertFinished(manifest, foreign);
      Map<String, byte[]> others = earlier(partitioned).files();
      others.keySet().removeIf(path -> path.startsWith("_"));
      assertThat(check.files()).containsAllEntriesOf(others);
      Files.delete(folder.resolve(foreign));
      rows.addAll(new SmallExport("", mode, partitioned, 100).rows());
    } else {
      check.assertFinished(manifest);
    }
    assertThat(check.query(COLUMNS, "id")).isEqualTo(rows);
    assertThat(manifest.rows()).isEqualTo(rows.size());
    // The same command again finds all done and changes nothing.
    FaultyFileSystem.arm(Fault.none());
    assertThat(export.run()).isEqualTo(manifest);
    assertThat(FaultyFileSystem.calls()).isEmpty();
  }
}
