package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.WriteMode;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a folder of files refuses before anything is written. */
final class FileSinkRefusalTest extends FileSinkFixture {

  FileSinkRefusalTest(@TempDir Path temp) {
    super(temp);
  }

  @Test
  void refusesATargetThatIsNotEmptyByDefault() throws IOException {
    Files.createDirectories(folder.resolve("year=2024"));
    Files.writeString(folder.resolve("year=2024/notes.txt"), "mine");
    Map<String, byte[]> before = new FolderCheck(folder).files();

    assertThatThrownBy(() -> export(WriteMode.ERROR).begin())
        .hasMessage(
            """
            RL-USAGE-008 file:%s is not empty: it holds year=2024/notes.txt.
            Use --mode append or --mode overwrite, or export to another path."""
                .formatted(folder));
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void takesATargetThatHoldsOnlyItsCheckpoint() throws IOException {
    Path plan = folder.resolve("_ringlake/checkpoint/shop.orders/pass-0001/plan.json");
    Files.createDirectories(plan.getParent());
    Files.writeString(plan, "{}");

    Manifest manifest = export(WriteMode.ERROR).run();

    new FolderCheck(folder).assertFinished(manifest);
    assertThat(plan).hasContent("{}");
  }

  @Test
  void overwriteKeepsTheCheckpoint() throws IOException {
    export(WriteMode.ERROR).run();
    Path plan = folder.resolve("_ringlake/checkpoint/shop.orders/pass-0001/plan.json");
    Files.createDirectories(plan.getParent());
    Files.writeString(plan, "{}");
    Files.writeString(folder.resolve("_ringlake/report.json"), "{}");
    Files.createDirectories(folder.resolve(".hidden/empty"));

    Manifest manifest = export(WriteMode.OVERWRITE).run();

    new FolderCheck(folder).assertFinished(manifest);
    assertThat(plan).hasContent("{}");
    assertThat(folder.resolve(".hidden")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(WriteMode.class)
  void refusesAnotherStreamsFolderInEveryMode(WriteMode mode) throws IOException {
    Files.createDirectories(folder.resolve("_spark_metadata"));
    Files.writeString(folder.resolve("_spark_metadata/0"), "v1");

    assertThat(failure(() -> export(mode).sink(() -> {}).check()))
        .hasMessage(
            """
            RL-USAGE-008 file:%s is not empty: it holds _spark_metadata, the log of another Spark stream.
            Export to another path, or remove it if that stream is over."""
                .formatted(folder));
    assertThat(folder.resolve("_spark_metadata/0")).hasContent("v1");
  }

  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"ERROR", "APPEND"})
  void refusesATargetInWhichAnotherPassIsAtWork(WriteMode mode) {
    SmallExport other = export(WriteMode.ERROR);
    other.begin();

    assertThat(failure(() -> export(mode).sink(() -> {}).check()))
        .hasMessageContaining("it holds the unfinished pass " + other.passId());
  }

  @Test
  void refusesAPathBelowARegularFile() throws IOException {
    Files.writeString(temp.resolve("file"), "mine");
    SmallExport export =
        new SmallExport(temp.resolve("file/out").toString(), WriteMode.ERROR, true, 0);

    RunFailure failure = failure(export::run);

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNWRITABLE);
    assertThat(failure)
        .hasMessageStartingWith("RL-TARGET-001 Cannot write to %s/file/out: ".formatted(temp))
        .hasMessageContaining("%s/file is a file, not a folder".formatted(temp))
        .hasMessageEndingWith(
            "Make it writable for this user, or choose another path with --output.");
    assertThat(temp.resolve("file")).hasContent("mine");
  }

  @Test
  void refusesAFileWhereTheFolderShouldBe() throws IOException {
    Files.writeString(folder, "mine");

    assertThat(failure(export(WriteMode.OVERWRITE)::run))
        .hasMessageContaining(
            "Cannot write to %s: %s is a file, not a folder".formatted(folder, folder));
    assertThat(folder).hasContent("mine");
  }

  @Test
  void refusesAFileSystemThatDoesNotExist() {
    assertThat(failure(() -> new SmallExport("nosuch://host/x", WriteMode.ERROR, true, 0).run()))
        .hasMessageContaining("Cannot write to nosuch://host/x: No FileSystem for scheme");
  }

  @Test
  void refusesAFileSystemThatFailsAndWritesNothing() {
    FaultyFileSystem.arm(Fault.failAt(1, Times.ALWAYS, When.BEFORE));

    RunFailure failure = failure(() -> faulty(WriteMode.ERROR).sink(() -> {}).check());

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNWRITABLE);
    assertThat(failure).hasMessageContaining("injected before");
    assertThat(folder).doesNotExist();
  }

  @Test
  void checkingLeavesNoTrace() {
    Path deep = folder.resolve("a/b");

    new SmallExport(deep.toString(), WriteMode.ERROR, true, 0).sink(() -> {}).check();

    assertThat(folder).doesNotExist();
  }

  @Test
  void refusesACheckpointAmongTheData() {
    FileTarget target = export(WriteMode.OVERWRITE).target();
    FileTarget inside =
        withCheckpoint(target, new org.apache.hadoop.fs.Path(folder.toString(), "state"));

    assertThat(failure(() -> parquet(inside).check()))
        .hasMessageStartingWith(
            "RL-USAGE-001 The checkpoint %s/state lies in the output file:%s, among the data."
                .formatted(folder, folder));
  }
}
