package io.ringlake.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what a server does in its own time. */
final class Patience {

  private static final Duration STEP = Duration.ofMillis(100);

  private Patience() {}

  /**
   * Asks until the answer is yes.
   *
   * @param complaint what to say when the time is over
   * @throws IllegalStateException with the complaint
   */
  static void await(Duration atMost, BooleanSupplier question, Supplier<String> complaint) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!question.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(complaint.get());
      }
      try {
        Thread.sleep(STEP.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting: " + complaint.get(), e);
      }
    }
  }
}
