package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringlake.schema.TableName;
import io.ringlake.testing.Command;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.IcebergLake;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import io.ringlake.testkit.iceberg.Fault;
import io.ringlake.testkit.iceberg.RestCatalogServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports to Iceberg tables of a catalog of files. */
class IcebergIT {

  private static final int ROWS = 1_000;

  private static CassandraCluster cassandra;
  private static LiveTable table;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    table = new LiveTable(cassandra.session(), "iceberg_it", ROWS);
  }

  private Map<String, String> hadoop() {
    return Map.of("type", "hadoop", "warehouse", folder.resolve("out").toString());
  }

  private List<String> export(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--format",
                "iceberg",
                "--table",
                name,
                "--output",
                "lake.{keyspace}.{table}",
                "--checkpoint",
                folder.resolve("checkpoint").toString(),
                "--contact-points",
                cassandra.contactPointsText(),
                "--writetime",
                "*"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private IcebergLake lake(String name) {
    return new IcebergLake(hadoop(), TableName.of("iceberg_it", name));
  }

  private JsonNode report() throws Exception {
    return new ObjectMapper()
        .readTree(folder.resolve("checkpoint/_ringlake/report.json").toFile())
        .required("tables")
        .required(0);
  }

  /** The versions of a table's metadata: made, branch made, a batch each, branch in its place. */
  @Test
  @Tag("full")
  void goesOnFromAroundEveryCommit() throws Exception {
    List<Halt> halts = new ArrayList<>();
    for (int version = 1; version <= 5; version++) {
      String metadata = "/metadata/v%d\\.metadata\\.json$".formatted(version);
      halts.add(Halt.before("metadata " + version, "rename", metadata));
      halts.add(Halt.after("metadata " + version, "rename", metadata));
    }
    ExportTarget target = ExportTarget.Kind.ICEBERG_HADOOP.in(folder, table.name());
    KillableExport export =
        new KillableExport(table, cassandra, folder, target, "--spans", "8", "--batch-spans", "4");
    export.halt(halts);

    export.finish();

    target.assertHolds(table);
    try (IcebergLake lake = lake("readings");
        DuckLake rows = lake.lake()) {
      assertThat(report().required("written").required("rows").asLong())
          .isEqualTo(rows.number("SELECT count(*) FROM lake"));
      assertThat(lake.summaries("ringlake.spans")).containsExactly("0-3", "4-7");
      assertThat(lake.table().spec().fields())
          .extracting(field -> field.name() + " " + field.transform())
          .containsExactly("taken_at_month month");
    }
  }

  @Test
  void marksItsColumnsAndKeepsTheTableInStep() throws Exception {
    var cql = cassandra.session();
    cql.execute("CREATE TABLE IF NOT EXISTS iceberg_it.people (id int PRIMARY KEY, name text)");
    cql.execute("INSERT INTO iceberg_it.people (id, name) VALUES (1, 'Ada') USING TIMESTAMP 7");
    run(export(
            "iceberg_it.people",
            "--sort-by",
            "name desc",
            "--table-properties",
            "write.metadata.compression-codec=gzip"))
        .succeeded();
    cql.execute("ALTER TABLE iceberg_it.people ADD born date");
    cql.execute("INSERT INTO iceberg_it.people (id, name, born) VALUES (2, 'Alan', '1912-06-23')");

    String out =
        run(export("iceberg_it.people", "--mode", "append", "--run-id", "two")).succeeded().out();

    assertThat(out)
        .contains(
            "warning: column born date is added", "warning: column born_writetime long is added");
    try (IcebergLake lake = lake("people")) {
      assertThat(lake.table().schema().findField("name_writetime").doc())
          .isEqualTo("write time of name, microseconds since 1970");
      assertThat(lake.table().schema().findField("born").type()).isEqualTo(Types.DateType.get());
      assertThat(lake.table().schema().identifierFieldNames()).containsExactly("id");
      assertThat(lake.table().properties())
          .containsEntry("ringlake.table", "iceberg_it.people")
          .containsEntry("write.metadata.compression-codec", "gzip");
      assertThat(lake.table().sortOrder().toString()).contains("DESC NULLS LAST");
      assertThat(lake.files()).hasSize(2);
    }
    assertThat(
            run(export("iceberg_it.people", "--mode", "append", "--run-id", "two"))
                .succeeded()
                .out())
        .contains("iceberg_it.people left alone: ");
  }

  @Test
  void saysWhatIsWrongWithTheTarget() {
    cassandra.session().execute("CREATE TABLE IF NOT EXISTS iceberg_it.t (id int PRIMARY KEY)");

    Command noCatalog = Command.run(Map.of(), export("iceberg_it.t"));

    assertThat(noCatalog.exitCode()).isEqualTo(2);
    assertThat(noCatalog.err())
        .contains(
            "RL-USAGE-001 There is no catalog lake in this session.",
            "Set spark.sql.catalog.lake=org.apache.iceberg.spark.SparkCatalog");
    assertThat(run(export("iceberg_it.t", "--partition-by", "truncate(2,id),nosuch")).err())
        .contains("RL-USAGE-003", "nosuch: there is no column nosuch");
    run(export("iceberg_it.t")).succeeded();
    cassandra.session().execute("INSERT INTO iceberg_it.t (id) VALUES (1)");
    run(export("iceberg_it.t", "--run-id", "two")).succeeded();
    Command notEmpty = run(export("iceberg_it.t", "--run-id", "three"));
    assertThat(notEmpty.exitCode()).isEqualTo(2);
    assertThat(notEmpty.err()).contains("RL-USAGE-008 Table lake.iceberg_it.t has 1 rows.");
  }

  @Test
  void saysWhatTheCatalogSaysAndGoesOnWhenItIsBack() throws Exception {
    cassandra.session().execute("CREATE TABLE IF NOT EXISTS iceberg_it.r (id int PRIMARY KEY)");
    cassandra.session().execute("INSERT INTO iceberg_it.r (id) VALUES (1)");
    try (RestCatalogServer server = RestCatalogServer.start(folder.resolve("rest"))) {
      Map<String, String> rest = Map.of("type", "rest", "uri", server.uri());
      server.fail("POST .*/namespaces", Fault.FORBIDDEN, 0, 1);
      Command forbidden = run(rest, export("iceberg_it.r"));
      assertThat(forbidden.exitCode()).isEqualTo(4);
      assertThat(forbidden.err())
          .contains(
              "RL-TARGET-001 Table lake.iceberg_it.r cannot be reached or written:"
                  + " Forbidden: not you",
              "Run the same command when that is mended.");

      server.fail("POST .*/tables/r", Fault.CUT, 1, 1);
      Command cut = run(rest, export("iceberg_it.r"));
      assertThat(server.heal()).isEqualTo(1);
      assertThat(cut.exitCode()).as(cut::err).isEqualTo(4);
      assertThat(cut.err()).contains("RL-TARGET-003", "This resumes it: ringlake export");

      run(rest, export("iceberg_it.r")).succeeded();
      assertThat(report().required("written").required("rows").asInt()).isEqualTo(1);
    }
  }

  /** Iceberg's client does not try a commit again: the same command does. */
  @Test
  @Tag("full")
  void goesOnWhenACatalogWasOverloadedForTwentySeconds() throws Exception {
    cassandra.session().execute("CREATE TABLE IF NOT EXISTS iceberg_it.w (id int PRIMARY KEY)");
    for (int id = 0; id < 100; id++) {
      cassandra.session().execute("INSERT INTO iceberg_it.w (id) VALUES (?)", id);
    }
    try (RestCatalogServer server = RestCatalogServer.start(folder.resolve("rest"))) {
      Map<String, String> rest = Map.of("type", "rest", "uri", server.uri());
      server.fail("POST .*/tables/w", Fault.UNAVAILABLE, Duration.ofSeconds(20));

      Command last = run(rest, export("iceberg_it.w", "--spans", "4", "--batch-spans", "1"));
      for (int again = 0; last.exitCode() != 0 && again < 20; again++) {
        assertThat(last.exitCode()).as(last::err).isEqualTo(4);
        last = run(rest, export("iceberg_it.w", "--spans", "4", "--batch-spans", "1"));
      }
      last.succeeded();

      assertThat(server.heal()).isGreaterThan(1);
      try (IcebergLake lake = new IcebergLake(rest, TableName.of("iceberg_it", "w"));
          DuckLake rows = lake.lake()) {
        assertThat(rows.number("SELECT count(*) FROM lake")).isEqualTo(100);
        assertThat(rows.number("SELECT count(DISTINCT id) FROM lake")).isEqualTo(100);
      }
    }
  }

  private Command run(List<String> arguments) {
    return run(hadoop(), arguments);
  }

  private static Command run(Map<String, String> catalog, List<String> arguments) {
    return Command.run(IcebergLake.spark(catalog), arguments);
  }
}
