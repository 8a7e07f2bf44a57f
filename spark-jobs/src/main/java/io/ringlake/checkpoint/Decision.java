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
  static Decision of(Command command, List<Pass> passes) {
    if (command.restart() || passes.isEmpty()) {
      return new NewPass();
    }
    Pass newest = passes.get(passes.size() - 1);
    refuseOtherTable(command, newest);
    if (command.runId() == null) {
      boolean startsAnew = newest.finished().isPresent() && command.mode() == WriteMode.OVERWRITE;
      return startsAnew ? new NewPass() : goOn(command, newest);
    }
    Optional<Pass> own =
        passes.stream()
            .filter(pass -> pass.plan().runId().equals(command.runId()))
            .reduce((older, newer) -> newer);
    if (own.isPresent()) {
      return goOn(command, own.get());
    }
    if (newest.finished().isEmpty()) {
      throw new RunFailure(
          ErrorCode.OTHER_RUN_UNFINISHED,
          "The checkpoint of %s holds an unfinished pass of run %s (%s done, begun %s), so run %s"
                  .formatted(
                      command.table(),
                      newest.plan().runId(),
                      newest.doneSpans(),
                      newest.plan().createdAt(),
                      command.runId())
              + " cannot begin",
          "Complete it with --run-id %s, or give it up with --restart."
              .formatted(newest.plan().runId()));
    }
    return new NewPass();
  }

  private static Decision goOn(Command command, Pass pass) {
    List<Difference> differences = new ArrayList<>(command.settingsThatDiffer(pass.plan()));
    if (pass.finished().isPresent()) {
      if (!differences.isEmpty()) {
        throw differs(command, pass, differences, afterFinished(command));
      }
      return new LeaveAlone(pass, leftAlone(command, pass, pass.finished().get()));
    }
    differences.addAll(command.tableChanges(pass.plan()));
    if (!differences.isEmpty()) {
      throw differs(
          command,
          pass,
          differences,
          "Run the command as it was, or give the pass up with --restart.");
    }
    return new Resume(pass);
  }

  private static String leftAlone(Command command, Pass pass, Finished finished) {
    return "%s is finished: run %s ended %s with %s in %s. Nothing is done. %s"
        .formatted(
            command.table(),
            pass.plan().runId(),
            finished.endedAt(),
            Figures.count(finished.rows(), "row"),
            Figures.count(finished.files(), "file"),
            afterFinished(command));
  }

  /** How to get a new pass after a finished one. */
  private static String afterFinished(Command command) {
    if (command.runId() != null || command.mode() == WriteMode.APPEND) {
      return "Another --run-id begins a new pass, which --mode append or overwrite lets write to"
          + " the same output.";
    }
    return "--mode overwrite exports it anew.";
  }

  private static RunFailure differs(
      Command command, Pass pass, List<Difference> differences, String remedy) {
    return new RunFailure(
        ErrorCode.CHECKPOINT_DIFFERS,
        "The %s pass of run %s over %s differs from this command: %s"
            .formatted(
                pass.finished().isPresent() ? "finished" : "unfinished",
                pass.plan().runId(),
                command.table(),
                differences.stream().map(Objects::toString).collect(Collectors.joining("; "))),
        remedy);
  }

  private static void refuseOtherTable(Command command, Pass pass) {
    if (!pass.plan().table().equals(command.table().toString())) {
      throw new RunFailure(
          ErrorCode.CHECKPOINT_DIFFERS,
          "%s is the checkpoint of %s, not of %s"
              .formatted(pass.folder().getParent(), pass.plan().table(), command.table()),
          "Name another --checkpoint, or give this one up with --restart.");
    }
  }
}
