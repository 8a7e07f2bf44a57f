package io.ringlake.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.report.Outcome;
import io.ringlake.ring.RingChoice;
import io.ringlake.ring.TokenSpan;
import io.ringlake.runtime.DriverChannel;
import io.ringlake.runtime.RunningScan;
import io.ringlake.schema.TableName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProgressTickerTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final TableName ORDERS = TableName.of("shop", "orders");

  private final RunningScan scan =
      DriverChannel.current().register("orders", List.of(TokenSpan.WHOLE_RING), 0);
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final CountDownLatch threeTicks = new CountDownLatch(3);

  @Test
  void tellsARunInOrderFromOneDaemonThread() {
    ProgressTicker ticker = ticker(new Recording());
    RunningTable orders = ticker.tableStarted(ORDERS, RingChoice.WHOLE_RING, scan);
    scan.committed(1);
    ticker.tableFinished(orders, Outcome.DONE, 7);
    ticker.finished(Outcome.DONE, 0);
    ticker.close();

    assertThat(told.stream().distinct())
        .containsSubsequence(
            "ringlake-progress true: export begins",
            "ringlake-progress true: 1 running, share 1.0",
            "ringlake-progress true: shop.orders done, 7 rows in 0:00",
            "ringlake-progress true: done, exit code 0")
        .last()
        .isEqualTo("ringlake-progress true: done, exit code 0");
  }

  @Test
  void tellsTheProgressAgainAndAgain() throws InterruptedException {
    try (ProgressTicker ticker = ticker(new Recording())) {
      ticker.tableStarted(ORDERS, RingChoice.WHOLE_RING, scan);

      assertThat(threeTicks.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void goesOnWhenAnObserverFails() {
    ProgressTicker ticker = ticker(new Failing(), new Recording());
    ticker.tableFinished(ORDERS, Outcome.LEFT_ALONE, 7);
    ticker.finished(Outcome.DONE, 0);
    ticker.close();

    assertThat(told)
        .containsExactly(
            "ringlake-progress true: export begins",
            "ringlake-progress true: shop.orders left alone, 7 rows in 0:00",
            "ringlake-progress true: done, exit code 0");
  }

  private ProgressTicker ticker(RunObserver... observers) {
    return new ProgressTicker(
        "export", "nightly", List.of(ORDERS), List.of(observers), InstantSource.fixed(NOON));
  }

  /** Writes down what it is told, and by which thread. */
  private final class Recording implements RunObserver {

    @Override
    public void started(RunStarted run) {
      tell(run.job() + " begins");
    }

    @Override
    public void progress(RunProgress run) {
      tell(
          "%d running, share %s"
              .formatted(run.running().size(), run.running().get(0).counts().share()));
      threeTicks.countDown();
    }

    @Override
    public void tableFinished(TableFinished table) {
      tell(table.text());
    }

    @Override
    public void finished(RunFinished run) {
      tell("%s, exit code %d".formatted(run.outcome(), run.exitCode()));
    }

    private void tell(String text) {
      Thread thread = Thread.currentThread();
      told.add("%s %s: %s".formatted(thread.getName(), thread.isDaemon(), text));
    }
  }

  private static final class Failing implements RunObserver {

    @Override
    public void started(RunStarted run) {
      throw new IllegalArgumentException("this observer fails, as the test wants");
    }

    @Override
    public void finished(RunFinished run) {
      throw new AssertionError("and fails again");
    }
  }
}
