package io.ringlake.sink;

import static io.ringlake.sink.FileSink.NOTHING_DELETED;

import io.ringlake.config.WriteMode;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.text.Figures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** What may lie in the output of a pass when it begins, and when it ends. Changes nothing. */
final class TargetCheck {

  private static final Pattern HIDDEN = Pattern.compile("(^|/)[._]");

  private final FileTarget target;
  private final OutputFolder folder;

  TargetCheck(FileTarget target, OutputFolder folder) {
    this.target = target;
    this.folder = folder;
  }

  /**
   * @throws RunFailure if this pass may not begin in the output as it is
   */
  void requireAdmission() throws IOException {
    folder.requireNoFile();
    if (folder.wouldDelete(target.checkpoint())) {
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS,
          "The checkpoint %s lies in the output %s, among the data."
              .formatted(target.checkpoint(), folder.root()),
          "Put it elsewhere with --checkpoint, or leave it out: _ringlake/checkpoint is its place.");
    }
    Optional<UUID> other = folder.pass();
    if (folder.hasLog() && other.isEmpty()) {
      throw notEmpty(
          "_spark_metadata, the log of another Spark stream",
          "Export to another path, or remove it if that stream is over.");
    }
    if (target.mode() == WriteMode.OVERWRITE) {
      return;
    }
    Optional<Manifest> manifest = folder.manifest();
    if (other.isPresent()
        && !target.givenUp().contains(other.get())
        && manifest.stream().noneMatch(found -> found.names(other.get()))) {
      throw notEmpty(
          "the unfinished pass %s".formatted(other.get()),
          "Finish it by its own command and checkpoint, or use --mode overwrite or another path.");
    }
    if (target.mode() == WriteMode.ERROR) {
      Optional<String> content =
          manifest.isPresent()
              ? Optional.of("_ringlake/manifest.json")
              : folder.findFile(
                  file ->
                      !PassFileCommitProtocol.wroteAny(
                          target.givenUp(), file.getPath().toString()));
      if (content.isPresent()) {
        throw notEmpty(
            content.get(), "Use --mode append or --mode overwrite, or export to another path.");
      }
    }
  }

  /**
   * @param committed what the log of this pass names: lengths in bytes by path below the output
   * @param present what is there
   * @throws RunFailure if one is not there as it was committed, or is another pass's
   */
  void requireFiles(SortedMap<String, Long> committed, SortedMap<String, Long> present) {
    List<String> lost =
        committed.entrySet().stream()
            .filter(file -> !file.getValue().equals(present.get(file.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    if (!lost.isEmpty()) {
      throw new RunFailure(
          ErrorCode.TARGET_LOST_FILES,
          "%d of %d files that were committed to %s are gone or have another length, first %s."
              .formatted(lost.size(), committed.size(), folder.root(), lost.get(0)),
          "Restore them and run the same command, or begin anew with --restart and --mode"
              + " overwrite. "
              + NOTHING_DELETED);
    }
    for (String path : committed.keySet()) {
      if (!PassFileCommitProtocol.wrote(target.passId(), path)) {
        throw new RunFailure(
            ErrorCode.COMMIT_IN_DOUBT,
            "%s names %s, which pass %s did not write."
                .formatted(folder.log(), path, target.passId()),
            "Look who else writes to this path. " + NOTHING_DELETED);
      }
    }
  }

  /**
   * In a target that was empty when this pass began, a file that the manifest does not name is of
   * somebody who writes here at the same time. Readers would take it for a part of the table,
   * unless its name or its folder's begins with a dot or an underscore.
   *
   * @throws RunFailure if there is one
   */
  void requireNoOthers(Set<String> counting, SortedMap<String, Long> present) {
    if (target.mode() == WriteMode.APPEND) {
      return;
    }
    List<String> others =
        present.keySet().stream()
            .filter(path -> !counting.contains(path) && !HIDDEN.matcher(path).find())
            .toList();
    if (!others.isEmpty()) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "%s holds %s that this export did not write, first %s."
              .formatted(folder.root(), Figures.count(others.size(), "file"), others.get(0)),
          "Look who else writes to this path and stop it; once these files are away, the same"
              + " command finishes. "
              + NOTHING_DELETED);
    }
  }

  private RunFailure notEmpty(String content, String remedy) {
    return new RunFailure(
        ErrorCode.TARGET_NOT_EMPTY,
        "%s is not empty: it holds %s.".formatted(folder.root(), content),
        remedy);
  }
}
