package io.ringlake.checkpoint;

import io.ringlake.failure.RunFailure;
import io.ringlake.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;

/**
 * What a table's checkpoint holds, as far as it can be read without taking the hold.
 *
 * @param table as an operator types it; the folder's name if no plan tells it
 * @param passes those that can be read, oldest first
 * @param holder who works on it or died over it, empty for nobody
 * @param problems what is damaged or half deleted, each in the words of its error; empty if nothing
 *     is
 */
public record TableStatus(
    String table,
    Path folder,
    List<Pass> passes,
    Optional<Hold.Holder> holder,
    List<String> problems) {

  public TableStatus {
    passes = List.copyOf(passes);
    problems = List.copyOf(problems);
  }

  static TableStatus of(Path folder, CheckpointFiles files) {
    TableCheckpoint checkpoint = new TableCheckpoint(folder, files);
    List<Pass> passes = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    if (checkpoint.isBeingGivenUp()) {
      problems.add("given up with --restart; what is left of it is deleted at the next start");
    } else {
      for (Path pass : checkpoint.passFolders()) {
        try {
          checkpoint.read(pass).ifPresent(passes::add);
        } catch (RunFailure e) {
          problems.add(e.getMessage());
        }
      }
    }
    Optional<Hold.Holder> holder = Optional.empty();
    try {
      holder = checkpoint.holder();
    } catch (RunFailure e) {
      problems.add(e.getMessage());
    }
    String table =
        passes.isEmpty() ? folder.getName() : passes.get(passes.size() - 1).plan().table();
    return new TableStatus(table, folder, passes, holder, problems);
  }

  /**
   * In which settings a command differs from the newest pass.
   *
   * @param identity of the command
   * @return empty if it does not differ or there is no pass
   */
  public List<Difference> differences(SortedMap<String, String> identity) {
    return passes.isEmpty()
        ? List.of()
        : TableRequest.settingsThatDiffer(passes.get(passes.size() - 1).plan(), identity);
  }

  /** For people: the table, then a line for each thing that can be said of it. */
  public String toText() {
    List<String> lines = new ArrayList<>();
    lines.add(table);
    if (passes.isEmpty() && problems.isEmpty()) {
      lines.add("  no pass has begun");
    }
    for (Pass pass : passes) {
      lines.add("  %s, run %s, %s".formatted(name(pass), pass.plan().runId(), state(pass)));
      for (Attempt attempt : pass.attempts()) {
        lines.add("    attempt %d: %s".formatted(attempt.number(), describe(attempt, pass)));
      }
    }
    lines.add("  " + holder.map(TableStatus::describe).orElse("held by nobody"));
    for (String problem : problems) {
      lines.add("  problem: " + String.join(" ", problem.lines().toList()));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String name(Pass pass) {
    return "pass " + pass.number();
  }

  private static String state(Pass pass) {
    ScanPlan plan = pass.plan();
    if (pass.finished().isPresent()) {
      Finished finished = pass.finished().get();
      return "finished %s: %s in %s (%s), %s"
          .formatted(
              finished.endedAt(),
              Figures.count(finished.rows(), "row"),
              Figures.count(finished.files(), "file"),
              Figures.bytes(finished.bytes()),
              Figures.count(finished.attempts(), "attempt"));
    }
    int done = pass.committed().spans();
    return "unfinished, begun %s: %s done (%s of %s), %d left"
        .formatted(
            plan.createdAt(),
            pass.doneSpans(),
            Figures.percent(plan.share(done)),
            plan.part().inWords(),
            plan.spans().size() - done);
  }

  private static String describe(Attempt attempt, Pass pass) {
    Driver driver = attempt.driver();
    boolean superseded = attempt.number() < pass.attempts().size();
    String end =
        attempt
            .end()
            .map(found -> "%s, %s".formatted(found.endedAt(), found.outcome()))
            .orElse(superseded || driver.isGone() ? "died" : "at work, or died");
    return "%s, %s@%s, pid %d, application %s; %s"
        .formatted(
            attempt.startedAt(),
            driver.user(),
            driver.host(),
            driver.pid(),
            driver.applicationId(),
            end);
  }

  private static String describe(Hold.Holder holder) {
    String state =
        holder.gone()
            ? "its process is gone: the next start takes it over at once"
            : holder
                .lastBeat()
                .map("last sign of life %s by its clock"::formatted)
                .orElse("no sign of life yet");
    return "held by %s; %s".formatted(holder.driver(), state);
  }
}
