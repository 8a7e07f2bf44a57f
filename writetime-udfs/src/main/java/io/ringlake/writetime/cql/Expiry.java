package io.ringlake.writetime.cql;

/**
 * When cells expire.
 *
 * <p>Public, since the code that Spark generates calls it.
 */
public final class Expiry {

  private static final long MICROS_PER_SECOND = 1_000_000;

  private Expiry() {}

  /**
   * The end of a cell's life, in microseconds since the epoch.
   *
   * @param readAtMicros when the cell was read, since the epoch
   * @param ttlSeconds what it had left to live then
   * @throws ArithmeticException if that is after the last timestamp there is
   */
  public static long micros(long readAtMicros, int ttlSeconds) {
    return Math.addExact(readAtMicros, ttlSeconds * MICROS_PER_SECOND);
  }
}
