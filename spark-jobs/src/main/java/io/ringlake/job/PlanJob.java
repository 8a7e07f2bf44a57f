package io.ringlake.job;

import io.ringlake.cassandra.Cluster;
import io.ringlake.cassandra.ClusterSummary;
import io.ringlake.cassandra.KnownTables;
import io.ringlake.cassandra.SessionSource;
import io.ringlake.config.ExportConfig;
import io.ringlake.config.PlanCheck;
import io.ringlake.config.TablePattern;
import io.ringlake.failure.Causes;
import io.ringlake.failure.RunFailure;
import io.ringlake.layout.Layout;
import io.ringlake.schema.Table;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Says what an export would do; writes nothing. */
public final class PlanJob {

  private final ExportConfig config;
  private final PlanCheck check;
  private final PrintStream out;

  /**
   * @param check how far it looks: at the settings only, or at the cluster, the checkpoint and the
   *     target too
   * @param out where the plan is printed
   */
  public PlanJob(ExportConfig config, PlanCheck check, PrintStream out) {
    this.config = config;
    this.check = check;
    this.out = out;
  }

  /**
   * Plans all tables.
   *
   * @throws RunFailure the first table's failure; the plans of the others are printed all the same
   */
  public void run() {
    switch (check) {
      case STATIC -> settings();
      case CONNECT -> {
        settings();
        tables();
      }
    }
  }

  private void settings() {
    Layout.check(config.output().partitionBy());
    out.println("Settings are right.");
    line(
        "tables",
        config.tables().stream().map(TablePattern::toString).collect(Collectors.joining(", ")));
    line("output", config.output().output());
    line("checkpoint", config.checkpointRoot());
  }

  private void tables() {
    RuntimeException failure = null;
    try (Cluster cluster = Cluster.connect(new SessionSource(config.connection()))) {
      List<Table> tables = KnownTables.find(cluster, config.tables(), config.exclude());
      config.checkOutputs(tables.stream().map(Table::name).toList());
      line("cluster", PlanText.cluster(ClusterSummary.of(cluster.session())));
      try (SparkSession spark = ExportSession.start("ringlake plan", config.output())) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        Libraries.of(hadoop).requireFor(config);
        ExportJob.checkReport(config, hadoop);
        TablePlanner planner =
            new TablePlanner(config, cluster, spark.sparkContext().defaultParallelism());
        for (Table table : tables) {
          failure = first(failure, print(table, planner, spark.newSession()));
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable RuntimeException print(Table table, TablePlanner planner, SparkSession spark) {
    out.println();
    out.println(table.name());
    try {
      TablePlan plan = planner.plan(table.name());
      new PlanText(config, plan).lines().forEach((name, text) -> line(name, text));
      line("then", new TablePasses(config, plan, spark).next());
      return null;
    } catch (Exception e) { // Spark throws checked ones undeclared
      RuntimeException failure = QueryFailure.of(e, table.name(), config.read().consistency());
      line(
          "refused",
          failure instanceof RunFailure known ? known.problem() : Causes.firstLine(failure));
      return failure;
    }
  }

  private static @Nullable RuntimeException first(
      @Nullable RuntimeException earlier, @Nullable RuntimeException later) {
    return earlier != null ? earlier : later;
  }

  private void line(String name, String text) {
    String indent = "\n" + " ".repeat(14);
    out.printf("  %-11s %s%n", name, text.replace("\n", indent));
  }
}
