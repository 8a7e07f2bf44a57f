package io.ringlake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.failure.RunFailure;
import io.ringlake.testing.CqlRows;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.CassandraVersion;
import io.ringlake.testkit.OrdersTable;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source in a notebook's way: without our jobs and without our plugin. */
@Tag("versions")
class SourceIT {

  private static final int ORDERS = 2_000;

  private static CassandraCluster cassandra;
  private static CqlSession cql;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
    cql.execute("DROP KEYSPACE IF EXISTS source_it");
    new OrdersTable(cql, "source_it").insert(0, ORDERS);
    cql.execute(
        "CREATE TABLE source_it.indexed (id int, c int, s text static, v text, w int,"
            + " PRIMARY KEY (id, c))");
    cql.execute("CREATE INDEX ON source_it.indexed (v)");
    for (int i = 0; i < 100; i++) {
      cql.execute(
          "INSERT INTO source_it.indexed (id, c, v, w) VALUES (?, ?, ?, ?)",
          i,
          i % 3,
          i % 4 == 0 ? "it's" : "other",
          i);
    }
    cql.execute("INSERT INTO source_it.indexed (id, s) VALUES (1000, 'alone')");
    cql.execute("CREATE TABLE source_it.by_two (a int, b text, v int, PRIMARY KEY ((a, b)))");
    cql.execute("INSERT INTO source_it.by_two (a, b, v) VALUES (1, 'x', 10)");
    cql.execute("INSERT INTO source_it.by_two (a, b, v) VALUES (1, '', 20)");
    cql.execute("INSERT INTO source_it.by_two (a, b, v) VALUES (2, 'x', 30)");
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static DataFrameReader orders() {
    return spark
        .read()
        .format("ringlake")
        .option("contact-points", cassandra.contactPointsText())
        .option("table", "source_it.orders");
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.mkString("|")).sorted().toList();
  }

  @Test
  void readsTheSameRowsWhateverThePagesAndTheSpans() {
    List<String> all =
        CqlRows.sorted(cql, "SELECT order_id, writetime(amount) FROM source_it.orders");
    for (String pageRows : List.of("1", "2", "3", "5", "100", "5000")) {
      for (String spans : List.of("1", "2", "1000")) {
        Dataset<Row> rows =
            orders()
                .option("writetime", "amount")
                .option("page-rows", pageRows)
                .option("spans", spans)
                .load()
                .select("order_id", "amount_writetime");

        assertThat(sorted(rows)).as("page-rows %s, spans %s", pageRows, spans).isEqualTo(all);
      }
    }
  }

  @Test
  void findsATableThatIsYoungerThanTheSession() {
    orders().load();
    // Such that the one who makes the table does not wait until all sessions know of it.
    cql.setSchemaMetadataEnabled(false);
    try {
      cql.execute("CREATE TABLE source_it.young (id int PRIMARY KEY)");

      assertThat(orders().option("table", "source_it.young").load().count()).isZero();
    } finally {
      cql.setSchemaMetadataEnabled(null);
    }
  }

  @Test
  void readsEachRowOnceFromComplementaryPartsOfTheRing() {
    Dataset<Row> inner = orders().option("token-range", "-7..4000000000000000000").load();
    Dataset<Row> outer = orders().option("token-range", "4000000000000000000..-7").load();

    assertThat(sorted(inner.select("order_id").union(outer.select("order_id"))))
        .isEqualTo(CqlRows.sorted(cql, "SELECT order_id FROM source_it.orders"));
    assertThat(inner.queryExecution().executedPlan().toString())
        .contains(" over 21.7 % of the ring, token range -7..4000000000000000000");
    assertThat(inner.count()).isPositive();
  }

  @Test
  void readsTheSameSampleHoweverTheRingIsCut() {
    List<String> sample = sorted(orders().option("sample", "0.2").load().select("order_id"));

    assertThat(sample).hasSizeBetween(ORDERS / 10, ORDERS / 3);
    assertThat(
            sorted(
                orders().option("sample", "0.2").option("spans", "1000").load().select("order_id")))
        .isEqualTo(sample);
    assertThat(
            sorted(
                orders()
                    .option("sample", "0.2")
                    .option("sample-seed", "1")
                    .load()
                    .select("order_id")))
        .isNotEqualTo(sample);
  }

  @Test
  void readsOnlyTheColumnsThatAQueryUses() {
    Dataset<Row> rows = orders().option("writetime", "*").load().select("status_writetime");

    assertThat(rows.queryExecution().executedPlan().toString())
        .contains("SELECT WRITETIME(\"status\") FROM \"source_it\".\"orders\"");
    assertThat(rows.count()).isEqualTo(ORDERS);
  }

  @Test
  void readsOnlyTheFieldsOfTheStructThatAQueryUses() {
    Dataset<Row> rows =
        orders()
            .option("writetime", "*")
            .option("ttl", "*")
            .option("cell-layout", "struct")
            .load()
            .select("order_id", "_cells.writetime.status");

    assertThat(plan(rows))
        .contains("SELECT \"order_id\", WRITETIME(\"status\") FROM \"source_it\".\"orders\"");
    assertThat(sorted(rows))
        .isEqualTo(CqlRows.sorted(cql, "SELECT order_id, writetime(status) FROM source_it.orders"));
  }

  @Test
  void handsFiltersOnClusteringColumnsToTheCluster() {
    Row order = orders().option("pushdown", "false").load().select("order_id", "ordered_at").head();
    String id = order.getString(0);
    for (String filter :
        List.of(
            "order_id = '%s'".formatted(id),
            "ordered_at = timestamp'%s'".formatted(order.getTimestamp(1).toInstant()),
            "ordered_at >= timestamp'2024-07-01 00:00:00' AND ordered_at < timestamp'2024-08-01"
                + " 00:00:00'",
            "ordered_at > timestamp'2024-07-01 00:00:00' AND amount > 100")) {
      Dataset<Row> narrowed = orders().load().where(filter).select("order_id", "amount");
      Dataset<Row> all =
          orders().option("pushdown", "false").load().where(filter).select("order_id", "amount");

      assertThat(plan(narrowed)).as(filter).containsPattern(" <= \\? AND \"order(_id|ed_at)\" ");
      assertThat(plan(all)).as(filter).doesNotContain(" <= ? AND ");
      assertThat(sorted(narrowed)).as(filter).isEqualTo(sorted(all)).isNotEmpty();
    }
  }

  @Test
  void handsListsForAClusteringColumnToAClusterThatTakesThem() {
    Row order = orders().option("pushdown", "false").load().select("order_id").head();

    Dataset<Row> rows =
        orders()
            .load()
            .where(
                "order_id IN ('%s', '00000000-0000-0000-0000-000000000000')"
                    .formatted(order.getString(0)))
            .select("order_id");

    if (CassandraVersion.chosen() == CassandraVersion.V4_0) {
      // "IN restrictions are not supported when the query involves filtering"
      assertThat(plan(rows)).doesNotContain(" <= ? AND ");
    } else {
      assertThat(plan(rows)).contains(" <= ? AND \"order_id\" IN ");
    }
    assertThat(sorted(rows)).containsExactly(order.getString(0));
  }

  @Test
  void looksPartitionsUpThatAQueryNames() {
    String customer =
        orders().option("pushdown", "false").load().select("customer_id").head().getString(0);

    Dataset<Row> rows =
        orders().load().where("customer_id = '%s'".formatted(customer)).select("order_id");

    assertThat(plan(rows)).contains(" <= ? AND \"customer_id\" = " + customer + " over ");
    assertThat(sorted(rows))
        .isEqualTo(
            CqlRows.sorted(
                cql, "SELECT order_id FROM source_it.orders WHERE customer_id = " + customer))
        .isNotEmpty();
    Dataset<Row> indexed = orders().option("table", "source_it.indexed").load();
    assertThat(sorted(indexed.where("id IN (5, 7, 1000, 4711)").select("id", "c")))
        .containsExactly("1000|null", "5|2", "7|1");
    assertThat(indexed.where("id = 5 AND c = 1").count()).isZero();
    assertThat(indexed.where("id = 5 AND c = 2").count()).isEqualTo(1);
    Dataset<Row> byTwo = orders().option("table", "source_it.by_two").load();
    assertThat(sorted(byTwo.where("a = 1 AND b = 'x'"))).containsExactly("1|x|10");
    assertThat(sorted(byTwo.where("b = 'x'"))).containsExactly("1|x|10", "2|x|30");
    assertThat(sorted(byTwo.where("a = 1 AND b = ''"))).containsExactly("1||20");
    assertThat(sorted(byTwo.where("a IN (1, 2) AND b IN ('x', 'y')")))
        .containsExactly("1|x|10", "2|x|30");
  }

  @Test
  void findsNothingWhereAFilterFindsNothing() {
    assertThat(orders().load().where("order_id = 'no uuid'").count()).isZero();
    assertThat(orders().load().where("order_id IN (NULL)").count()).isZero();
    assertThat(orders().load().where("order_id = '00000000-0000-0000-0000-000000000000'").count())
        .isZero();
  }

  @Test
  void handsEqualityOnAnIndexedColumnToTheCluster() {
    Dataset<Row> indexed = orders().option("table", "source_it.indexed").load();

    Dataset<Row> narrowed = indexed.where("v = \"it's\" AND w < 50").select("id");

    assertThat(plan(narrowed)).contains(" AND \"v\" = 'it''s'").doesNotContain("\"w\" <");
    assertThat(narrowed.count()).isEqualTo(13);
    assertThat(plan(indexed.where("v = 'other' AND c = 1"))).contains(" AND \"c\" = 1");
    assertThat(indexed.where("v = 'other' AND c = 1").count()).isEqualTo(25);
    assertThat(indexed.where("c >= 0").count()).isEqualTo(100);
    assertThat(indexed.where("c IS NULL").count()).isEqualTo(1);
    assertThat(indexed.where("v <> 'other'").count()).isEqualTo(25);
  }

  @Test
  void readsWithoutARelationThatTheClusterRefuses() {
    Dataset<Row> orders = orders().option("filter", "ordered_at > 0").load();

    Dataset<Row> twice = orders.where("ordered_at > timestamp'2024-07-01 00:00:00'");

    assertThat(plan(twice))
        .contains(" <= ? AND ordered_at > 0")
        .doesNotContain(" AND \"ordered_at\" > ");
    assertThat(twice.count())
        .isEqualTo(
            orders()
                .option("pushdown", "false")
                .load()
                .where("ordered_at > timestamp'2024-07-01 00:00:00'")
                .count());
  }

  private static String plan(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan().toString();
  }

  @Test
  void countsRowsByTheirKeys() {
    assertThat(orders().load().count()).isEqualTo(ORDERS);
  }

  @Test
  void survivesCachingSortingAndJoining() {
    Dataset<Row> rows = orders().load().select("order_id", "amount").cache();

    assertThat(rows.join(rows.withColumnRenamed("amount", "other"), "order_id").count())
        .isEqualTo(ORDERS);
    assertThat(sorted(rows.orderBy("amount")))
        .isEqualTo(CqlRows.sorted(cql, "SELECT order_id, amount FROM source_it.orders"));
  }

  @Test
  void streamsIntoAnySinkAndReadsNothingAgainAtTheNextStart(@TempDir Path folder) throws Exception {
    streams(folder, Trigger.AvailableNow());
  }

  @Test
  @SuppressWarnings("deprecation") // by Spark, in favour of AvailableNow
  void streamsAllInOneBatchIfAskedForOne(@TempDir Path folder) throws Exception {
    streams(folder, Trigger.Once());
  }

  private static void streams(Path folder, Trigger trigger) throws Exception {
    for (int start = 0; start < 2; start++) {
      stream(folder, trigger, Map.of()).awaitTermination();
    }

    assertThat(sorted(spark.read().parquet(folder.resolve("out").toString())))
        .isEqualTo(CqlRows.sorted(cql, "SELECT order_id, amount FROM source_it.orders"));
  }

  private static StreamingQuery stream(Path folder, Trigger trigger, Map<String, String> options)
      throws Exception {
    return spark
        .readStream()
        .format("ringlake")
        .option("contact-points", cassandra.contactPointsText())
        .option("table", "source_it.orders")
        .option("batch-spans", "5")
        .options(options)
        .load()
        .select("order_id", "amount")
        .writeStream()
        .format("parquet")
        .option("path", folder.resolve("out").toString())
        .option("checkpointLocation", folder.resolve("checkpoint").toString())
        .trigger(trigger)
        .start();
  }

  @Test
  void aStreamGoesOnWithTheOptionsThatItBeganWith(@TempDir Path folder) throws Exception {
    Map<String, String> options = Map.of("written-after", "2001-01-01", "page-rows", "100");
    stream(folder, Trigger.AvailableNow(), options).awaitTermination();
    stream(folder, Trigger.AvailableNow(), Map.of("written-after", "2001-01-01"))
        .awaitTermination();

    StreamingQuery other =
        stream(folder, Trigger.AvailableNow(), Map.of("decimal-as", "decimal(38,2)"));

    assertThatThrownBy(other::awaitTermination)
        .hasStackTraceContaining(
            "The stored plan of source_it.orders has other options: decimal-as was '', is now"
                + " 'decimal(38,2)'; written-after was '2001-01-01T00:00:00Z', is now ''.");
  }

  @Test
  void dropsRowsByWriteTimeThoughNobodyAsksForThem() {
    long half =
        Long.parseLong(
            CqlRows.sorted(cql, "SELECT writetime(amount) FROM source_it.orders").get(ORDERS / 2));
    List<String> later =
        CqlRows.sorted(cql, "SELECT writetime(amount) FROM source_it.orders").stream()
            .filter(micros -> Long.parseLong(micros) > half)
            .toList();
    Dataset<Row> rows =
        orders().option("written-after", Long.toString(half)).option("written-match", "all").load();

    assertThat(rows.count()).isBetween(1L, (long) later.size());
    assertThat(rows.select("order_id").collectAsList()).hasSize((int) rows.count());
  }

  @Test
  void namesTheTableThatMayBeMeant() {
    assertThatThrownBy(() -> orders().option("table", "source_it.Orders").load())
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("RL-USAGE-002 Table source_it.\"Orders\"")
        .hasMessageContaining("Did you mean orders?");
  }

  @Test
  void refusesAnUnknownOptionWithTheNearestName() {
    assertThatThrownBy(() -> orders().option("writetimes", "*").load())
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("writetimes")
        .hasMessageContaining("Did you mean writetime?");
  }
}
