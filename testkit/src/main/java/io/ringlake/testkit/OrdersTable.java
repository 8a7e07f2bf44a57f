package io.ringlake.testkit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A table that looks like a shop's orders: two years of them, some four for each customer, with
 * absent values, cells of one row that were written at different times, and cells that expire.
 *
 * <p>What the n-th order holds depends on n alone, so two tables with as many rows are equal: their
 * write times too, but not what is left of their TTLs, which run from the moment of writing. No
 * cell expires within 30 days.
 */
public final class OrdersTable {

  /** The first moment of an order, included. */
  public static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");

  /** The end of the orders, excluded. */
  public static final Instant TO = Instant.parse("2026-01-01T00:00:00Z");

  private static final int ORDERS_PER_CUSTOMER = 4;
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> STATES = List.of("placed", "paid", "shipped", "delivered");
  private static final List<String> COUNTRIES = List.of("DE", "FR", "IT", "JP", "PL", "US");
  private static final List<String> NOTES =
      List.of("ring twice", "leave at the door", "für Oma", "fragile, \"this side up\"", "急ぎ");

  private static final String COLUMNS =
      """
       (
         customer_id  uuid,
         ordered_at   timestamp,
         order_id     uuid,
         amount       decimal,
         country      text,
         coupon       text,
         delivered_at timestamp,
         discount     double,
         gift         boolean,
         items        int,
         note         text,
         paid         boolean,
         status       text,
         weight_kg    double,
         PRIMARY KEY (customer_id, ordered_at, order_id)
        ) WITH CLUSTERING ORDER BY (ordered_at DESC, order_id ASC)""";

  private final CqlSession session;
  private final String table;
  private final PreparedStatement place;
  private final PreparedStatement change;
  private final PreparedStatement giveCoupon;

  /**
   * @param keyspace made if it is not there, unquoted; the table is {@code orders} in it
   */
  public OrdersTable(CqlSession session, String keyspace) {
    this(session, keyspace, 1);
  }

  /**
   * @param keyspace made if it is not there, unquoted; the table is {@code orders} in it
   * @param replicas of each row, where the keyspace is made
   */
  public OrdersTable(CqlSession session, String keyspace, int replicas) {
    this.session = session;
    this.table = keyspace + ".orders";
    SchemaChange.execute(
        session,
        "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': %d}"
            .formatted(keyspace, replicas),
        "CREATE TABLE IF NOT EXISTS " + table + COLUMNS);
    this.place =
        session.prepare(
            """
            INSERT INTO %s (customer_id, ordered_at, order_id,
                amount, country, discount, gift, items, note, weight_kg)
              VALUES (:customer_id, :ordered_at, :order_id,
                :amount, :country, :discount, :gift, :items, :note, :weight_kg)
              USING TIMESTAMP :micros"""
                .formatted(table));
    this.change =
        session.prepare(
            """
            UPDATE %s USING TIMESTAMP :micros
              SET status = :status, paid = :paid, delivered_at = :delivered_at
              WHERE customer_id = :customer_id AND ordered_at = :ordered_at AND order_id = :order_id"""
                .formatted(table));
    this.giveCoupon =
        session.prepare(
            """
            UPDATE %s USING TIMESTAMP :micros AND TTL :seconds SET coupon = :coupon
              WHERE customer_id = :customer_id AND ordered_at = :ordered_at AND order_id = :order_id"""
                .formatted(table));
  }

  /**
   * Writes the orders from {@code first} to {@code end}, and waits until all are written.
   *
   * @param first number of the first order, from 0
   * @param end the number after that of the last order
   * @throws IllegalStateException if one could not be written
   */
  public void insert(long first, long end) {
    try (BulkWriter writer = new BulkWriter(session)) {
      long number = first;
      while (number < end) {
        long customer = number / ORDERS_PER_CUSTOMER;
        BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
        for (; number < end && number / ORDERS_PER_CUSTOMER == customer; number++) {
          batch = batch.addStatements(order(number));
        }
        writer.write(batch.build());
      }
    }
  }

  private List<BatchableStatement<?>> order(long number) {
    SplittableRandom random = new SplittableRandom(number);
    SplittableRandom customer = new SplittableRandom(~(number / ORDERS_PER_CUSTOMER));
    UUID customerId = uuid(customer);
    UUID orderId = uuid(random);
    Instant ordered = FROM.plusMillis(random.nextLong(Duration.between(FROM, TO).toMillis()));
    int state = random.nextInt(STATES.size());
    Instant changed = ordered.plusSeconds(1 + state * random.nextLong(86_400));
    boolean hasCoupon = random.nextInt(3) == 0;

    BoundStatementBuilder placed =
        withKey(place, customerId, ordered, orderId)
            .setLong("micros", micros(ordered) + random.nextInt(1000))
            .setBigDecimal("amount", BigDecimal.valueOf(random.nextInt(100, 1_000_000), 2))
            .setString("country", COUNTRIES.get(random.nextInt(COUNTRIES.size())))
            .setBoolean("gift", random.nextInt(10) == 0)
            .setInt("items", random.nextInt(1, 12))
            .setDouble("weight_kg", random.nextInt(50, 30_000) / 1000.0);
    if (hasCoupon) {
      placed = placed.setDouble("discount", random.nextInt(5, 40) / 100.0);
    }
    if (random.nextInt(5) == 0) {
      placed = placed.setString("note", NOTES.get(random.nextInt(NOTES.size())));
    }
    BoundStatementBuilder now =
        withKey(change, customerId, ordered, orderId)
            .setLong("micros", micros(changed) + random.nextInt(1000))
            .setString("status", STATES.get(state))
            .setBoolean("paid", state > 0);
    if (state == STATES.size() - 1) {
      now = now.setInstant("delivered_at", changed);
    }
    List<BatchableStatement<?>> statements = new ArrayList<>(List.of(placed.build(), now.build()));
    if (hasCoupon) {
      statements.add(
          withKey(giveCoupon, customerId, ordered, orderId)
              .setLong("micros", micros(ordered))
              .setInt(
                  "seconds", Math.toIntExact(DAY.multipliedBy(random.nextInt(31, 366)).toSeconds()))
              .setString("coupon", "C%08X".formatted(random.nextInt()))
              .build());
    }
    return statements;
  }

  private static BoundStatementBuilder withKey(
      PreparedStatement statement, UUID customerId, Instant orderedAt, UUID orderId) {
    return statement
        .boundStatementBuilder()
        .setUuid("customer_id", customerId)
        .setInstant("ordered_at", orderedAt)
        .setUuid("order_id", orderId);
  }

  private static UUID uuid(SplittableRandom random) {
    // Version 4, as an application would make it.
    return new UUID(
        (random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() & ~(3L << 62)) | (1L << 63));
  }

  private static long micros(Instant instant) {
    return instant.toEpochMilli() * 1000;
  }
}
