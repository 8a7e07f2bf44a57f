package io.ringlake.sink;

import io.ringlake.sink.Manifest.TimeRange;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Partition columns that were taken from one time.
 *
 * @param source the output column that the time is read from, for example {@code ts} or {@code
 *     name_writetime}
 * @param columns the partition columns by what they hold: {@code YEARS}, {@code MONTHS}, {@code
 *     DAYS} (of the month), {@code HOURS}, {@code MINUTES}, in UTC
 */
public record TimePartition(String source, Map<ChronoUnit, String> columns) {

  private static final List<ChronoUnit> UNITS =
      List.of(
          ChronoUnit.YEARS,
          ChronoUnit.MONTHS,
          ChronoUnit.DAYS,
          ChronoUnit.HOURS,
          ChronoUnit.MINUTES);

  public TimePartition {
    columns = Map.copyOf(columns);
    for (ChronoUnit unit : columns.keySet()) {
      if (!UNITS.contains(unit)) {
        throw new IllegalArgumentException(
            "A time is not partitioned by %s, only by %s".formatted(unit, UNITS));
      }
    }
  }

  /**
   * The time that a partition spans: that of its units from the year down to the first one that is
   * not a partition column.
   *
   * @param partition values by partition column
   * @return empty without a year, or if a value is null
   */
  Optional<TimeRange> range(Map<String, @Nullable String> partition) {
    int[] fields = {1, 1, 1, 0, 0};
    int depth = 0;
    while (depth < UNITS.size() && columns.containsKey(UNITS.get(depth))) {
      String value = partition.get(columns.get(UNITS.get(depth)));
      if (value == null) {
        return Optional.empty();
      }
      fields[depth] = Integer.parseInt(value);
      depth++;
    }
    if (depth == 0) {
      return Optional.empty();
    }
    LocalDateTime start = LocalDateTime.of(fields[0], fields[1], fields[2], fields[3], fields[4]);
    return Optional.of(
        new TimeRange(
            start.toInstant(ZoneOffset.UTC).toString(),
            start.plus(1, UNITS.get(depth - 1)).toInstant(ZoneOffset.UTC).toString()));
  }
}
