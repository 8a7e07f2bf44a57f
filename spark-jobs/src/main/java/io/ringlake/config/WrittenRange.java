package io.ringlake.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which write times the rows that are read must have.
 *
 * @param afterMicros exclusive, since the epoch; null for no bound
 * @param beforeMicros exclusive, since the epoch; null for no bound
 * @param match of how many of a row's cells the write time must lie between them
 */
public record WrittenRange(@Nullable Long afterMicros, @Nullable Long beforeMicros, Match match)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** All rows, whenever they were written. */
  public static final WrittenRange ALL = new WrittenRange(null, null, Match.ANY);

  /** Of how many cells of a row. */
  public enum Match {
    /** At least one. */
    ANY,
    /** All that have a write time. */
    ALL
  }

  static WrittenRange from(Settings settings) {
    WriteTime after = settings.optional("written-after", WriteTime::parse);
    WriteTime before = settings.optional("written-before", WriteTime::parse);
    Match match = settings.constant("written-match", Match.values());
    if (after == null && before == null && !settings.isUnset("written-match")) {
      settings.problem(
          "written-match",
          "written-match says how written-after and written-before are meant: set one of them.");
    }
    if (after != null && before != null && !isSomethingBetween(after.micros(), before.micros())) {
      settings.problem(
          "written-before",
          "written-before is %s, where nothing is after written-after, %s."
              .formatted(before, after));
    }
    return new WrittenRange(
        after == null ? null : after.micros(), before == null ? null : before.micros(), match);
  }

  /** Of two bounds that are exclusive, and whole. */
  private static boolean isSomethingBetween(long after, long before) {
    return after < before && after + 1 < before;
  }

  /** Whether rows are dropped at all. */
  public boolean isBounded() {
    return afterMicros != null || beforeMicros != null;
  }

  /** What it asks for, for people: {@code any cell written after 2026-01-31T00:00:00Z}. */
  public String inDetail() {
    List<String> bounds = new ArrayList<>();
    if (afterMicros != null) {
      bounds.add("after " + new WriteTime(afterMicros));
    }
    if (beforeMicros != null) {
      bounds.add("before " + new WriteTime(beforeMicros));
    }
    return bounds.isEmpty()
        ? "whenever written"
        : "%s written %s"
            .formatted(match == Match.ANY ? "any cell" : "all cells", String.join(" and ", bounds));
  }

  /** Whether a write time lies in the range. */
  public boolean holds(long micros) {
    return (afterMicros == null || micros > afterMicros)
        && (beforeMicros == null || micros < beforeMicros);
  }
}
