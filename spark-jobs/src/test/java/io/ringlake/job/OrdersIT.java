package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.testing.Command;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.SparkLake;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.OrdersTable;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The export of the quickstart: every value, write time and TTL of its table, row by row, as DuckDB
 * and as plain Spark read them.
 */
@Tag("versions")
class OrdersIT {

  private static final List<String> KEYS = List.of("customer_id", "ordered_at", "order_id");
  private static final List<String> CELLS =
      List.of(
          "amount",
          "country",
          "coupon",
          "delivered_at",
          "discount",
          "gift",
          "items",
          "note",
          "paid",
          "status",
          "weight_kg");

  /** The one column whose cells expire. */
  private static final String EXPIRING = "coupon";

  private final CassandraCluster cassandra = SharedCassandra.get();
  private final CqlSession cql = cassandra.session();

  @TempDir private Path output;

  @Test
  void areInTheLakeAsTheyAreInTheTable() throws Exception {
    compare("orders_it", 20_000);
  }

  @Test
  @Tag("full")
  void areAllInTheLakeIfThereAreAsManyAsInTheQuickstart() throws Exception {
    compare("orders_it_full", 200_000);
  }

  private void compare(String keyspace, int orders) throws Exception {
    new OrdersTable(cql, keyspace).insert(0, orders);
    Instant before = Instant.now();

    export(keyspace + ".orders");

    String inTable =
        "SELECT %s FROM %s.orders".formatted(columns("writetime(%s)", "ttl(%s)"), keyspace);
    String inLake = "SELECT %s FROM lake".formatted(columns("%s_writetime", "%s_ttl"));
    List<String> rows = CqlRows.sorted(cql, inTable);
    List<String> ttls =
        CqlRows.sorted(
            cql, "SELECT order_id, ttl(%s) FROM %s.orders".formatted(EXPIRING, keyspace));
    long elapsed = 1 + Duration.between(before, Instant.now()).toSeconds();
    String lakeTtls = "SELECT order_id, %s_ttl FROM lake".formatted(EXPIRING);
    assertThat(rows).hasSize(orders);
    try (DuckLake lake = new DuckLake(output)) {
      assertThat(lake.sortedRows(inLake)).as("by DuckDB").isEqualTo(rows);
      assertThatTtlsAreThose(ttls, elapsed, lake.sortedRows(lakeTtls));
      assertThat(
              lake.number(
                  "SELECT count(*) FROM lake WHERE year IS DISTINCT FROM strftime(ordered_at, '%Y') OR month IS DISTINCT FROM"
                      + " strftime(ordered_at, '%m')"))
          .as("orders in another month's folder")
          .isZero();
    }
    try (SparkLake lake = new SparkLake(output)) {
      assertThat(lake.sortedRows(inLake)).as("by Spark").isEqualTo(rows);
      assertThatTtlsAreThose(ttls, elapsed, lake.sortedRows(lakeTtls));
    }
  }

  private void export(String table) {
    Command.run(
            "export",
            "--table",
            table,
            "--output",
            output.toString(),
            "--writetime",
            "*",
            "--ttl",
            "*",
            "--partition-by",
            "year(ordered_at),month(ordered_at)",
            "--contact-points",
            cassandra.contactPointsText())
        .succeeded();
  }

  /** All columns but the TTL that changes from one second to the next. */
  private static String columns(String writetime, String ttl) {
    return Stream.of(
            KEYS.stream(),
            CELLS.stream(),
            CELLS.stream().map(writetime::formatted),
            CELLS.stream().filter(cell -> !cell.equals(EXPIRING)).map(ttl::formatted))
        .flatMap(columns -> columns)
        .collect(Collectors.joining(", "));
  }

  /** Every TTL in the lake is what the table has left, and the time that has passed since. */
  private static void assertThatTtlsAreThose(
      List<String> now, long elapsed, List<String> exported) {
    Map<String, String> left = new HashMap<>();
    now.forEach(row -> left.put(key(row), value(row)));
    assertThat(exported)
        .hasSize(left.size())
        .anySatisfy(row -> assertThat(value(row)).isNotEqualTo("null"))
        .allSatisfy(
            row -> {
              String ttl = left.get(key(row));
              if (ttl == null || ttl.equals("null")) {
                assertThat(value(row)).isEqualTo(ttl);
              } else {
                long seconds = Long.parseLong(ttl);
                assertThat(Long.parseLong(value(row))).isBetween(seconds, seconds + elapsed);
              }
            });
  }

  private static String key(String row) {
    return row.substring(0, row.indexOf('|'));
  }

  private static String value(String row) {
    return row.substring(row.indexOf('|') + 1);
  }
}
