package io.ringlake.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.report.Outcome;
import io.ringlake.ring.RingChoice;
import io.ringlake.ring.RingPart;
import io.ringlake.runtime.ScanCounts;
import io.ringlake.schema.TableName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsoleBarTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final TableName ORDERS = TableName.of("shop", "orders");
  private static final RingPart EIGHTH = RingPart.parse("0..2305843009213693952");

  private final StringWriter terminal = new StringWriter();

  @Test
  void hasItsBarAndAllButTheBatchAt80Columns() {
    assertThat(ConsoleBar.text(one(orders()), 80))
        .isEqualTo(
            "shop.orders 43.7 % [######----------], 1,234,567 rows, 45,678 rows/s, 1:23 left")
        .hasSizeLessThan(80);
  }

  @Test
  void hasEverythingAt200Columns() {
    assertThat(ConsoleBar.text(one(orders()), 200))
        .isEqualTo(
            "shop.orders 43.7 % [#####################-----------------------------],"
                + " 1,234,567 rows, 45,678 rows/s, 1:23 left, batch 3 of 4");
  }

  @Test
  void keepsShareAndTimeLeftAt40Columns() {
    assertThat(ConsoleBar.text(one(orders()), 40)).isEqualTo("shop.orders 43.7 %, 1:23 left");
  }

  @Test
  void tellsOfWhichPartOfTheRingItHasAShare() {
    TableProgress eighth =
        table(ORDERS, new RingChoice(EIGHTH, null), 0.437, Duration.ofSeconds(83));

    assertThat(ConsoleBar.text(one(eighth), 80))
        .isEqualTo(
            "shop.orders 43.7 % of 12.5 % of the ring [####------], 45,678 rows/s, 1:23 left");
  }

  @Test
  void keepsTheEndOfALongName() {
    TableProgress table =
        table(TableName.of("a_keyspace_of_the_warehouse", "orders_by_customer"), 0.437, null);

    assertThat(ConsoleBar.text(one(table), 40))
        .isEqualTo("..e_warehouse.orders_by_customer 43.7 %");
  }

  @Test
  void neverWrites100PercentBeforeTheEnd() {
    TableProgress nearly = table(ORDERS, Math.nextDown(1.0), Duration.ZERO);

    assertThat(ConsoleBar.text(one(nearly), 60))
        .isEqualTo("shop.orders 99.9 % [###########-], 45,678 rows/s, 0:00 left");
  }

  @Test
  void showsTablesInParallelSideBySide() {
    TableProgress items = table(TableName.of("shop", "items"), 0.12, Duration.ofMinutes(75));
    RunProgress run = new RunProgress(NOON, List.of(orders(), items), 5, 12);

    assertThat(ConsoleBar.text(run, 120))
        .isEqualTo(
            "shop.orders 43.7 %, shop.items 12.0 %, 2,469,134 rows, 91,357 rows/s, 1:15:00 left,"
                + " 5 of 12 tables over");
  }

  @Test
  void forecastsNothingForTablesOfWhichOneCannotSay() {
    TableProgress items = table(TableName.of("shop", "items"), 0, null);
    RunProgress run = new RunProgress(NOON, List.of(orders(), items), 5, 12);

    assertThat(ConsoleBar.text(run, 80))
        .isEqualTo("shop.orders 43.7 %, shop.items 0.0 %, 2,469,134 rows, 91,357 rows/s");
  }

  @Test
  void drawsOverItselfAndWipesWhatWasLonger() {
    ConsoleBar bar = new ConsoleBar(new PrintWriter(terminal), 40);

    bar.progress(one(orders()));
    bar.progress(new RunProgress(NOON.plusMillis(100), List.of(table(ORDERS, 0.5, null)), 0, 1));

    assertThat(terminal)
        .hasToString("\rshop.orders 43.7 %, 1:23 left" + "\rshop.orders 50.0 %, 45,678 rows/s");
  }

  @Test
  void drawsAtMostTenTimesASecond() {
    ConsoleBar bar = new ConsoleBar(new PrintWriter(terminal), 80);

    for (int millis = 0; millis < 1000; millis++) {
      TableProgress table = table(ORDERS, millis / 1000.0, null);
      bar.progress(new RunProgress(NOON.plusMillis(millis), List.of(table), 0, 1));
    }

    assertThat(terminal.toString().chars().filter(character -> character == '\r')).hasSize(10);
  }

  @Test
  void leavesALineForEachTableThatIsOver() {
    ConsoleBar bar = new ConsoleBar(new PrintWriter(terminal), 40);

    bar.progress(one(orders()));
    bar.tableFinished(new TableFinished(NOON, ORDERS, Outcome.DONE, 1, Duration.ofMillis(123_400)));

    assertThat(terminal)
        .hasToString(
            "\rshop.orders 43.7 %, 1:23 left"
                + "\rshop.orders done, 1 row in 2:03"
                + System.lineSeparator());
  }

  @Test
  void endsItsLineWhenTheRunEndsWithoutATablesEnd() {
    ConsoleBar bar = new ConsoleBar(new PrintWriter(terminal), 40);

    bar.progress(one(orders()));
    bar.finished(new RunFinished(NOON, Outcome.FAILED, 3, Duration.ZERO));

    assertThat(terminal).asString().endsWith("1:23 left" + System.lineSeparator());
  }

  @Test
  void wantsATerminal() {
    assertThat(ConsoleBar.on(null, Map.of("TERM", "xterm"))).isEmpty();
  }

  @Test
  void isAsWideAsColumnsSays() {
    assertThat(ConsoleBar.width("132")).isEqualTo(132);
    assertThat(ConsoleBar.width(null)).isEqualTo(80);
    assertThat(ConsoleBar.width("wide")).isEqualTo(80);
    assertThat(ConsoleBar.width("0")).isEqualTo(80);
  }

  private static RunProgress one(TableProgress table) {
    return new RunProgress(NOON, List.of(table), 0, 1);
  }

  private static TableProgress orders() {
    return table(ORDERS, 0.437, Duration.ofSeconds(83));
  }

  private static TableProgress table(TableName name, double share, @Nullable Duration left) {
    return table(name, RingChoice.WHOLE_RING, share, left);
  }

  private static TableProgress table(
      TableName name, RingChoice ring, double share, @Nullable Duration left) {
    ScanCounts counts = new ScanCounts(256, 112, 112, share, share, 1_234_567, 0, 0, 1_234_567, 0);
    RunningBatch batch = new RunningBatch(name, 3, 4, 128, 192, 256);
    return new TableProgress(name, ring, counts, 45_678.4, left, batch);
  }
}
