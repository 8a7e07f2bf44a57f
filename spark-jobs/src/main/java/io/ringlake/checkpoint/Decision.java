package io.ringlake.checkpoint;

import io.ringlake.config.WriteMode;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a command does with the passes that its checkpoint holds. */
public sealed interface Decision {

  /**
   * A new pass begins, with a plan of its own; the target decides whether the mode allows it. Where
   * the command says {@code --restart}, {@link TableCheckpoint#restart} comes first.
   */
  record NewPass() implements Decision {}

  /** This pass goes on where it stopped, by its stored plan. */
  record Resume(Pass pass) implements Decision {}

  /**
   * There is nothing to do.
   *
   * @param message says so, and what would begin a new pass
   */
  record LeaveAlone(Pass pass, String message) implements Decision {}

  /**
   * Decides; looks at nothing but its arguments.
   *
   * @param passes all of the table's, oldest first
   * @throws RunFailure if the command must not touch what is there: another table's checkpoint,
   *     other settings than those stored, a table that has changed, another run's unfinished pass
   */
  static Decision of(TableRequest request, List<Pass> passes) {
    if (request.restart() || passes.isEmpty()) {
      return new NewPass();
    }
    Pass newest = passes.get(passes.size() - 1);
    refuseOtherTable(request, newest);
    if (request.runId() == null) {
      boolean startsAnew = newest.finished().isPresent() && request.mode() == WriteMode.OVERWRITE;
      return startsAnew ? new NewPass() : goOn(request, newest);
    }
    Optional<Pass> own =
        passes.stream()
            .filter(pass -> pass.plan().runId().equals(request.runId()))
            .reduce((older, newer) -> newer);
    if (own.isPresent()) {
      return goOn(request, own.get());
    }
    if (newest.finished().isEmpty()) {
      throw new RunFailure(
          ErrorCode.OTHER_RUN_UNFINISHED,
          "The checkpoint of %s holds an unfinished pass of run %s (%s done, begun %s), so run %s"
                  .formatted(
                      request.table(),
                      newest.plan().runId(),
                      newest.doneSpans(),
                      newest.plan().createdAt(),
                      request.runId())
              + " cannot begin",
          "Complete it with --run-id %s, or give it up with --restart."
              .formatted(newest.plan().runId()));
    }
    return new NewPass();
  }

  private static Decision goOn(TableRequest request, Pass pass) {
    List<Difference> differences = new ArrayList<>(request.settingsThatDiffer(pass.plan()));
    if (pass.finished().isPresent()) {
      if (!differences.isEmpty()) {
        throw differs(request, pass, differences, afterFinished(request));
      }
      return new LeaveAlone(pass, leftAlone(request, pass, pass.finished().get()));
    }
    differences.addAll(request.tableChanges(pass.plan()));
    if (!differences.isEmpty()) {
      throw differs(
          request,
          pass,
          differences,
          "Run the command as it was, or give the pass up with --restart.");
    }
    return new Resume(pass);
  }

  private static String leftAlone(TableRequest request, Pass pass, Finished finished) {
    return "%s is finished: run %s ended %s with %s in %s. Nothing is done. %s"
        .formatted(
            request.table(),
            pass.plan().runId(),
            finished.endedAt(),
            Figures.count(finished.rows(), "row"),
            Figures.count(finished.files(), "file"),
            afterFinished(request));
  }

  /** How to get a new pass after a finished one. */
  private static String afterFinished(TableRequest request) {
    if (request.runId() != null || request.mode() == WriteMode.APPEND) {
      return "Another --run-id begins a new pass, which --mode append or overwrite lets write to"
          + " the same output.";
    }
    return "--mode overwrite exports it anew.";
  }

  private static RunFailure differs(
      TableRequest request, Pass pass, List<Difference> differences, String remedy) {
    return new RunFailure(
        ErrorCode.CHECKPOINT_DIFFERS,
        "The %s pass of run %s over %s differs from this command: %s"
            .formatted(
                pass.finished().isPresent() ? "finished" : "unfinished",
                pass.plan().runId(),
                request.table(),
                differences.stream().map(Objects::toString).collect(Collectors.joining("; "))),
        remedy);
  }

  private static void refuseOtherTable(TableRequest request, Pass pass) {
    if (!pass.plan().table().equals(request.table().toString())) {
      throw new RunFailure(
          ErrorCode.CHECKPOINT_DIFFERS,
          "%s is the checkpoint of %s, not of %s"
              .formatted(pass.folder().getParent(), pass.plan().table(), request.table()),
          "Name another --checkpoint, or give this one up with --restart.");
    }
  }
}
