package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.sink.Manifest.TimeRange;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TimePartitionTest {

  private static final TimePartition DAYS =
      new TimePartition(
          "ts",
          Map.of(ChronoUnit.YEARS, "year", ChronoUnit.MONTHS, "month", ChronoUnit.DAYS, "day"));

  @Test
  void aDaySpansADay() {
    assertThat(DAYS.range(Map.of("year", "2023", "month", "12", "day", "31")))
        .contains(new TimeRange("2023-12-31T00:00:00Z", "2024-01-01T00:00:00Z"));
  }

  @Test
  void unitsBelowAGapDoNotCount() {
    TimePartition yearAndDay =
        new TimePartition("ts", Map.of(ChronoUnit.YEARS, "year", ChronoUnit.DAYS, "day"));

    assertThat(yearAndDay.range(Map.of("year", "2024", "day", "31")))
        .contains(new TimeRange("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"));
  }

  @Test
  void withoutAYearOrAValueThereIsNoSpan() {
    Map<String, String> missing = new HashMap<>();
    missing.put("year", null);

    assertThat(new TimePartition("ts", Map.of(ChronoUnit.MONTHS, "m")).range(Map.of("m", "01")))
        .isEmpty();
    assertThat(DAYS.range(missing)).isEmpty();
  }

  @Test
  void timesAreNotPartitionedByWeek() {
    assertThatThrownBy(() -> new TimePartition("ts", Map.of(ChronoUnit.WEEKS, "week")))
        .hasMessage(
            "A time is not partitioned by Weeks, only by [Years, Months, Days, Hours, Minutes]");
  }
}
