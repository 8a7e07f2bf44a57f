package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteTimeTest {

  @ParameterizedTest
  @CsvSource({
    "1704067200000001, 1704067200000001",
    "-5, -5",
    "0, 0",
    "2024-01-01, 1704067200000000",
    "2024-01-01T00:00, 1704067200000000",
    "2024-01-01T00:00:07, 1704067207000000",
    "2024-01-01T00:00:00Z, 1704067200000000",
    "2024-01-01T01:30:00.000001+01:30, 1704067200000001",
    "2024-01-01T00:00:00.5Z, 1704067200500000",
    "1969-12-31T23:59:59.999999Z, -1",
    "1600-01-01, -11676096000000000",
    "5000-01-01T00:00Z, 95617584000000000",
  })
  void isIso8601OrMicroseconds(String text, long micros) {
    assertThat(WriteTime.parse(" " + text + " ").micros()).isEqualTo(micros);
  }

  @Test
  void isSpelledInUtc() {
    assertThat(WriteTime.parse("2024-01-01T01:30:00.000001+01:30"))
        .hasToString("2024-01-01T00:00:00.000001Z");
    assertThat(new WriteTime(Long.MIN_VALUE)).hasToString("-290308-12-21T19:59:05.224192Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2024-13-01",
        "2024-02-30",
        "2024-01-01 00:00:00",
        "2024-01-01T00:00:00.0000001Z",
        "99999999999999999999",
        "1.5",
        "",
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> WriteTime.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "which is not a time. Use ISO 8601, such as 2026-01-31 or 2026-01-31T12:00:00Z, or"
                + " microseconds since 1970.");
  }
}
