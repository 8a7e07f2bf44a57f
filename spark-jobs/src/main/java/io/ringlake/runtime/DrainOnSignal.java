package io.ringlake.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.util.SignalUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SIGTERM does to a run: the first one drains it, the second one ends the process at once.
 *
 * <p>Registered through Spark's {@code SignalUtils}, which runs the actions of all who registered
 * and passes the signal on only if none of them handled it: so the JVM's own answer, which would
 * stop the Spark context under the running batch, does not come. On Windows there is no such signal
 * and nothing is registered.
 */
public final class DrainOnSignal {

  /** What a shell reports of a process that SIGTERM ended: 128 + 15. */
  private static final int ENDED_BY_SIGTERM = 143;

  private static final Logger LOG = LoggerFactory.getLogger(DrainOnSignal.class);

  private DrainOnSignal() {}

  /** Makes SIGTERM drain {@code channel}. Registered once in a process; cannot be taken back. */
  public static void register(DriverChannel channel) {
    AtomicBoolean signalled = new AtomicBoolean();
    SignalUtils.register(
        "TERM",
        () -> {
          if (signalled.getAndSet(true)) {
            // Not System.exit: its shutdown hooks stop the context and wait for the batch that the
            // operator no longer wants to wait for. What is on disk is what a kill leaves.
            Runtime.getRuntime().halt(ENDED_BY_SIGTERM);
          }
          channel.drain();
          LOG.warn(
              "SIGTERM: the running batch is finished, then the run ends with exit code 6;"
                  + " a second SIGTERM ends it at once");
          return true;
        });
  }
}
