package io.ringlake.job;

import io.ringlake.checkpoint.Decision;
import io.ringlake.checkpoint.Driver;
import io.ringlake.checkpoint.Hold;
import io.ringlake.checkpoint.Pass;
import io.ringlake.checkpoint.ScanPlan;
import io.ringlake.checkpoint.TableCheckpoint;
import io.ringlake.checkpoint.TableRequest;
import io.ringlake.config.ExportConfig;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.ring.RingPart;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import io.ringlake.sink.Sink;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Which pass an export of one table works on: the one that goes on, a new one, or none since all is
 * done. It looks at the checkpoint and at the target.
 */
final class TablePasses {

  private final ExportConfig config;
  private final TablePlan plan;
  private final Sinks sinks;
  private final Configuration hadoop;
  private final TableCheckpoint checkpoint;

  /**
   * @param spark a session of this table's own
   */
  TablePasses(ExportConfig config, TablePlan plan, SparkSession spark) {
    this.config = config;
    this.plan = plan;
    this.sinks = new Sinks(config.output(), plan, spark);
    this.hadoop = spark.sessionState().newHadoopConf();
    this.checkpoint = new TableCheckpoint(plan.checkpoint(), name(), hadoop);
  }

  /**
   * The pass to work on.
   *
   * @param isDone whether nothing is left to do
   * @param notes what the operator should know
   */
  record Opened(Pass pass, boolean isDone, List<String> notes) {}

  TableCheckpoint checkpoint() {
    return checkpoint;
  }

  /**
   * What {@link #open} would do now, as a clause.
   *
   * @throws RunFailure if it would refuse
   */
  String next() {
    TableRequest request = request();
    Decision decision = checkpoint.decide(request);
    if (decision instanceof Decision.Resume resume) {
      Pass pass = resume.pass();
      return "resumes run %s: %s done, %d to a batch%s"
          .formatted(
              pass.plan().runId(),
              pass.doneSpans(),
              pass.plan().batchSpans(),
              settingsWithoutEffect().map("\n"::concat).orElse(""));
    }
    if (decision instanceof Decision.LeaveAlone done) {
      requireStillThere(done.pass());
      return done.message();
    }
    newSink(request, () -> {}).look();
    return "a new pass begins, mode %s"
        .formatted(config.output().mode().name().toLowerCase(Locale.ROOT));
  }

  /**
   * Tries the target if a new pass is to begin. Called before the hold is taken: what is refused
   * leaves no trace.
   *
   * @throws RunFailure if it is refused, unless another driver may be about to change that
   */
  void check() {
    TableRequest request = request();
    try {
      if (checkpoint.decide(request) instanceof Decision.NewPass) {
        newSink(request, () -> {}).check();
      }
    } catch (RunFailure refused) {
      if (!checkpoint.isClaimed()) {
        throw refused;
      }
      // It may be another driver's work under way: that is told, or all is looked at again, later.
    }
  }

  /**
   * Decides, and begins a pass if that is what it comes to.
   *
   * @param driver this process
   * @throws RunFailure if the command must not touch what is there
   */
  Opened open(Hold hold, Driver driver) {
    TableRequest request = request();
    Decision decision = checkpoint.decide(request);
    if (decision instanceof Decision.LeaveAlone done) {
      requireStillThere(done.pass());
      return new Opened(done.pass(), true, List.of(done.message()));
    }
    if (decision instanceof Decision.Resume resume) {
      if (resume.pass().committed().batchId() < 0) { // it may not have begun in the target
        requireNobodyAtWork(sink(resume.pass(), hold), driver);
      }
      return new Opened(resume.pass(), false, settingsWithoutEffect().stream().toList());
    }
    Set<UUID> givenUp = checkpoint.givenUp(request);
    UUID passId = UUID.randomUUID();
    Sink sink = sinks.ofNew(passId, givenUp, hold::check);
    sink.check();
    requireNobodyAtWork(sink, driver);
    List<String> notes =
        request.restart()
            ? checkpoint.restart(request).stream().map("given up: "::concat).toList()
            : List.of();
    return new Opened(
        checkpoint.begin(scanPlan(request, driver.runId(), passId, givenUp)), false, notes);
  }

  /** Fails if a driver with another checkpoint is at work in the target. */
  private void requireNobodyAtWork(Sink sink, Driver driver) {
    // The hold of a dead one is taken over.
    sink.otherCheckpoint()
        .ifPresent(other -> TableCheckpoint.at(other, hadoop).hold(driver).close());
  }

  /** The target of a pass. */
  Sink sink(Pass pass, Hold hold) {
    return sinks.of(pass, checkpoint, hold::check);
  }

  /** The target of a pass that has not begun. */
  private Sink newSink(TableRequest request, Runnable holdCheck) {
    return sinks.ofNew(UUID.randomUUID(), checkpoint.givenUp(request), holdCheck);
  }

  /**
   * A later pass may have replaced what an earlier one wrote; nothing may have replaced the newest.
   */
  private void requireStillThere(Pass finished) {
    List<Pass> passes = checkpoint.passes();
    boolean isNewest = passes.get(passes.size() - 1).number() == finished.number();
    if (isNewest && !sinks.of(finished, checkpoint, () -> {}).isComplete()) {
      throw new RunFailure(
          ErrorCode.TARGET_LOST_FILES,
          "%s is finished by its checkpoint, but %s does not hold it any more."
              .formatted(name(), plan.output()),
          "Find out who removed or replaced it; --mode overwrite exports it anew.");
    }
  }

  /** Which of the settings that were given a resume has no use for; empty if none. */
  private Optional<String> settingsWithoutEffect() {
    List<String> given = config.plannedSettings();
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s without effect: a resume goes by its stored plan"
                .formatted(given.stream().map("--"::concat).collect(Collectors.joining(", "))));
  }

  private TableRequest request() {
    Table table = plan.table();
    return new TableRequest(
        table.name(),
        table.id(),
        ScanPlan.schemaOf(plan.select().projection().columnsRead()),
        config.identity(),
        plan.output(),
        config.output().mode(),
        config.run().runId(),
        config.run().restart());
  }

  private ScanPlan scanPlan(TableRequest request, String runId, UUID passId, Set<UUID> givenUp) {
    RingPart part = config.read().ring().part();
    return new ScanPlan(
        ScanPlan.VERSION,
        runId,
        passId,
        givenUp,
        name().toString(),
        request.tableId(),
        request.schema(),
        request.identity(),
        plan.select().cql(),
        part,
        plan.ring().spans(part, plan.sizing().spans()),
        plan.sizing().batchSpans(),
        plan.layout().isPartitioned() ? 1 : plan.sizing().taskSpans(),
        request.target(),
        Instant.now());
  }

  private TableName name() {
    return plan.table().name();
  }
}
