package io.ringlake.checkpoint;

import java.time.Instant;
import java.util.Optional;

/**
 * A driver that worked on a pass.
 *
 * @param number from 1
 * @param end empty while the driver is at work, and for ever if it died
 */
public record Attempt(int number, Driver driver, Instant startedAt, Optional<End> end) {

  /**
   * How a driver ended that could still say so.
   *
   * @param outcome in one line, for people: {@code done}, {@code stopped}, or what went wrong with
   *     its code
   */
  public record End(Instant endedAt, String outcome) {}
}
