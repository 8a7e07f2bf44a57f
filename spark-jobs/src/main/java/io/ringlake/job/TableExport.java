package io.ringlake.job;

import io.ringlake.checkpoint.Attempt;
import io.ringlake.checkpoint.Driver;
import io.ringlake.checkpoint.Finished;
import io.ringlake.checkpoint.Hold;
import io.ringlake.checkpoint.Pass;
import io.ringlake.checkpoint.PassFigures;
import io.ringlake.checkpoint.ScanPlan;
import io.ringlake.checkpoint.TableCheckpoint;
import io.ringlake.config.ExportConfig;
import io.ringlake.config.OutputConfig;
import io.ringlake.failure.RunFailure;
import io.ringlake.progress.ProgressTicker;
import io.ringlake.progress.RunningBatch;
import io.ringlake.progress.RunningTable;
import io.ringlake.projection.LeftOut;
import io.ringlake.projection.OutputColumn;
import io.ringlake.report.ColumnReport;
import io.ringlake.report.ErrorReport;
import io.ringlake.report.Outcome;
import io.ringlake.report.TableReport;
import io.ringlake.runtime.DriverChannel;
import io.ringlake.runtime.RunningScan;
import io.ringlake.schema.TableName;
import io.ringlake.sink.Sink;
import io.ringlake.sink.Written;
import io.ringlake.source.RinglakeSource;
import io.ringlake.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
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

  /**
   * Measured 1.93 on orders: LZ4 of Spark's rows in a shuffle against zstd of Parquet, which text
   * by gzip comes close to.
   */
  private static final double SHUFFLE_BYTES_PER_DISK_BYTE = 2.0;

  private static final double SHUFFLE_BYTES_PER_BYTE_OF_TEXT = 0.6;

  private static final Duration LAST_COUNTS = Duration.ofSeconds(5);

  private final ExportConfig config;
  private final TablePlan plan;
  private final SparkSession spark;
  private final Driver driver;
  private final ProgressTicker progress;
  private final TablePasses passes;
  private final TableCheckpoint checkpoint;
  private final Phases phases = new Phases();
  private Outcome outcome = Outcome.FAILED;
  private List<String> notes = List.of();
  private int attemptNumber;
  private @Nullable Pass pass;
  private @Nullable RunningScan scan;

  /** Spans whose rows are in the target; set by the query's thread too. */
  private volatile int spansDone;

  private @Nullable Written written;

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
    this.driver = driver;
    this.progress = progress;
    this.passes = new TablePasses(config, plan, spark);
    this.checkpoint = passes.checkpoint();
  }

  /**
   * What became of a table.
   *
   * @param failure what ended its export, null if nothing did
   */
  record Result(TableReport report, @Nullable RuntimeException failure) {}

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
    passes.check();
    try (Hold hold = checkpoint.hold(driver)) {
      if (DriverChannel.current().draining()) {
        end(Outcome.STOPPED);
        return;
      }
      TablePasses.Opened opened = passes.open(hold, driver);
      Pass current = opened.pass();
      pass = current;
      notes = opened.notes();
      spansDone = current.committed().spans();
      if (opened.isDone()) {
        attemptNumber = current.attempts().size();
        end(Outcome.LEFT_ALONE);
        return;
      }
      Attempt attempt = checkpoint.beginAttempt(current, driver, Instant.now());
      attemptNumber = attempt.number();
      try {
        copy(current, passes.sink(current, hold));
      } catch (Exception e) { // Spark throws checked ones undeclared
        endFailed(current, attempt, e);
        throw e;
      }
      endWell(current, attempt);
    }
  }

  /** What is done stays done, also where the checkpoint cannot be told that the attempt ended. */
  private void endWell(Pass current, Attempt attempt) {
    try {
      checkpoint.endAttempt(current, attempt, Instant.now(), outcome.toString());
    } catch (RunFailure e) {
      notes = Stream.concat(notes.stream(), Stream.of(e.problem())).toList();
    }
  }

  /** Ends before anything was read. */
  private void end(Outcome how) {
    outcome = how;
    progress.tableFinished(name(), how, 0);
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

  private void copy(Pass current, Sink sink) {
    phases.begin("prepare");
    List<String> changes = sink.prepare(current.committed().batchId());
    notes = Stream.concat(notes.stream(), changes.stream()).toList();
    phases.begin("copy");
    RunningScan running =
        DriverChannel.current()
            .register(
                current.plan().passId().toString(),
                current.plan().spans(),
                current.committed().spans());
    scan = running;
    RunningTable table = progress.tableStarted(name(), config.read().ring(), running);
    long rows = 0;
    try (running) {
      stream(current, sink, running, table);
      Pass now = checkpoint.reread(current);
      pass = now;
      if (now.committed().spans() < now.plan().spans().size()) {
        outcome = Outcome.STOPPED;
        return;
      }
      phases.begin("finish");
      Written whole = sink.finish(now.committed().batchId());
      written = whole;
      checkpoint.finish(now, finished(now, whole));
      outcome = Outcome.DONE;
      rows = whole.rows();
    } finally {
      progress.tableFinished(
          table, outcome, outcome == Outcome.DONE ? rows : running.counts().rows());
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
                                batch, config.output().fileSize(), shuffleBytesPerDiskByte()));
                    running.committed(at.endSpan());
                    spansDone = at.endSpan();
                    keepFigures(current, batchId, at, running);
                  })
              .start();
      query.awaitTermination();
    } catch (StreamingQueryException | TimeoutException e) {
      throw QueryFailure.of(e, name(), config.read().consistency());
    }
  }

  private double shuffleBytesPerDiskByte() {
    OutputConfig output = config.output();
    return output.format().isText() && output.compression().equals("uncompressed")
        ? SHUFFLE_BYTES_PER_BYTE_OF_TEXT
        : SHUFFLE_BYTES_PER_DISK_BYTE;
  }

  private RunningBatch batch(ScanPlan scanPlan, long batchId) {
    int spans = scanPlan.spans().size();
    int size = scanPlan.batchSpans();
    return new RunningBatch(
        name(),
        Math.toIntExact(batchId) + 1,
        (spans + size - 1) / size,
        scanPlan.firstSpan(batchId),
        scanPlan.endSpan(batchId),
        spans);
  }

  /** What was counted of a batch that the target holds now. */
  private void keepFigures(Pass current, long batchId, RunningBatch batch, RunningScan running) {
    if (checkpoint.hasFigures(current, batchId)) {
      return; // an earlier driver read it, this one did not
    }
    boolean isWhole = false;
    try {
      isWhole = running.settle(batch.firstSpan(), batch.endSpan(), LAST_COUNTS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    checkpoint.keepFigures(current, batchId, isWhole, running.takeFigures());
  }

  private static Finished finished(Pass now, Written whole) {
    return new Finished(
        Finished.VERSION,
        whole.rows(),
        whole.bytes(),
        whole.files(),
        now.attempts().size(),
        Instant.now());
  }

  private TableName name() {
    return plan.table().name();
  }

  private TableReport report(@Nullable RuntimeException failure) {
    Pass current = pass;
    RunningScan running = scan;
    List<String> warnings = new ArrayList<>(notes);
    plan.select().projection().leftOut().stream()
        .filter(LeftOut::isWarning)
        .map(
            left ->
                "%s of %s is %s: %s"
                    .formatted(
                        left.aspect().fieldName(),
                        left.column(),
                        left.asNull() ? "null" : "left out",
                        left.reason()))
        .forEach(warnings::add);
    warnings.addAll(plan.select().projection().tests().warnings());
    PassFigures figures = figures(current, warnings);
    warnings.addAll(found(figures));
    return new TableReport(
        name(),
        current == null ? null : current.plan().passId().toString(),
        plan.output(),
        outcome,
        failure == null ? null : ErrorReport.of(failure),
        attemptNumber,
        TableReport.RingRead.of(config.read().ring()),
        current == null ? 0 : current.plan().spans().size(),
        spansDone,
        running == null ? TableReport.Read.NOTHING : TableReport.Read.of(running.counts()),
        TableReport.Found.of(figures),
        written(current, written),
        phases.ended(),
        ColumnReport.of(plan.select().projection()),
        warnings);
  }

  /** What is kept of the rows of all attempts; if it cannot be read, a warning says so. */
  private PassFigures figures(@Nullable Pass current, List<String> warnings) {
    if (current == null) {
      return PassFigures.NONE;
    }
    try {
      return checkpoint.figures(checkpoint.reread(current));
    } catch (RunFailure e) {
      warnings.add("what was found out about the rows is not known: " + e.problem());
      return PassFigures.NONE;
    }
  }

  /** What the rows turned out to be that an operator should know. */
  private List<String> found(PassFigures pass) {
    List<String> found = new ArrayList<>();
    pass.figures().misfits().forEach((column, values) -> found.add(misfits(column, values)));
    long unstamped = pass.figures().rowsWithoutWritetime();
    if (unstamped > 0) {
      found.add("%s without a write time kept".formatted(Figures.count(unstamped, "row")));
    }
    if (pass.batchesUnknown() > 0) {
      found.add(
          "of the rows of %s not all is known that is counted"
              .formatted(
                  pass.batchesUnknown() == 1 ? "1 batch" : pass.batchesUnknown() + " batches"));
    }
    return found;
  }

  private String misfits(String column, long values) {
    String text =
        plan.select().projection().columns().stream()
            .filter(output -> output.content() instanceof OutputColumn.MisfitText)
            .filter(output -> output.column().name().name().equals(column))
            .map(output -> ", and text in " + output.name())
            .findFirst()
            .orElse("");
    return "%s of %s did not fit: null%s".formatted(Figures.count(values, "value"), column, text);
  }

  private static @Nullable Written written(@Nullable Pass pass, @Nullable Written now) {
    if (now != null || pass == null) {
      return now;
    }
    return pass.finished()
        .map(done -> new Written(done.rows(), done.bytes(), done.files()))
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
        TableReport.RingRead.of(config.read().ring()),
        0,
        0,
        TableReport.Read.NOTHING,
        TableReport.Found.of(PassFigures.NONE),
        null,
        List.of(),
        List.of(),
        List.of());
  }
}
