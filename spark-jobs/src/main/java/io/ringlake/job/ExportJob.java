package io.ringlake.job;

import io.ringlake.cassandra.Cluster;
import io.ringlake.cassandra.KnownTables;
import io.ringlake.cassandra.SessionSource;
import io.ringlake.checkpoint.Driver;
import io.ringlake.config.ExportConfig;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.FailureKind;
import io.ringlake.failure.RunFailure;
import io.ringlake.progress.ProgressTicker;
import io.ringlake.progress.RunObserver;
import io.ringlake.report.ErrorReport;
import io.ringlake.report.Outcome;
import io.ringlake.report.ReportFile;
import io.ringlake.report.RunReport;
import io.ringlake.report.TableReport;
import io.ringlake.runtime.DrainOnSignal;
import io.ringlake.runtime.DriverChannel;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Exports tables, each by a pass of its own, several at a time, and reports. */
public final class ExportJob {

  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final ExportConfig config;
  private final String command;
  private final String version;
  private final List<RunObserver> observers;
  private final PrintStream out;

  /**
   * @param command what resumes this run, without secrets
   * @param version of Ringlake
   * @param observers are told how it goes
   * @param out where the summary is printed
   */
  public ExportJob(
      ExportConfig config,
      String command,
      String version,
      List<RunObserver> observers,
      PrintStream out) {
    this.config = config;
    this.command = command;
    this.version = version;
    this.observers = List.copyOf(observers);
    this.out = out;
  }

  /**
   * Runs to the end, or to the end of the running batch after SIGTERM.
   *
   * @throws RunFailure the first table's failure; the others have run all the same
   */
  public void run() {
    Instant startedAt = Instant.now();
    try (Cluster cluster = Cluster.connect(new SessionSource(config.connection()))) {
      List<Table> tables = KnownTables.find(cluster, config.tables(), config.exclude());
      config.checkOutputs(tables.stream().map(Table::name).toList());
      try (SparkSession spark = ExportSession.start("ringlake export", config.output())) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        Libraries.of(hadoop).requireFor(config);
        checkReport(config, hadoop);
        DrainOnSignal.register(DriverChannel.current());
        String runId = runId(startedAt);
        List<TableExport.Result> results = exportAll(tables, cluster, spark, runId);
        RunReport report = report(results, spark, runId, startedAt);
        out.println(report.summary());
        List<RuntimeException> failures = failures(results);
        failures.addAll(store(report, hadoop));
        raise(failures, report.outcome());
      }
    }
  }

  private String runId(Instant startedAt) {
    String given = config.run().runId();
    return given != null
        ? given
        : "%s-%04x"
            .formatted(
                RUN_ID.format(startedAt), ThreadLocalRandom.current().nextInt(1 << Short.SIZE));
  }

  private List<TableExport.Result> exportAll(
      List<Table> tables, Cluster cluster, SparkSession spark, String runId) {
    Driver driver = Driver.current(runId, spark.sparkContext().applicationId());
    TablePlanner planner =
        new TablePlanner(config, cluster, spark.sparkContext().defaultParallelism());
    List<TableName> names = tables.stream().map(Table::name).toList();
    ExecutorService threads = Executors.newFixedThreadPool(config.run().parallelTables());
    try (ProgressTicker progress =
        new ProgressTicker("export", runId, names, observers, Clock.systemUTC())) {
      List<Future<TableExport.Result>> running = new ArrayList<>();
      for (TableName table : names) {
        running.add(
            threads.submit(
                () ->
                    TableExport.run(config, table, planner, spark.newSession(), driver, progress)));
      }
      List<TableExport.Result> results = new ArrayList<>();
      for (Future<TableExport.Result> result : running) {
        results.add(await(result));
      }
      progress.finished(outcome(results), exitCode(results));
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static TableExport.Result await(Future<TableExport.Result> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The export was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The export of a table ended without a result", e.getCause());
    }
  }

  private RunReport report(
      List<TableExport.Result> results, SparkSession spark, String runId, Instant startedAt) {
    Optional<RuntimeException> failure = failures(results).stream().findFirst();
    Outcome outcome = outcome(results);
    return new RunReport(
        RunReport.VERSION,
        version,
        spark.version(),
        "export",
        runId,
        spark.sparkContext().applicationId(),
        startedAt,
        Instant.now(),
        outcome,
        exitCode(results),
        failure.map(ErrorReport::of).orElse(null),
        outcome == Outcome.STOPPED || outcome == Outcome.FAILED ? command : null,
        results.stream().map(TableExport.Result::report).toList());
  }

  /** Refuses a place for the report that would fail only after the export. */
  static void checkReport(ExportConfig config, Configuration hadoop) {
    String copy = config.run().report();
    if (copy != null) {
      ReportFile.check(hadoop, new Path(copy));
    }
  }

  /**
   * Beside the output, unless nothing of this run is there; and where {@code --report} says.
   *
   * @return what went wrong with either: the export stands as it is
   */
  private List<RunFailure> store(RunReport report, Configuration hadoop) {
    List<Path> places = new ArrayList<>();
    if (report.tables().stream().anyMatch(TableReport::tellsOfTheTarget)) {
      places.add(new Path(config.reportFolder(), "report.json"));
    }
    String copy = config.run().report();
    if (copy != null) {
      places.add(new Path(copy));
    }
    List<RunFailure> failures = new ArrayList<>();
    for (Path place : places) {
      try {
        ReportFile.write(hadoop, place, report);
      } catch (RunFailure e) {
        failures.add(e);
      }
    }
    return failures;
  }

  /** Throws the first failure; the log shows the others with it. */
  private static void raise(List<RuntimeException> failures, Outcome outcome) {
    if (!failures.isEmpty()) {
      RuntimeException first = failures.get(0);
      failures.stream().filter(other -> other != first).forEach(first::addSuppressed);
      throw first;
    }
    if (outcome == Outcome.STOPPED) {
      throw stopped();
    }
  }

  private static List<RuntimeException> failures(List<TableExport.Result> results) {
    List<RuntimeException> failures = new ArrayList<>();
    for (TableExport.Result result : results) {
      if (result.failure() != null) {
        failures.add(result.failure());
      }
    }
    return failures;
  }

  private static Outcome outcome(List<TableExport.Result> results) {
    for (Outcome worst : List.of(Outcome.FAILED, Outcome.STOPPED, Outcome.DONE)) {
      if (results.stream().anyMatch(result -> result.report().outcome() == worst)) {
        return worst;
      }
    }
    return Outcome.LEFT_ALONE;
  }

  private static int exitCode(List<TableExport.Result> results) {
    Optional<RuntimeException> failure = failures(results).stream().findFirst();
    if (failure.isPresent()) {
      return failure.get() instanceof RunFailure known
          ? known.code().kind().exitCode()
          : FailureKind.INTERNAL.exitCode();
    }
    return outcome(results) == Outcome.STOPPED ? FailureKind.STOPPED.exitCode() : 0;
  }

  private static RunFailure stopped() {
    return new RunFailure(
        ErrorCode.STOPPED_ON_REQUEST,
        "The run was stopped after the running batch, as SIGTERM asked.",
        "Run the same command again to go on.");
  }
}
