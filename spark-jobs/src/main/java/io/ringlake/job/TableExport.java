package io.ringlake.job;

import io.ringlake.checkpoint.Attempt;
import io.ringlake.checkpoint.Command;
import io.ringlake.checkpoint.Decision;
import io.ringlake.checkpoint.Driver;
import io.ringlake.checkpoint.Finished;
import io.ringlake.checkpoint.Hold;
import io.ringlake.checkpoint.Pass;
import io.ringlake.checkpoint.ScanPlan;
import io.ringlake.checkpoint.TableCheckpoint;
import io.ringlake.config.ExportConfig;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.progress.ProgressTicker;
import io.ringlake.progress.RunningBatch;
import io.ringlake.progress.RunningTable;
import io.ringlake.projection.LeftOut;
import io.ringlake.projection.SelectItem;
import io.ringlake.report.ColumnReport;
import io.ringlake.report.ErrorReport;
import io.ringlake.report.Outcome;
import io.ringlake.report.TableReport;
import io.ringlake.runtime.DriverChannel;
import io.ringlake.runtime.RunningScan;
import io.ringlake.schema.Column;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import io.ringlake.sink.Manifest;
import io.ringlake.sink.Sink;
import io.ringlake.source.RinglakeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * The export of one table, from the look at its checkpoint to the mark that it is complete. Used
 * once, by one thread.
 */
final class TableExport {

  /** Measured 1.93 on orders: LZ4 of Spark's rows in a shuffle against zstd of Parquet. */
  private static final double SHUFFLE_BYTES_PER_DISK_BYTE = 2.0;

  private static final Duration LAST_COUNTS = Duration.ofSeconds(5);

  private final ExportConfig config;
  private final TablePlan plan;
  private final SparkSession spark;
  private final Configuration hadoop;
  private final Driver driver;
  private final ProgressTicker progress;
  private final TableCheckpoint checkpoint;
  private final Phases phases = new Phases();
  private Outcome outcome = Outcome.FAILED;
  private List<String> notes = List.of();
  private int attemptNumber;
  private @Nullable Pass pass;
  private @Nullable RunningScan scan;

  /** Spans whose rows are in the target; set by the query's thread too. */
  private volatile int spansDone;

  private @Nullable Manifest manifest;

  /**
   * @param spark a session of this export's own
   * @param driver this process, with the run's id
   */
  TableExport(
      ExportConfig config,
      TablePlan plan,
      SparkSession spark,
      Driver driver,
      ProgressTicker progress) {
    this.config = config;
    this.plan = plan;
    this.spark = spark;
    this.hadoop = spark.sessionState().newHadoopConf();
    this.driver = driver;
    this.progress = progress;
    this.checkpoint = new TableCheckpoint(plan.checkpoint(), name(), hadoop);
  }

  /**
   * What became of a table.
   *
   * @param failure what ended its export, null if nothing did
   */
  record Result(TableReport report, @Nullable RuntimeException failure) {}

  /**
   * What an export would do now with its checkpoint and its target, as a clause.
   *
   * @throws io.ringlake.failure.RunFailure if it would be refused
   */
  static String next(ExportConfig config, TablePlan plan, SparkSession spark) {
    TableCheckpoint checkpoint =
        new TableCheckpoint(
            plan.checkpoint(), plan.table().name(), spark.sessionState().newHadoopConf());
    Command command = command(config, plan);
    Decision decision = checkpoint.decide(command);
    if (decision instanceof Decision.Resume resume) {
      Pass pass = resume.pass();
      return "resumes run %s: %s done, %d to a batch%s"
          .formatted(
              pass.plan().runId(),
              pass.doneSpans(),
              pass.plan().batchSpans(),
              plannedSettings(config).map("\n"::concat).orElse(""));
    }
    if (decision instanceof Decision.LeaveAlone done) {
      return done.message();
    }
    new Sinks(config.output(), plan, spark)
        .of(UUID.randomUUID(), checkpoint.givenUp(command), () -> {})
        .look();
    return "a new pass begins, mode %s"
        .formatted(config.output().mode().name().toLowerCase(Locale.ROOT));
  }

