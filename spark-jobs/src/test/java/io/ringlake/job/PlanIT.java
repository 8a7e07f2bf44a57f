package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.testing.Command;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import io.ringlake.testing.FolderTree;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.OrdersTable;
import io.ringlake.testkit.SharedCassandra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan tells of an export, and that it does none of it. */
@Tag("versions")
class PlanIT {

  private static CassandraCluster cassandra;
  private static CqlSession cql;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
    cql.execute("DROP KEYSPACE IF EXISTS plan_it");
    new OrdersTable(cql, "plan_it").insert(0, 2_000);
    cql.execute(
        "CREATE TABLE plan_it.visits (site text, day date, ever counter static, n counter,"
            + " PRIMARY KEY (site, day))");
    cql.execute(
        "CREATE TABLE plan_it.readings (sensor text, at timestamp, owner text static, value double,"
            + " PRIMARY KEY (sensor, at))");
  }

  private static Command run(String job, Path output, String table, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                job,
                "--table",
                table,
                "--output",
                output.toString(),
                "--contact-points",
                cassandra.contactPointsText()));
    arguments.addAll(List.of(more));
    return Command.run(arguments.toArray(String[]::new));
  }

  /** Plans, and holds the plan to its promise that it writes nothing. */
  private Command plan(String table, String... more) {
    SortedMap<String, String> before = FolderTree.of(folder);
    Command plan = run("plan", output(), table, more);
    assertThat(FolderTree.of(folder)).isEqualTo(before);
    return plan;
  }

  private Path output() {
    return folder.resolve("out");
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  @Test
  void tellsOfEachColumnWhatIsDoneWithItAndWhy() {
    assertThat(plan("plan_it.readings", "--writetime", "*", "--ttl", "value").succeeded().out())
        .isEqualTo(
            """
            Settings are right.
              tables      plan_it.readings
              output      OUT
              checkpoint  OUT/_ringlake/checkpoint
              cluster     ringlake-testkit: 1 node in datacenter1, Cassandra VERSION

            plan_it.readings
              query       SELECT "sensor", "at", "value", "owner", WRITETIME("value"), WRITETIME("owner"), TTL("value") FROM "plan_it"."readings" WHERE token("sensor") > ? AND token("sensor") <= ?
              consistency LOCAL_ONE
              size        not known: the cluster has no estimate yet, as for a table just filled
              spans       16 spans in 4 batches
              output      OUT/ in parquet, zstd
              columns     sensor (text, partition key): value; writetime left out: part of the primary key, which has no cell of its own
                          at (timestamp, clustering): value; writetime left out: part of the primary key, which has no cell of its own
                          value (double, regular): value; writetime as value_writetime; ttl as value_ttl
                          owner (text, static): value; writetime as owner_writetime
              then        a new pass begins, mode error
            """
                .replace("OUT", output().toString())
                .replace("VERSION", version()));
  }

  private static String version() {
    return cql.execute("SELECT release_version FROM system.local").all().get(0).getString(0);
  }

  @Test
  void tellsWhyCountersHaveNoWriteTimes() {
    assertThat(plan("plan_it.visits", "--writetime", "*").succeeded().out())
        .contains(
            """
              columns     site (text, partition key): value; writetime left out: part of the primary key, which has no cell of its own
                          day (date, clustering): value; writetime left out: part of the primary key, which has no cell of its own
                          n (counter, regular): value; writetime left out: a counter, whose write time and TTL Cassandra does not tell
                          ever (counter, static): value; writetime left out: a counter, whose write time and TTL Cassandra does not tell
            """);
  }

  @Test
  void writeTimesAreOffUnlessAskedFor() throws Exception {
    String plan = plan("plan_it.orders", "--columns", "order_id,status").succeeded().out();
    run("export", output(), "plan_it.orders", "--columns", "order_id,status").succeeded();

    assertThat(plan).doesNotContainIgnoringCase("writetime").doesNotContainIgnoringCase("ttl");
    try (DuckLake lake = new DuckLake(output())) {
      assertThat(lake.sortedRows("SELECT column_name FROM (DESCRIBE SELECT * FROM lake)"))
          .containsExactly("order_id", "status");
    }
  }

  @Test
  void tellsSizeFilesAndFilteringOnceTheClusterKnowsThem() {
    cassandra.node(1).nodetool("flush", "plan_it");
    cassandra.node(1).nodetool("refreshsizeestimates");

    assertThat(plan("plan_it.orders", "--filter", "status = 'paid'").succeeded().out())
        .contains(" AND token(\"customer_id\") <= ? AND status = 'paid' ALLOW FILTERING\n")
        .contains(
            "  filtering   the filter needs ALLOW FILTERING: the cluster reads rows that it drops\n")
        .containsPattern(
            "  size +about [\\d.]+ KB and \\d+ partitions \\(system.size_estimates\\)\n")
        .containsPattern("  spans +16 spans in 1 batch, about 0:00\n")
        .containsPattern(
            "  files +about 2 files of [\\d.]+ KB; 2 of them below a quarter of --file-size 128MB\n");
    assertThat(plan("plan_it.orders", "--partition-by", "year(ordered_at)").succeeded().out())
        .contains("  output      %s/year=…/ in parquet, zstd\n".formatted(output()))
        .containsPattern(
            "  files +each batch adds a file to each folder that it has rows for, a small one if"
                + " these are less than 32.0 MB of its [\\d.]+ KB\n");
  }

  @Test
  void tellsWhichPartOfTheRingIsRead() {
    assertThat(
            plan("plan_it.readings", "--token-range", "0..2305843009213693952,-3..-1")
                .succeeded()
                .out())
        .contains(
            """
              ring        12.5 % of the ring, token range -3..-1,0..2305843009213693952
              spans       16 spans in 4 batches
            """);
    assertThat(plan("plan_it.readings", "--sample", "0.01").succeeded().out())
        .contains(
            """
              ring        a sample of 1 % of the ring, 256 intervals, seed 0
              spans       256 spans in 4 batches
            """);
  }

  @Test
  void tellsWhichRowsAreKeptByWhenTheyWereWritten() {
    assertThat(
            plan(
                    "plan_it.readings",
                    "--written-after=2026-01-01",
                    "--written-before=2026-02-01",
                    "--written-match=all")
                .succeeded()
                .out())
        .contains(
            """
              rows        all cells written after 2026-01-01T00:00:00Z and before 2026-02-01T00:00:00Z
              consistency LOCAL_ONE
            """);
    assertThat(plan("plan_it.visits", "--written-after=1000").succeeded().out())
        .contains(
            """
              rows        any cell written after 1970-01-01T00:00:00.001Z
                          warning: no column has a write time that can be tested, so all rows are kept
              consistency LOCAL_ONE
            """);
  }

  @Test
  void looksAtSettingsAloneWithoutACluster() {
    Command plan =
        Command.run(
            "plan",
            "--check",
            "static",
            "--table",
            "shop.*",
            "--output",
            "/lake",
            "--contact-points",
            "no-such-host.invalid");

    assertThat(plan.succeeded().out())
        .isEqualTo(
            """
            Settings are right.
              tables      shop.*
              output      /lake
              checkpoint  /lake/_ringlake/checkpoint
            """);
  }

  @Test
  void readsTheTermsOfFoldersWithoutACluster() {
    Command plan =
        Command.run(
            "plan",
            "--check=static",
            "--table=shop.orders",
            "--output=/lake",
            "--partition-by=yaer(at),bucket(0,key)");

    assertThat(plan.exitCode()).isEqualTo(2);
    assertThat(plan.err())
        .startsWith(
            "RL-USAGE-014 --partition-by 'yaer(at),bucket(0,key)' cannot be read: yaer(at): there is no"
                + " yaer(), near ones are year; bucket(0,key): the number of buckets is 1 to 10000.");
    assertThat(plan.out()).isEmpty();
  }

  @Test
  void saysThatTheTargetWouldBeRefused() throws IOException {
    Files.createDirectories(output());
    Files.writeString(output().resolve("foreign.csv"), "");

    Command refused = plan("plan_it.readings");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.out())
        .endsWith(
            "  refused     file:%s is not empty: it holds foreign.csv.\n".formatted(output()));
    assertThat(refused.err())
        .isEqualTo(
            """
            RL-USAGE-008 file:%s is not empty: it holds foreign.csv.
            Use --mode append or --mode overwrite, or export to another path.
            plan failed: RL-USAGE-008, exit code 2.
            """
                .formatted(output()));
    assertThat(plan("plan_it.readings", "--mode", "append").succeeded().out())
        .endsWith("  then        a new pass begins, mode append\n");
  }

  @Test
  void saysWhatAResumeGoesByAndWhenNothingIsLeftToDo() {
    String[] settings = {"--spans", "4", "--batch-spans", "1", "--run-id", "nightly"};
    Path faulty = Path.of("faulty:" + output());
    FaultyFileSystem.arm(Fault.failAt("rename", "/commits/1$", Times.ONCE, When.BEFORE));
    run("export", faulty, "plan_it.readings", settings);
    FaultyFileSystem.arm(Fault.none());

    SortedMap<String, String> before = FolderTree.of(folder);
    assertThat(
            run("plan", faulty, "plan_it.readings", "--spans", "64", "--span-size", "1MB")
                .succeeded()
                .out())
        .endsWith(
            """
              then        resumes run nightly: 1 of 4 spans done, 1 to a batch
                          --span-size, --spans without effect: a resume goes by its stored plan
            """);
    assertThat(FolderTree.of(folder)).isEqualTo(before);

    run("export", faulty, "plan_it.readings", settings).succeeded();
    assertThat(run("plan", faulty, "plan_it.readings").succeeded().out())
        .containsPattern(
            "  then +plan_it.readings is finished: run nightly ended .* with 0 rows in 1 file."
                + " Nothing is done. --mode overwrite exports it anew.\n");
  }
}
