package io.ringlake.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executor's end of the channel. Tasks get their meters here; a daemon thread sends what
 * changed to the driver every {@link #INTERVAL}, and at once when a span ends. Nothing here blocks
 * a task, and nothing that goes wrong here fails one.
 */
public final class ExecutorChannel {

  /** How often counts are sent. */
  static final Duration INTERVAL = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(ExecutorChannel.class);

  /** Leads nowhere: its meters are counted by nobody. */
  private static final ExecutorChannel ABSENT = new ExecutorChannel(null);

  private static volatile ExecutorChannel current = ABSENT;

  private final @Nullable Sending sending;
  private final AtomicLong attempts = new AtomicLong();

  private ExecutorChannel(@Nullable Sending sending) {
    this.sending = sending;
  }

  /** This executor's channel; without the plugin one that leads nowhere. */
  public static ExecutorChannel current() {
    return current;
  }

  /** Opens a channel and makes it {@link #current()}. */
  static ExecutorChannel open(String executorId, Transport transport) {
    ExecutorChannel channel = new ExecutorChannel(new Sending(executorId, transport));
    current = channel;
    return channel;
  }

  /**
   * Begins to count an attempt at a span.
   *
   * @param scanId as the driver registered it; counts of a scan that it does not know are dropped
   * @param spanIndex index in the scan's plan, from 0
   */
  public SpanMeter meter(String scanId, int spanIndex) {
    long attempt = attempts.incrementAndGet();
    if (sending == null) {
      return new SpanMeter(scanId, spanIndex, attempt, () -> {});
    }
    SpanMeter meter = new SpanMeter(scanId, spanIndex, attempt, sending::soon);
    sending.meters.add(meter);
    return meter;
  }

  /** Sends what is left and ends. */
  void close() {
    if (current == this) {
      current = ABSENT;
    }
    if (sending != null) {
      sending.close();
    }
  }

  /** Takes a message to the driver, without waiting for it to arrive. */
  interface Transport {
    void send(Object message) throws IOException;
  }

  /** Meters at work and the one thread that reads them. */
  private static final class Sending {

    private final String executorId;
    private final Transport transport;
    private final Set<SpanMeter> meters = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor thread;

    /** What the driver was told last; touched by the one thread only. */
    private final Map<SpanMeter, SpanCount> told = new HashMap<>();

    private boolean warned;

    Sending(String executorId, Transport transport) {
      this.executorId = executorId;
      this.transport = transport;
      // A span that ends after the channel was closed has nobody to tell.
      this.thread =
          new ScheduledThreadPoolExecutor(
              1, Sending::daemon, new ThreadPoolExecutor.DiscardPolicy());
      var unused =
          thread.scheduleWithFixedDelay(
              this::send, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable work) {
      Thread thread = new Thread(work, "ringlake-executor-channel");
      thread.setDaemon(true);
      return thread;
    }

    void soon() {
      thread.execute(this::send);
    }

    private void send() {
      Map<SpanMeter, SpanCount> changed = new HashMap<>();
      List<SpanCount> message = new ArrayList<>();
      for (SpanMeter meter : meters) {
        SpanCount count = meter.count();
        if (!count.equals(told.get(meter))) {
          changed.put(meter, count);
          message.add(count);
        }
      }
      if (message.isEmpty()) {
        return;
      }
      try {
        transport.send(new ExecutorReport(executorId, message));
      } catch (IOException | RuntimeException e) {
        // Kept, and sent with the next message; the driver can be gone while tasks still end.
        if (!warned) {
          warned = true;
          LOG.warn(
              "Progress did not reach the driver; the work goes on executor={}", executorId, e);
        }
        return;
      }
      changed.forEach(
          (meter, count) -> {
            if (count.state() == SpanCount.State.RUNNING) {
              told.put(meter, count);
            } else {
              told.remove(meter);
              meters.remove(meter);
            }
          });
    }

    void close() {
      thread.execute(this::send);
      thread.shutdown();
      try {
        if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
          thread.shutdownNow();
        }
      } catch (InterruptedException e) {
        thread.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }
}
