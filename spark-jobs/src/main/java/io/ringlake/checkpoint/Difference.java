package io.ringlake.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * Something that a command or its table has otherwise than a stored plan.
 *
 * @param what a setting's key, or a part of the table
 * @param stored null where the plan has none
 * @param now null where the command or the table has none
 */
public record Difference(String what, @Nullable String stored, @Nullable String now) {

  @Override
  public String toString() {
    return "%s was %s, is now %s".formatted(what, shown(stored), shown(now));
  }

  private static String shown(@Nullable String value) {
    return value == null ? "not there" : "'" + value + "'";
  }
}
