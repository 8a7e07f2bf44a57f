package io.ringlake.runtime;

import io.ringlake.ring.TokenSpan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The driver's end of the channel: the scans that run, and whether the run is to end early. Safe to
 * use by any thread.
 */
public final class DriverChannel {

  /** Nobody sends to it, and it never drains. */
  private static final DriverChannel ABSENT = new DriverChannel();

  private static volatile DriverChannel current = ABSENT;

  private final Map<String, RunningScan> scans = new ConcurrentHashMap<>();
  private volatile boolean draining;

  private DriverChannel() {}

  /** This driver's channel; without the plugin one that nobody sends to and that never drains. */
  public static DriverChannel current() {
    return current;
  }

  /** Opens a channel and makes it {@link #current()}. */
  static DriverChannel open() {
    DriverChannel channel = new DriverChannel();
    current = channel;
    return channel;
  }

  void close() {
    if (current == this) {
      current = ABSENT;
    }
  }

  /**
   * Begins to count a scan, until that is closed.
   *
   * @param scanId what its executors call it: unique in the run
   * @param spans of its plan, in the plan's order
   * @param committed how many of the first spans are committed already
   */
  public RunningScan register(String scanId, List<TokenSpan> spans, int committed) {
    RunningScan scan = new RunningScan(scanId, spans, committed, () -> scans.remove(scanId));
    if (this != ABSENT && scans.putIfAbsent(scanId, scan) != null) {
      throw new IllegalStateException("Scan %s is registered already".formatted(scanId));
    }
    return scan;
  }

  /**
   * From now on scans offer no further batch; the running ones are finished. Cannot be taken back.
   */
  public void drain() {
    if (this == ABSENT) {
      throw new IllegalStateException(
          "%s is not among spark.plugins, so nothing drains"
              .formatted(RinglakePlugin.class.getName()));
    }
    draining = true;
  }

  /** Whether no further batch is to be offered. */
  public boolean draining() {
    return draining;
  }

  void receive(ExecutorReport report) {
    for (SpanCount count : report.counts()) {
      RunningScan scan = scans.get(count.scanId());
      if (scan != null) {
        scan.receive(report.executorId(), count);
      }
    }
  }
}
