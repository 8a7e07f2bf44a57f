package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {

  @ParameterizedTest
  @CsvSource({
    "1B, 1",
    "1KB, 1024",
    "128MB, 134217728",
    "128 mb, 134217728",
    "3GB, 3221225472",
    "1TB, 1099511627776",
    "8388607TB, 9223370937343148032"
  })
  void unitsArePowersOf1024(String text, long bytes) {
    assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "128",
        "MB",
        "0MB",
        "-1MB",
        "1.5GB",
        "1MiB",
        "1PB",
        "8388608TB",
        "9999999999999999999B"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> DataSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "which is not a data size. Use a whole number above 0 and B, KB, MB, GB or TB, for"
                + " example 128MB.");
  }

  @ParameterizedTest
  @CsvSource({"1024KB, 1MB", "1536MB, 1536MB", "2048TB, 2048TB", "1000B, 1000B"})
  void isSpelledInTheLargestUnitThatFits(String text, String spelling) {
    assertThat(DataSize.parse(text)).hasToString(spelling);
    assertThat(DataSize.parse(spelling)).isEqualTo(DataSize.parse(text));
  }

  @Test
  void refusesASizeThatIsNotAbove0() {
    assertThatThrownBy(() -> new DataSize(0)).hasMessage("A data size of 0 bytes is not above 0");
  }
}