  /** Which of the settings that were given a resume has no use for; empty if none. */
  private static Optional<String> plannedSettings(ExportConfig config) {
    List<String> given = config.plannedSettings();
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s without effect: a resume goes by its stored plan"
                .formatted(given.stream().map("--"::concat).collect(Collectors.joining(", "))));
  }

  /** Plans and does it; what goes wrong is in the result. */
  static Result run(
      ExportConfig config,
      TableName table,
      TablePlanner planner,
      SparkSession spark,
      Driver driver,
      ProgressTicker progress) {
    if (DriverChannel.current().draining()) {
      progress.tableFinished(table, Outcome.STOPPED, 0);
      return new Result(unplanned(config, table, null), null);
    }
    TablePlan plan;
    try {
      plan = planner.plan(table);
    } catch (Exception e) { // Spark throws checked ones undeclared
      RuntimeException failure = QueryFailure.of(e, table, config.read().consistency());
      progress.tableFinished(table, Outcome.FAILED, 0);
      return new Result(unplanned(config, table, failure), failure);
    }
    return new TableExport(config, plan, spark, driver, progress).run();
  }

  private Result run() {
    RuntimeException failure = null;
    try {
      export();
    } catch (Exception e) { // Spark throws checked ones undeclared
      failure = QueryFailure.of(e, name(), config.read().consistency());
      if (scan == null) {
        progress.tableFinished(name(), Outcome.FAILED, 0);
      }
    }
    return new Result(report(failure), failure);
  }

  private void export() {
    Command command = command(config, plan);
    try {
      if (checkpoint.decide(command) instanceof Decision.NewPass) {
        // Before the hold is taken: what is refused leaves no trace.
        sink(UUID.randomUUID(), checkpoint.givenUp(command), () -> {}).check();
      }
    } catch (RunFailure refused) {
      if (!checkpoint.isClaimed()) {
        throw refused;
      }
      // It may be another driver's work under way: that is told, or all is looked at again, below.
    }
    try (Hold hold = checkpoint.hold(driver)) {
      if (DriverChannel.current().draining()) {
        outcome = Outcome.STOPPED;
        progress.tableFinished(name(), outcome, 0);
        return;
      }
      Decision decision = checkpoint.decide(command);
      if (decision instanceof Decision.LeaveAlone done) {
        requireStillThere(done.pass());
        pass = done.pass();
        attemptNumber = done.pass().attempts().size();
        spansDone = done.pass().committed().spans();
        notes = List.of(done.message());
        outcome = Outcome.LEFT_ALONE;
        progress.tableFinished(name(), outcome, 0);
        return;
      }
      Pass current;
      if (decision instanceof Decision.Resume resume) {
        current = resume.pass();
        notes = plannedSettings(config).stream().toList();
      } else {
        current = begin(command, hold);
      }
      pass = current;
      Attempt attempt = checkpoint.beginAttempt(current, driver, Instant.now());
      attemptNumber = attempt.number();
      try {
        ScanPlan scanPlan = current.plan();
        copy(current, sink(scanPlan.passId(), scanPlan.givenUp(), hold::check));
      } catch (Exception e) { // Spark throws checked ones undeclared
        endFailed(current, attempt, e);
        throw e;
      }
      checkpoint.endAttempt(current, attempt, Instant.now(), outcome.toString());
    }
  }

  /** What ended the attempt counts, also where the checkpoint cannot be told of it. */
  private void endFailed(Pass current, Attempt attempt, Exception failure) {
    try {
      checkpoint.endAttempt(
          current,
          attempt,
          Instant.now(),
          ErrorReport.of(QueryFailure.of(failure, name(), config.read().consistency()))
              .firstLine());
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * A later pass may have replaced what an earlier one wrote; nothing may have replaced the newest.
   */
  private void requireStillThere(Pass finished) {
    List<Pass> passes = checkpoint.passes();
    boolean isNewest = passes.get(passes.size() - 1).number() == finished.number();
    if (isNewest && !sink(finished.plan().passId(), Set.of(), () -> {}).isComplete()) {
      throw new RunFailure(
          ErrorCode.TARGET_LOST_FILES,
          "%s is finished by its checkpoint, but %s does not hold it any more."
              .formatted(name(), plan.output()),
          "Find out who removed or replaced it; --mode overwrite exports it anew.");
    }
  }

  private Pass begin(Command command, Hold hold) {
    Set<UUID> givenUp = checkpoint.givenUp(command);
    UUID passId = UUID.randomUUID();
    Sink sink = sink(passId, givenUp, hold::check);
    sink.check();
    // Fails if a driver is at work there; the hold of a dead one is taken over.
    sink.otherCheckpoint()
        .ifPresent(other -> TableCheckpoint.at(other, hadoop).hold(driver).close());
    if (command.restart()) {
      notes = checkpoint.restart(command).stream().map("given up: "::concat).toList();
    }
    return checkpoint.begin(scanPlan(command, passId, givenUp));
  }

  private void copy(Pass current, Sink sink) {
    spansDone = current.committed().spans();
    phases.begin("prepare");
    sink.prepare(current.committed().batchId());
    phases.begin("copy");
    RunningScan running =
        DriverChannel.current()
            .register(
                current.plan().passId().toString(),
                current.plan().spans(),
                current.committed().spans());
    scan = running;
    RunningTable table = progress.tableStarted(name(), running);
    long rows = 0;
    try (running) {
      stream(current, sink, running, table);
      Pass now = checkpoint.reread(current);
      pass = now;
      if (now.committed().spans() < now.plan().spans().size()) {
        outcome = Outcome.STOPPED;
        settle(running);
        rows = running.counts().rows();
        return;
      }
      phases.begin("finish");
      Manifest written = sink.finish(now.committed().batchId());
      manifest = written;
      checkpoint.finish(now, finished(now, written));
      pass = checkpoint.reread(now);
      outcome = Outcome.DONE;
      rows = TableReport.Written.of(written, now.plan().passId()).rows();
      settle(running);
    } finally {
      progress.tableFinished(table, outcome, rows);
      phases.end();
    }
  }

  /** Runs Spark's stream to the end of the plan, or to the end of the batch if it is to stop. */
  private void stream(Pass current, Sink sink, RunningScan running, RunningTable table) {
    Dataset<Row> rows =
        spark
            .readStream()
            .format(RinglakeSource.NAME)
            .options(config.sourceOptions())
            .option("table", name().toString())
            .option("plan", TableCheckpoint.planFile(current.folder()).toString())
            .load();
    try {
      StreamingQuery query =
          plan.layout()
              .apply(rows)
              .writeStream()
              .queryName("ringlake " + name())
              .option("checkpointLocation", current.folder().toString())
              .trigger(Trigger.AvailableNow())
              .foreachBatch(
                  (Dataset<Row> batch, Long batchId) -> {
                    RunningBatch at = batch(current.plan(), batchId);
                    table.batch(at);
                    spark.sparkContext().setJobDescription(at.description());
                    sink.write(
                        batchId,
                        plan.layout()
                            .distribute(
                                batch, config.output().fileSize(), SHUFFLE_BYTES_PER_DISK_BYTE));
                    running.committed(at.endSpan());
                    spansDone = at.endSpan();
                  })
              .start();
      query.awaitTermination();
    } catch (StreamingQueryException | TimeoutException e) {
      throw QueryFailure.of(e, name(), config.read().consistency());
    }
  }

  private RunningBatch batch(ScanPlan scanPlan, long batchId) {
    int spans = scanPlan.spans().size();
    int size = scanPlan.batchSpans();
    int first = Math.toIntExact(batchId * size);
    return new RunningBatch(
        name(),
        Math.toIntExact(batchId) + 1,
        (spans + size - 1) / size,
        first,
        Math.min(spans, first + size),
        spans);
  }

  private void settle(RunningScan running) {
    try {
      running.settle(LAST_COUNTS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Finished finished(Pass now, Manifest written) {
    TableReport.Written own = TableReport.Written.of(written, now.plan().passId());
    return new Finished(
        Finished.VERSION,
        own.rows(),
        own.bytes(),
        own.files(),
        now.attempts().size(),
        Instant.now());
  }

  private static Command command(ExportConfig config, TablePlan plan) {
    Table table = plan.table();
    List<Column> columns =
        plan.select().projection().items().stream().map(SelectItem::column).distinct().toList();
    return new Command(
        table.name(),
        table.id(),
        ScanPlan.schemaOf(columns),
        config.identity(),
        plan.output().toString(),
        config.output().mode(),
        config.run().runId(),
        config.run().restart());
  }

  private ScanPlan scanPlan(Command command, UUID passId, Set<UUID> givenUp) {
    return new ScanPlan(
        ScanPlan.VERSION,
        driver.runId(),
        passId,
        givenUp,
        name().toString(),
        command.tableId(),
        command.schema(),
        command.identity(),
        plan.select().cql(),
        plan.ring().interleave(plan.ring().cut(plan.sizing().spans())),
        plan.sizing().batchSpans(),
        plan.layout().partitionColumns().isEmpty() ? plan.sizing().taskSpans() : 1,
        command.target(),
        Instant.now());
  }

  private Sink sink(UUID passId, Set<UUID> givenUp, Runnable holdCheck) {
    return new Sinks(config.output(), plan, spark).of(passId, givenUp, holdCheck);
  }

  private TableName name() {
    return plan.table().name();
  }

  private TableReport report(@Nullable RuntimeException failure) {
    Pass current = pass;
    RunningScan running = scan;
    List<String> warnings = new ArrayList<>(notes);
    plan.select().projection().leftOut().stream()
        .filter(LeftOut::byName)
        .map(
            left ->
                "%s of %s is left out: %s"
                    .formatted(left.aspect().fieldName(), left.column(), left.reason()))
        .forEach(warnings::add);
    return new TableReport(
        name(),
        current == null ? null : current.plan().passId().toString(),
        plan.output().toString(),
        outcome,
        failure == null ? null : ErrorReport.of(failure),
        attemptNumber,
        current == null ? 0 : current.plan().spans().size(),
        spansDone,
        running == null ? TableReport.Read.NOTHING : TableReport.Read.of(running.counts()),
        written(current, manifest),
        phases.ended(),
        ColumnReport.of(plan.select().projection()),
        warnings);
  }

  private static TableReport.@Nullable Written written(
      @Nullable Pass pass, @Nullable Manifest manifest) {
    if (pass == null) {
      return null;
    }
    return manifest != null
        ? TableReport.Written.of(manifest, pass.plan().passId())
        : pass.finished()
            .map(done -> new TableReport.Written(done.rows(), done.bytes(), done.files()))
            .orElse(null);
  }

  /**
   * The report of a table that was not planned.
   *
   * @param failure why, null if the run was stopped before
   */
  private static TableReport unplanned(
      ExportConfig config, TableName table, @Nullable RuntimeException failure) {
    return new TableReport(
        table,
        null,
        config.outputOf(table),
        failure == null ? Outcome.STOPPED : Outcome.FAILED,
        failure == null ? null : ErrorReport.of(failure),
        0,
        0,
        0,
        TableReport.Read.NOTHING,
        null,
        List.of(),
        List.of(),
        List.of());
  }
}
