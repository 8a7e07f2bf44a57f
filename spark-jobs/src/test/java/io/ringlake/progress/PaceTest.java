package io.ringlake.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Pace pace = new Pace(NOON, 0);

  @Test
  void isZeroAtFirst() {
    pace.add(NOON, 0);

    assertThat(pace.lately()).isZero();
    assertThat(pace.sustained()).isZero();
  }

  @Test
  void isTheMeanSinceTheBeginningInTheFirstHalfMinute() {
    pace.add(NOON.plusSeconds(5), 1_000);
    pace.add(NOON.plusSeconds(20), 10_000);

    assertThat(pace.lately()).isEqualTo(500);
  }

  @Test
  void forgetsWhatIsMoreThan30SecondsAgo() {
    run(0, 100, 1_000);
    run(100, 130, 200);

    assertThat(pace.lately()).isEqualTo(200, within(1e-9));
  }

  @Test
  void reckonsWithTheStretchInWhichABatchOnlyWrites() {
    // Batches of 100 s: rows come for 60 s, then files are written for 40 s.
    run(0, 60, 1_000);
    run(60, 100, 0);
    pace.batchBegan(NOON.plusSeconds(100));
    run(100, 160, 1_000);
    run(160, 200, 0);

    assertThat(pace.lately()).isZero();
    assertThat(pace.sustained()).isEqualTo(600, within(1e-9));
  }

  @Test
  void reckonsWithNothingOlderThanTheBatchBeforeThis() {
    run(0, 100, 5_000);
    pace.batchBegan(NOON.plusSeconds(100));
    run(100, 200, 300);
    pace.batchBegan(NOON.plusSeconds(200));
    run(200, 201, 300);

    assertThat(pace.sustained()).isEqualTo(300, within(1e-9));
  }

  private long rows;

  /** Ten samples a second. */
  private void run(int fromSecond, int toSecond, int rowsPerSecond) {
    for (int tenth = fromSecond * 10 + 1; tenth <= toSecond * 10; tenth++) {
      rows += rowsPerSecond / 10;
      pace.add(NOON.plusMillis(tenth * 100L), rows);
    }
  }
}
