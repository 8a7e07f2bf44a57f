package io.ringlake.runtime;

import static io.ringlake.runtime.SpanCount.State.DONE;
import static io.ringlake.runtime.SpanCount.State.GIVEN_UP;
import static io.ringlake.runtime.SpanCount.State.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutorChannelTest {

  private final BlockingQueue<ExecutorReport> arrived = new LinkedBlockingQueue<>();
  private final ExecutorChannel channel =
      ExecutorChannel.open("3", message -> arrived.add((ExecutorReport) message));

  @AfterEach
  void close() {
    channel.close();
  }

  @Test
  void sendsCountsWhileASpanIsUnderWay() throws InterruptedException {
    SpanMeter meter = channel.meter("pass", 5);
    meter.page(5_000, 80_000);
    meter.page(5_000, 81_000);
    meter.retried();

    SpanCount count = await(10_000);

    assertThat(count)
        .isEqualTo(new SpanCount("pass", 5, 1, 10_000, 161_000, 1, SpanFigures.NONE, RUNNING));
  }

  @Test
  void sendsTheLastCountsWhenASpanEnds() throws InterruptedException {
    SpanMeter meter = channel.meter("pass", 5);
    meter.page(10, 100);
    meter.done(SpanFigures.NONE);
    meter.close();

    assertThat(lastBeforeClose())
        .isEqualTo(new SpanCount("pass", 5, 1, 10, 100, 0, SpanFigures.NONE, DONE));
  }

  @Test
  void tellsAnAttemptThatEndsBeforeItsSpanDoes() {
    try (SpanMeter meter = channel.meter("pass", 5)) {
      meter.page(10, 100);
    }

    assertThat(lastBeforeClose())
        .isEqualTo(new SpanCount("pass", 5, 1, 10, 100, 0, SpanFigures.NONE, GIVEN_UP));
  }

  @Test
  void keepsWhatCouldNotBeSentForTheNextMessage() {
    AtomicInteger sends = new AtomicInteger();
    List<ExecutorReport> second = new ArrayList<>();
    ExecutorChannel broken =
        ExecutorChannel.open(
            "4",
            message -> {
              if (sends.getAndIncrement() == 0) {
                throw new IOException("the driver is not reached");
              }
              second.add((ExecutorReport) message);
            });
    broken.meter("pass", 1).done(SpanFigures.NONE);
    broken.meter("pass", 2).done(SpanFigures.NONE);
    broken.close();

    assertThat(second.stream().flatMap(report -> report.counts().stream()))
        .extracting(SpanCount::span)
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void letsASpanEndAfterItWasClosed() {
    SpanMeter meter = channel.meter("pass", 5);
    channel.close();

    meter.page(1, 1);
    meter.done(SpanFigures.NONE);

    assertThat(meter.count().state()).isEqualTo(DONE);
  }

  @Test
  void leadsNowhereWithoutThePlugin() {
    channel.close();
    ExecutorChannel absent = ExecutorChannel.current();

    SpanMeter meter = absent.meter("pass", 5);
    meter.page(1, 1);
    meter.done(SpanFigures.NONE);

    assertThat(absent).isNotSameAs(channel);
    assertThat(arrived).isEmpty();
  }

  /** The first count that has come to so many rows. */
  private SpanCount await(long rows) throws InterruptedException {
    while (true) {
      ExecutorReport report =
          Objects.requireNonNull(arrived.poll(30, TimeUnit.SECONDS), "nothing was sent");
      for (SpanCount count : report.counts()) {
        if (count.rows() == rows && count.pageRetries() == 1) {
          return count;
        }
      }
    }
  }

  private SpanCount lastBeforeClose() {
    channel.close();
    List<SpanCount> counts = arrived.stream().flatMap(report -> report.counts().stream()).toList();
    return counts.get(counts.size() - 1);
  }
}
