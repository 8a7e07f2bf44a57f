package io.ringlake.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.ring.RingChoice;
import io.ringlake.runtime.ScanCounts;
import io.ringlake.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunningTableTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final TableName ORDERS = TableName.of("shop", "orders");

  private ScanCounts counts = counts(0, 0, 0, 0);
  private final RunningTable table =
      new RunningTable(ORDERS, RingChoice.WHOLE_RING, () -> counts, () -> NOON);

  @Test
  void cannotSayHowLongItTakesBeforeASpanIsRead() {
    counts = counts(0, 0, 10_000, 10_000);

    TableProgress progress = table.progress(NOON.plusSeconds(10));

    assertThat(progress.rowsPerSecond()).isEqualTo(1_000);
    assertThat(progress.timeLeft()).isNull();
  }

  @Test
  void reckonsThatTheRestOfTheRingIsAsFull() {
    // A quarter holds 10,000 rows, so 30,000 are left, of which 6,000 are here.
    counts = counts(0.25, 0.25, 16_000, 6_000);

    assertThat(table.progress(NOON.plusSeconds(16)).timeLeft()).isEqualTo(Duration.ofSeconds(24));
  }

  @Test
  void reckonsWithWhatIsLeftAfterEarlierAttempts() {
    // Half was committed before; this attempt read an eighth in 10 s, three are left.
    counts = counts(0.625, 0.125, 10_000, 0);

    assertThat(table.progress(NOON.plusSeconds(10)).timeLeft()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void hasNoTimeLeftAtTheEnd() {
    counts = counts(1, 1, 16_000, 0);

    assertThat(table.progress(NOON.plusSeconds(16)).timeLeft()).isEqualTo(Duration.ZERO);
  }

  @Test
  void knowsItsBatch() {
    RunningBatch batch = new RunningBatch(ORDERS, 3, 4, 128, 192, 256);

    table.batch(batch);

    assertThat(table.progress(NOON).batch()).isEqualTo(batch);
  }

  private static ScanCounts counts(double share, double shareRead, long rows, long underWay) {
    return new ScanCounts(
        16,
        (int) (share * 16),
        (int) (shareRead * 16),
        share,
        shareRead,
        rows,
        underWay,
        0,
        rows,
        0);
  }
}
