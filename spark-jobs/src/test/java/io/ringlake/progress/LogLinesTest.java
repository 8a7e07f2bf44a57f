package io.ringlake.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.report.Outcome;
import io.ringlake.ring.RingChoice;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.Sample;
import io.ringlake.runtime.ScanCounts;
import io.ringlake.schema.TableName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.250Z");
  private static final TableName ORDERS = TableName.of("shop", "orders");
  private static final RingPart EIGHTH = RingPart.parse("0..2305843009213693952");
  private static final TableName ITEMS = TableName.of("shop", "Items");

  private final List<String> lines = new ArrayList<>();
  private final LogLines log = new LogLines(lines::add);

  @Test
  void saysEverythingOfATable() {
    assertThat(LogLines.text(orders()))
        .isEqualTo(
            "shop.orders 43.7 % of the ring, 1,234,567 rows, 45,678 rows/s, 1:23 left, batch 3 of"
                + " 4");
  }

  @Test
  void tellsOfWhichPartOfTheRingItHasAShare() {
    assertThat(LogLines.text(orders(new RingChoice(EIGHTH, null))))
        .startsWith("shop.orders 43.7 % of 12.5 % of the ring, 1,234,567 rows, ");
    Sample tenth = new Sample(new BigDecimal("0.1"), 7);
    assertThat(LogLines.text(orders(new RingChoice(EIGHTH, tenth))))
        .startsWith("shop.orders 43.7 % of a sample of 1.25 % of the ring, 1,234,567 rows, ");
  }

  @Test
  void leavesOutWhatIsNotKnownYet() {
    ScanCounts nothing = new ScanCounts(256, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    assertThat(
            LogLines.text(new TableProgress(ORDERS, RingChoice.WHOLE_RING, nothing, 0, null, null)))
        .isEqualTo("shop.orders 0.0 % of the ring, 0 rows, 0 rows/s");
  }

  @Test
  void writesBeginningAndEndAndALineATableEvery10SecondsBetween() {
    log.started(new RunStarted(NOON, "export", "nightly", List.of(ORDERS, ITEMS)));
    for (int tenths = 0; tenths < 250; tenths++) {
      log.progress(new RunProgress(NOON.plusMillis(tenths * 100L), List.of(orders()), 0, 2));
    }
    log.tableFinished(
        new TableFinished(
            NOON.plusSeconds(25), ORDERS, Outcome.DONE, 2_000_000, Duration.ofSeconds(25)));
    log.tableFinished(
        new TableFinished(NOON.plusSeconds(25), ITEMS, Outcome.LEFT_ALONE, 7, Duration.ZERO));
    log.finished(new RunFinished(NOON.plusSeconds(26), Outcome.DONE, 0, Duration.ofSeconds(26)));

    assertThat(lines)
        .containsExactly(
            "2026-11-20T12:00:00Z export nightly begins: 2 tables: shop.orders, shop.\"Items\"",
            "2026-11-20T12:00:10Z " + LogLines.text(orders()),
            "2026-11-20T12:00:20Z " + LogLines.text(orders()),
            "2026-11-20T12:00:25Z shop.orders done, 2,000,000 rows in 0:25",
            "2026-11-20T12:00:25Z shop.\"Items\" left alone, 7 rows in 0:00",
            "2026-11-20T12:00:26Z The run ended after 0:26: done, exit code 0");
  }

  private static TableProgress orders() {
    return orders(RingChoice.WHOLE_RING);
  }

  private static TableProgress orders(RingChoice ring) {
    ScanCounts counts = new ScanCounts(256, 112, 112, 0.437, 0.437, 1_234_567, 0, 0, 1_234_567, 0);
    RunningBatch batch = new RunningBatch(ORDERS, 3, 4, 128, 192, 256);
    return new TableProgress(ORDERS, ring, counts, 45_678.4, Duration.ofSeconds(83), batch);
  }
}
