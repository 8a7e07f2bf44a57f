package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.testing.Command;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.DriverProcess;
import io.ringlake.testing.DuckLake;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.OrdersTable;
import io.ringlake.testkit.SharedCassandra;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole exports of small tables, read by DuckDB and compared with what CQL returns. */
@Tag("versions")
class ExportIT {

  private static final int ORDERS = 4_000;

  private static CassandraCluster cassandra;
  private static CqlSession cql;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
    execute(
        "DROP KEYSPACE IF EXISTS export_it",
        "CREATE KEYSPACE export_it WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    new OrdersTable(cql, "export_it").insert(0, ORDERS);
  }

  private Command export(String table, String... more) {
    return export(Map.of(), table, more);
  }

  private Command export(Map<String, String> properties, String table, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--table",
                table,
                "--output",
                output().toString(),
                "--contact-points",
                cassandra.contactPointsText()));
    arguments.addAll(List.of(more));
    return Command.run(properties, arguments);
  }

  private Path output() {
    return folder.resolve("out");
  }

  private List<String> exported(String columns) throws SQLException {
    try (DuckLake lake = new DuckLake(output())) {
      return lake.sortedRows("SELECT %s FROM lake".formatted(columns));
    }
  }

  private static void execute(String... statements) {
    for (String statement : statements) {
      cql.execute(statement);
    }
  }

  @Test
  void isTheSameWhereTheLocaleHasDigitsOfItsOwn() throws Exception {
    execute(
        "CREATE TABLE export_it.digits (id int PRIMARY KEY)",
        "INSERT INTO export_it.digits (id) VALUES (1)");
    Path log = folder.resolve("driver.log");
    try (DriverProcess driver =
        DriverProcess.start(
            log,
            Map.of("user.language", "fa"),
            "export",
            "--table=export_it.digits",
            "--output=" + output(),
            "--spans=2",
            "--batch-spans=1",
            "--contact-points=" + cassandra.contactPointsText())) {
      assertThat(driver.await(Duration.ofMinutes(2))).as(Files.readString(log)).isZero();
    }

    assertThat(exported("id")).containsExactly("1");
    assertThat(output().resolve("_ringlake/checkpoint/export_it.digits/pass-0001/plan.json"))
        .exists();
  }

  @Test
  void keepsEveryScalarTypeAsItIs() throws Exception {
    execute(
        "CREATE TABLE export_it.scalars (id int PRIMARY KEY, a ascii, bi bigint, bl blob, bo boolean,"
            + " da date, de decimal, do double, du duration, fl float, ip inet, sm smallint, te"
            + " text, ti time, ts timestamp, tu timeuuid, ty tinyint, uu uuid, va varint)",
        "INSERT INTO export_it.scalars (id, a, bi, bl, bo, da, de, do, du, fl, ip, sm, te, ti, ts,"
            + " tu, ty, uu, va) VALUES (1, 'x', -9223372036854775808, 0x00ff, true, '-0044-03-15',"
            + " -0.000000000000000000000000000000001, 1.5e-300, -1mo2d3ns, 1.25, '2001:db8::1',"
            + " -32768, 'naïve 🚀', '23:59:59.999999999', '1883-11-18T12:03:58.001Z',"
            + " 50554d6e-29bb-11e5-b345-feff819cdc9f, -128,"
            + " 00000000-0000-0000-0000-000000000000,"
            + " 123456789012345678901234567890123456789012345678901234567890)",
        "INSERT INTO export_it.scalars (id) VALUES (3)");
    cql.execute(
        "INSERT INTO export_it.scalars (id, a, bl, te, do, fl, de, va) VALUES (2, '', 0x, '', ?, ?, ?, ?)",
        Double.NaN,
        Float.NEGATIVE_INFINITY,
        new BigDecimal("1E+400"),
        BigInteger.ZERO);
    String columns = "id, a, bi, bl, bo, da, de, do, du, fl, ip, sm, te, ti, ts, tu, ty, uu, va";

    export("export_it.scalars").succeeded();

    // epoch_us, since DuckDB's JDBC driver is a second off for fractions of seconds before 1970.

    assertThat(exported(columns.replace(" do,", " \"do\",").replace(" ts,", " epoch_us(ts),")))
        .hasSize(3)
        .isEqualTo(CqlRows.sorted(cql, "SELECT %s FROM export_it.scalars".formatted(columns)));
  }

  @Test
  void exportsRowsThatHaveStaticColumnsOnly() throws Exception {
    execute(
        "CREATE TABLE export_it.statics (p int, c int, s text static, v text, PRIMARY KEY (p, c))",
        "INSERT INTO export_it.statics (p, s) VALUES (1, 'alone') USING TIMESTAMP 5",
        "INSERT INTO export_it.statics (p, s) VALUES (2, 'shared') USING TIMESTAMP 6",
        "INSERT INTO export_it.statics (p, c, v) VALUES (2, 1, 'x') USING TIMESTAMP 7",
        "INSERT INTO export_it.statics (p, c, v) VALUES (2, 2, 'y') USING TIMESTAMP 8");

    export("export_it.statics", "--writetime", "*").succeeded();

    assertThat(exported("p, c, s, v, s_writetime, v_writetime"))
        .containsExactly("1|null|alone|null|5|null", "2|1|shared|x|6|7", "2|2|shared|y|6|8");
  }

  @Test
  void exportsAnEmptyTableAsAFolderWithItsSchema() throws Exception {
    execute("CREATE TABLE export_it.empty (id uuid PRIMARY KEY, name text)");

    export("export_it.empty").succeeded();

    assertThat(exported("id, name")).isEmpty();
    assertThat(output().resolve("_SUCCESS")).exists();
    assertThat(output().resolve("_ringlake/manifest.json")).content().contains("\"rows\" : 0");
  }

  @Test
  void exportsATableThatHasOnlyKeys() throws Exception {
    execute(
        "CREATE TABLE export_it.keys (a int, b text, c int, PRIMARY KEY ((a, b), c))",
        "INSERT INTO export_it.keys (a, b, c) VALUES (1, 'x', 2)",
        "INSERT INTO export_it.keys (a, b, c) VALUES (1, '', 3)");

    Command run = export("export_it.keys", "--writetime", "*").succeeded();

    assertThat(exported("a, b, c")).containsExactly("1|x|2", "1||3");
    assertThat(run.out()).contains("2 rows in");
  }

  @Test
  void takesAnEmptyPartOfAKeyForNull() throws Exception {
    execute(
        "CREATE TABLE export_it.empty_keys (a int, b text, c timestamp, v int, PRIMARY KEY ((a, b), c))",
        "INSERT INTO export_it.empty_keys (a, b, c, v) VALUES (blobAsInt(0x), 'x',"
            + " blobAsTimestamp(0x), 1)",
        "INSERT INTO export_it.empty_keys (a, b, c, v) VALUES (2, '', 0, 2)");

    export("export_it.empty_keys").succeeded();

    assertThat(exported("a, b, c, v")).containsExactly("2||0|2", "null|x|null|1");
  }

  @Test
  void finishesWithWhateverSerializerSparkHas() throws Exception {
    execute(
        "CREATE TABLE export_it.serialized (id int PRIMARY KEY)",
        "INSERT INTO export_it.serialized (id) VALUES (1)");

    export(
            Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer"),
            "export_it.serialized")
        .succeeded();

    assertThat(exported("id")).containsExactly("1");
  }

  @Test
  void keepsQuotedAndMixedCaseNames() throws Exception {
    execute(
        "CREATE KEYSPACE IF NOT EXISTS \"Export_It\" WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}",
        "CREATE TABLE IF NOT EXISTS \"Export_It\".\"My_Table\" (\"Id\" int PRIMARY KEY, \"a \"\"b\"\"\" text,"
            + " \"Größe\" int, \"select\" int)",
        "INSERT INTO \"Export_It\".\"My_Table\" (\"Id\", \"a \"\"b\"\"\", \"Größe\", \"select\") VALUES"
            + " (1, 'x', 2, 3) USING TIMESTAMP 9");

    export("\"Export_It\".\"My_Table\"", "--writetime", "\"Größe\"").succeeded();

    assertThat(exported("\"Id\", \"a \"\"b\"\"\", \"Größe\", \"select\", \"Größe_writetime\""))
        .containsExactly("1|x|2|3|9");
  }

  @Test
  void exportsAMaterializedView() throws Exception {
    execute(
        "CREATE TABLE export_it.base (id int PRIMARY KEY, country text, v int)",
        "CREATE MATERIALIZED VIEW export_it.by_country AS SELECT * FROM export_it.base WHERE country"
            + " IS NOT NULL AND id IS NOT NULL PRIMARY KEY (country, id)");
    execute(
        "INSERT INTO export_it.base (id, country, v) VALUES (1, 'de', 10) USING TIMESTAMP 11",
        "INSERT INTO export_it.base (id, country, v) VALUES (2, 'fr', 20) USING TIMESTAMP 12");

    export("export_it.by_country", "--writetime", "v").succeeded();

    assertThat(exported("country, id, v, v_writetime")).containsExactly("de|1|10|11", "fr|2|20|12");
  }

  @Test
  void exportsCountersAndSaysWhyTheyHaveNoWriteTimes() throws Exception {
    execute(
        "CREATE TABLE export_it.clicks (page text PRIMARY KEY, n counter)",
        "UPDATE export_it.clicks SET n = n + 41 WHERE page = 'home'",
        "UPDATE export_it.clicks SET n = n + 1 WHERE page = 'home'");

    Command run = export("export_it.clicks", "--writetime", "n").succeeded();

    assertThat(exported("page, n")).containsExactly("home|42");
    assertThat(run.out())
        .contains(
            "writetime of n is left out: a counter, whose write time and TTL Cassandra does not");
    assertThat(Files.readString(output().resolve("_ringlake/report.json")))
        .contains("a counter, whose write time and TTL Cassandra does not");
  }

  @Test
  void nestsWriteTimesInOneColumnIfAsked() throws Exception {
    export(
            "export_it.orders",
            "--writetime",
            "status",
            "--ttl",
            "coupon",
            "--expires-at",
            "--cell-layout",
            "struct")
        .succeeded();

    assertThat(exported("order_id, _cells.writetime.status"))
        .isEqualTo(CqlRows.sorted(cql, "SELECT order_id, writetime(status) FROM export_it.orders"));
    try (DuckLake lake = new DuckLake(output())) {
      assertThat(lake.sortedRows("SELECT count(_cells.expires_at.coupon) FROM lake"))
          .isEqualTo(CqlRows.sorted(cql, "SELECT count(coupon) FROM export_it.orders"))
          .doesNotContain("0");
      assertThat(
              lake.number(
                  "SELECT count(*) FROM lake WHERE abs(epoch(_cells.expires_at.coupon) -"
                      + " epoch(now()) - _cells.ttl.coupon) > 600"))
          .isZero();
    }
  }

  @Test
  void readsOnlyWhatAFilterLetsThrough() throws Exception {
    Command run =
        export("export_it.orders", "--filter", "country = 'JP'", "--columns", "order_id,country")
            .succeeded();

    assertThat(exported("order_id, country"))
        .isEqualTo(
            CqlRows.sorted(
                cql,
                "SELECT order_id, country FROM export_it.orders WHERE country = 'JP' ALLOW"
                    + " FILTERING"));
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void readsEachRowOnceInTwoExportsOfComplementaryPartsOfTheRing() throws Exception {
    Command outer =
        export("export_it.orders", "--token-range", "3000000000000000000..-4000000000000000000")
            .succeeded();
    List<String> outerRows = exported("order_id");
    Command inner =
        export(
                "export_it.orders",
                "--token-range=-4000000000000000000..0,0..3000000000000000000",
                "--mode",
                "append",
                "--run-id",
                "inner")
            .succeeded();

    assertThat(outerRows)
        .isEqualTo(
            Stream.concat(
                    CqlRows.sorted(
                        cql,
                        "SELECT order_id FROM export_it.orders WHERE token(customer_id) >"
                            + " 3000000000000000000")
                        .stream(),
                    CqlRows.sorted(
                        cql,
                        "SELECT order_id FROM export_it.orders WHERE token(customer_id) <="
                            + " -4000000000000000000")
                        .stream())
                .sorted()
                .toList())
        .isNotEmpty();
    assertThat(exported("order_id"))
        .isEqualTo(CqlRows.sorted(cql, "SELECT order_id FROM export_it.orders"));
    assertThat(outer.out())
        .contains(", 62.1 % of the ring, token range 3000000000000000000..-4000000000000000000, ");
    assertThat(inner.out())
        .contains(", 37.9 % of the ring, token range -4000000000000000000..3000000000000000000, ");
    assertThat(Files.readString(output().resolve("_ringlake/report.json")))
        .contains("\"tokenRange\" : \"-4000000000000000000..3000000000000000000\"");
  }

  @Test
  void readsTheSameSampleOfWholePartitionsAgain() throws Exception {
    String[] sample = {
      "--columns", "customer_id,order_id", "--sample", "0.1", "--sample-seed", "7"
    };

    Command run = export("export_it.orders", sample).succeeded();
    List<String> customers = exported("DISTINCT customer_id");
    List<String> rows = exported("customer_id, order_id");
    export("export_it.orders", concat(sample, "--mode", "overwrite", "--spans", "999")).succeeded();

    assertThat(rows)
        .isEqualTo(
            CqlRows.sorted(cql, "SELECT customer_id, order_id FROM export_it.orders").stream()
                .filter(row -> customers.contains(row.split("\\|", 2)[0]))
                .toList())
        .hasSizeBetween(ORDERS / 20, ORDERS / 5);
    assertThat(exported("customer_id, order_id")).isEqualTo(rows);
    assertThat(run.out()).contains(", a sample of 10 % of the ring, 256 intervals, seed 7, ");
  }

  private static String[] concat(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void refusesToResumeWithAnotherPartOfTheRing() {
    String[] half = {"--columns", "order_id", "--token-range", "0..-9223372036854775808"};
    export("export_it.orders", half).succeeded();

    Command whole = export("export_it.orders", "--columns", "order_id");

    assertThat(whole.exitCode()).isEqualTo(2);
    assertThat(whole.err()).contains("token-range was '0..9223372036854775807', is now ''");
  }

  @Test
  void leavesAFinishedExportAloneAndAddsToItOnlyIfAsked() throws Exception {
    export("export_it.orders", "--columns", "order_id").succeeded();
    Command again = export("export_it.orders", "--columns", "order_id").succeeded();

    assertThat(again.out()).contains("left alone");
    export("export_it.orders", "--columns", "order_id", "--mode", "append", "--run-id", "second")
        .succeeded();
    assertThat(exported("order_id")).hasSize(2 * ORDERS);
  }

  @Test
  void doesNotTakeAnExportForDoneWhoseFilesAreGone() throws Exception {
    String checkpoint = folder.resolve("checkpoint").toString();
    export("export_it.orders", "--columns", "order_id", "--checkpoint", checkpoint).succeeded();
    try (Stream<Path> files = Files.list(output())) {
      Files.delete(
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }

    Command again = export("export_it.orders", "--columns", "order_id", "--checkpoint", checkpoint);

    assertThat(again.exitCode()).isEqualTo(4);
    assertThat(again.err())
        .contains("RL-TARGET-002 export_it.orders is finished by its checkpoint, but ");
  }

  @Test
  void exportsManyTablesByAGlobIntoFoldersOfTheirOwn() throws Exception {
    execute(
        "CREATE KEYSPACE IF NOT EXISTS export_many WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}",
        "CREATE TABLE IF NOT EXISTS export_many.one (id int PRIMARY KEY)",
        "CREATE TABLE IF NOT EXISTS export_many.two (id int PRIMARY KEY)",
        "CREATE TABLE IF NOT EXISTS export_many.skipped (id int PRIMARY KEY)",
        "INSERT INTO export_many.one (id) VALUES (1)",
        "INSERT INTO export_many.two (id) VALUES (2)");

    export("export_many.*", "--exclude", "export_many.skip*", "--parallel-tables", "2").succeeded();

    try (DuckLake lake = new DuckLake(output().resolve("export_many/two"))) {
      assertThat(lake.sortedRows("SELECT id FROM lake")).containsExactly("2");
    }
    try (Stream<Path> tables = Files.list(output().resolve("export_many"))) {
      assertThat(tables.map(table -> table.getFileName().toString()))
          .containsExactlyInAnyOrder("one", "two");
    }
    assertThat(output().resolve("_ringlake/report.json")).content().contains("export_many.one");
  }
}
