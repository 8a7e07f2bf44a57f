package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrdersTableIT {

  private static final int ROWS = 2_000;

  private final CqlSession session = SharedCassandra.get().session();

  @Test
  void tablesWithAsManyRowsAreEqualHoweverTheyWereFilled() {
    new OrdersTable(session, "orders_at_once").insert(0, ROWS);
    OrdersTable inParts = new OrdersTable(session, "orders_in_parts");
    inParts.insert(ROWS / 3, ROWS);
    inParts.insert(0, ROWS / 3);

    List<String> atOnce = contents("orders_at_once");
    assertThat(atOnce).hasSize(ROWS).doesNotHaveDuplicates();
    assertThat(contents("orders_in_parts")).isEqualTo(atOnce);
  }

  @Test
  void cellsOfARowWereWrittenAtDifferentTimesAndSomeExpire() {
    new OrdersTable(session, "orders_cells").insert(0, ROWS);

    List<Row> rows =
        session
            .execute(
                "SELECT ordered_at, writetime(amount) AS placed, writetime(status) AS changed,"
                    + " coupon, ttl(coupon) AS seconds, ttl(amount) AS none"
                    + " FROM orders_cells.orders")
            .all();

    assertThat(rows)
        .hasSize(ROWS)
        .allSatisfy(
            row -> {
              assertThat(row.getInstant("ordered_at"))
                  .isBetween(OrdersTable.FROM, OrdersTable.TO.minusMillis(1));
              assertThat(row.getLong("placed")).isLessThan(row.getLong("changed"));
              assertThat(row.isNull("seconds")).isEqualTo(row.isNull("coupon"));
              assertThat(row.isNull("none")).isTrue();
            });
    assertThat(rows)
        .filteredOn(row -> !row.isNull("coupon"))
        .hasSizeBetween(ROWS / 4, ROWS / 2)
        .allSatisfy(
            row ->
                assertThat(row.getInt("seconds"))
                    .isGreaterThan((int) Duration.ofDays(30).toSeconds()));
    assertThat(rows)
        .extracting(row -> month(row.getInstant("ordered_at")))
        .hasSameElementsAs(
            IntStream.range(0, 24)
                .mapToObj(i -> "%d-%02d".formatted(2024 + i / 12, 1 + i % 12))
                .toList());
  }

  private static String month(Instant instant) {
    return instant.toString().substring(0, 7);
  }

  private List<String> contents(String keyspace) {
    return session
        .execute(
            "SELECT token(customer_id) AS place, customer_id, ordered_at, order_id, amount, country,"
                + " coupon, delivered_at, discount, gift, items, note, paid, status, weight_kg,"
                + " writetime(amount) AS placed, writetime(status) AS changed,"
                + " writetime(coupon) AS given FROM "
                + keyspace
                + ".orders")
        .all()
        .stream()
        .map(Row::getFormattedContents)
        .toList();
  }
}
