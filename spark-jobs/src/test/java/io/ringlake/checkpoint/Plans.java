package io.ringlake.checkpoint;

import io.ringlake.config.WriteMode;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.TokenSpan;
import io.ringlake.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A plan over {@code shop.orders} in four spans, and the command that it was made for. */
final class Plans {

  static final TableName ORDERS = TableName.of("shop", "orders");
  static final UUID TABLE_ID = UUID.fromString("0a0b0c0d-0000-4000-8000-000000000001");
  static final List<String> SCHEMA = List.of("id uuid", "\"Note \" text", "price decimal");
  static final SortedMap<String, String> IDENTITY = identity(WriteMode.ERROR);
  static final List<TokenSpan> SPANS =
      List.of(
          new TokenSpan(0, 1L << 62),
          new TokenSpan(Long.MIN_VALUE, -(1L << 62)),
          new TokenSpan(1L << 62, Long.MAX_VALUE),
          new TokenSpan(-(1L << 62), 0));

  private Plans() {}

  /** Settings that decide an output, the mode among them. */
  static SortedMap<String, String> identity(WriteMode mode) {
    return new TreeMap<>(
        Map.of("columns", "*", "mode", mode.name().toLowerCase(Locale.ROOT), "writetime", "*"));
  }

  static ScanPlan plan(String runId) {
    return plan(runId, WriteMode.ERROR, RingPart.WHOLE_RING, SPANS);
  }

  static ScanPlan plan(String runId, WriteMode mode) {
    return plan(runId, mode, RingPart.WHOLE_RING, SPANS);
  }

  static ScanPlan plan(String runId, List<TokenSpan> spans) {
    return plan(runId, WriteMode.ERROR, RingPart.WHOLE_RING, spans);
  }

  static ScanPlan plan(RingPart part, List<TokenSpan> spans) {
    return plan("nightly", WriteMode.ERROR, part, spans);
  }

  private static ScanPlan plan(String runId, WriteMode mode, RingPart part, List<TokenSpan> spans) {
    return new ScanPlan(
        ScanPlan.VERSION,
        runId,
        UUID.fromString("0a0b0c0d-0000-4000-8000-000000000002"),
        Set.of(),
        ORDERS.toString(),
        TABLE_ID,
        SCHEMA,
        identity(mode),
        "SELECT \"id\" FROM \"shop\".\"orders\" WHERE token(\"id\") > ? AND token(\"id\") <= ?",
        part,
        spans,
        2,
        1,
        "file:/lake/orders",
        Instant.parse("2026-11-20T10:00:00Z"));
  }

  static TableRequest command(@Nullable String runId, WriteMode mode) {
    return command(runId, mode, identity(mode), SCHEMA);
  }

  static TableRequest command(
      @Nullable String runId,
      WriteMode mode,
      SortedMap<String, String> identity,
      List<String> schema) {
    return new TableRequest(
        ORDERS, TABLE_ID, schema, identity, "file:/lake/orders", mode, runId, false);
  }

  /** Gives up what there is. */
  static TableRequest restart() {
    return new TableRequest(
        ORDERS, TABLE_ID, SCHEMA, IDENTITY, "file:/lake/orders", WriteMode.ERROR, null, true);
  }

  static Finished finished() {
    return new Finished(
        Finished.VERSION, 200_000, 12_000_000, 24, 2, Instant.parse("2026-11-20T10:31:02Z"));
  }
}
