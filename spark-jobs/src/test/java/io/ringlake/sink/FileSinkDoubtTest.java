package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.config.WriteMode;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder of files does where somebody else has changed it: stop, and delete nothing. */
final class FileSinkDoubtTest extends FileSinkFixture {

  FileSinkDoubtTest(@TempDir Path temp) {
    super(temp);
  }

  @Test
  void neverEmptiesAgainOnceABatchIsCommitted() throws IOException {
    export(WriteMode.ERROR).run();
    SmallExport export = export(WriteMode.OVERWRITE);
    export.write(export.begin(), 0);
    // Somebody removes the name of the pass that is at work.
    Files.delete(folder.resolve("_ringlake/pass"));
    Map<String, byte[]> before = new FolderCheck(folder).files();

    RunFailure failure = failure(export::run);

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_LOST_FILES);
    assertThat(failure)
        .hasMessageContaining(
            "file:%s belongs to no pass now, not to pass %s: its batches 0 to 0 should be there."
                .formatted(folder, export.passId()));
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void stopsWhenTheLogIsGoneAndDeletesNothing() throws IOException {
    SmallExport export = export(WriteMode.ERROR);
    Sink sink = export.begin();
    export.write(sink, 0);
    export.write(sink, 1);
    deleteRecursively(folder.resolve("_spark_metadata"));
    Map<String, byte[]> before = new FolderCheck(folder).files();

    assertThat(failure(() -> export.write(sink, 2)).code()).isEqualTo(ErrorCode.COMMIT_IN_DOUBT);
    assertThat(failure(() -> sink.finish(1)).code()).isEqualTo(ErrorCode.COMMIT_IN_DOUBT);
    assertThat(failure(export::run).code()).isEqualTo(ErrorCode.COMMIT_IN_DOUBT);
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void stopsWhenTheLogEndsElsewhereThanSparksCheckpoint() throws IOException {
    SmallExport export = export(WriteMode.ERROR);
    export.runWithoutFinish();
    Map<String, byte[]> before = new FolderCheck(folder).files();

    RunFailure failure = failure(() -> export.sink(() -> {}).finish(1));

    assertThat(failure)
        .hasMessageContaining(
            "_spark_metadata, where batch 1 is the last by Spark's checkpoint, ends with batch 2");
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void stopsWhenACommittedFileIsGone() throws IOException {
    SmallExport export = export(WriteMode.ERROR);
    export.runWithoutFinish();
    Files.writeString(folder.resolve("part-00000-x-%s.parquet".formatted(export.passId())), "x");
    Path lost;
    try (Stream<Path> all = Files.walk(folder.resolve("year=2024"))) {
      lost =
          all.filter(file -> file.toString().endsWith(".parquet"))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    Files.delete(lost);
    Map<String, byte[]> before = new FolderCheck(folder).files();

    RunFailure failure = failure(export::run);

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_LOST_FILES);
    assertThat(failure)
        .hasMessageContaining(
            "1 of 6 files that were committed to file:%s are gone or have another length, first %s."
                .formatted(folder, folder.relativize(lost)));
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void aPassWhoseTargetWasTakenOverStops() throws IOException {
    SmallExport first = export(WriteMode.ERROR);
    Sink sink = first.begin();
    first.write(sink, 0);
    SmallExport second = export(WriteMode.OVERWRITE);
    second.begin();

    assertThat(failure(() -> first.write(sink, 1)))
        .hasMessageContaining("belongs to pass " + second.passId());
    assertThat(failure(() -> sink.finish(0)))
        .hasMessageContaining("belongs to pass " + second.passId());
    new FolderCheck(folder).assertFinished(second.run());
  }

  @Test
  void finishingAnOldPassAgainLeavesTheOneAtWorkAlone() throws IOException {
    SmallExport first = export(WriteMode.ERROR);
    Manifest finished = first.run();
    SmallExport second = export(WriteMode.APPEND);
    second.write(second.begin(), 0);
    Map<String, byte[]> before = new FolderCheck(folder).files();

    assertThat(first.run()).isEqualTo(finished);

    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
    assertThat(second.run().rows()).isEqualTo(24);
  }

  @Test
  void aFinishedPassTakesNoBatch() {
    SmallExport export = export(WriteMode.ERROR);
    export.run();

    Sink sink = export.sink(() -> {});
    sink.prepare(2);

    assertThat(failure(() -> sink.write(3, batch(export))))
        .hasMessageContaining(
            "By its manifest file:%s is finished, but by Spark's checkpoint batch 3 is still to come."
                .formatted(folder));
  }

  @Test
  void nothingChangesWithoutTheHold() throws IOException {
    export(WriteMode.ERROR).run();
    Map<String, byte[]> before = new FolderCheck(folder).files();
    SmallExport export = export(WriteMode.OVERWRITE);
    Sink sink =
        export.sink(
            () -> {
              throw new RunFailure(ErrorCode.CHECKPOINT_HELD, "Held by another.", "Wait.");
            });
    sink.check();

    assertThat(failure(() -> sink.prepare(-1)).code()).isEqualTo(ErrorCode.CHECKPOINT_HELD);
    assertThat(failure(() -> sink.write(0, batch(export))).code())
        .isEqualTo(ErrorCode.CHECKPOINT_HELD);
    assertThat(failure(() -> sink.finish(0)).code()).isEqualTo(ErrorCode.CHECKPOINT_HELD);
    assertThat(new FolderCheck(folder).files()).containsExactlyEntriesOf(before);
  }

  @Test
  void aManifestThatCannotBeReadStopsAnAppend() throws IOException {
    export(WriteMode.ERROR).run();
    Files.writeString(folder.resolve("_ringlake/manifest.json"), "{\"version\": 1, ");

    assertThat(failure(export(WriteMode.APPEND)::run))
        .hasMessageContaining("manifest.json cannot be read, so it is not known which files count");
  }

  @Test
  void aFileThatSomebodyElseWroteMeanwhileStopsTheFinishUntilItIsGone() throws IOException {
    SmallExport export = export(WriteMode.OVERWRITE);
    export.runWithoutFinish();
    Path foreign = folder.resolve("year=2024/part-00000-of-another-export.parquet");
    Files.writeString(foreign, "x");
    Files.writeString(folder.resolve("year=2024/.hidden"), "no reader looks at it");

    RunFailure failure = failure(export::run);

    assertThat(failure.code()).isEqualTo(ErrorCode.COMMIT_IN_DOUBT);
    assertThat(failure)
        .hasMessageContaining(
            "file:%s holds 1 file that this export did not write, first year=2024/part-00000-of-another-export.parquet."
                .formatted(folder));
    assertThat(folder.resolve("_SUCCESS")).doesNotExist();
    Files.delete(foreign);
    Files.delete(folder.resolve("year=2024/.hidden"));
    new FolderCheck(folder).assertFinished(export.run());
  }

  @Test
  void aLogThatIsAheadOfTheBatchStopsIt() {
    SmallExport export = export(WriteMode.ERROR);
    export.runWithoutFinish();
    Sink sink = export.sink(() -> {});

    assertThat(failure(() -> sink.write(0, batch(export))).code())
        .isEqualTo(ErrorCode.COMMIT_IN_DOUBT);
  }

  @Test
  void namesTheCheckpointOfThePassAtWorkToWhoeverWantsToTakeItsPlace() {
    SmallExport first = export(WriteMode.ERROR);
    first.begin();
    FileTarget target = export(WriteMode.OVERWRITE).target();

    assertThat(parquet(target).otherCheckpoint()).isEmpty();
    assertThat(
            parquet(withCheckpoint(target, new org.apache.hadoop.fs.Path("/elsewhere")))
                .otherCheckpoint())
        .contains(new org.apache.hadoop.fs.Path("file:" + folder + "/_ringlake/checkpoint"));
  }

  @Test
  void isNotCompleteWithoutAllOfItsFiles() throws IOException {
    SmallExport export = export(WriteMode.ERROR);
    Manifest manifest = export.run();
    Sink sink = export.sink(() -> {});
    assertThat(sink.isComplete()).isTrue();

    Files.delete(folder.resolve(manifest.files().get(0).path()));

    assertThat(sink.isComplete()).isFalse();
  }
}
