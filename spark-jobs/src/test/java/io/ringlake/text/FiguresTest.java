package io.ringlake.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void printsCountsWithCommas() {
    assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Figures.count(1, "file")).isEqualTo("1 file");
    assertThat(Figures.count(0, "file")).isEqualTo("0 files");
  }

  @Test
  void printsBytesInPowersOf1024() {
    assertThat(Figures.bytes(1)).isEqualTo("1 byte");
    assertThat(Figures.bytes(1023)).isEqualTo("1,023 bytes");
    assertThat(Figures.bytes(1536)).isEqualTo("1.5 KB");
    assertThat(Figures.bytes(128L << 20)).isEqualTo("128.0 MB");
    assertThat(Figures.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EB");
  }

  @Test
  void roundsSharesDownButNotByALackingBillionth() {
    assertThat(Figures.percent(0)).isEqualTo("0.0 %");
    assertThat(Figures.percent(0.4379)).isEqualTo("43.7 %");
    assertThat(Figures.percent(0.7 - 1e-12)).isEqualTo("70.0 %");
    assertThat(Figures.percent(Math.nextDown(1.0))).isEqualTo("99.9 %");
    assertThat(Figures.percent(1)).isEqualTo("100.0 %");
  }

  @Test
  void printsTimesAsClocksDo() {
    assertThat(Figures.time(Duration.ZERO)).isEqualTo("0:00");
    assertThat(Figures.time(Duration.ofMillis(59_500))).isEqualTo("1:00");
    assertThat(Figures.time(Duration.ofSeconds(83))).isEqualTo("1:23");
    assertThat(Figures.time(Duration.ofSeconds(7_425))).isEqualTo("2:03:45");
  }

  @Test
  void printsSharesWithThreeFigures() {
    assertThat(Figures.share(1)).isEqualTo("100 %");
    assertThat(Figures.share(Math.nextDown(1.0))).isEqualTo("99.9 %");
    assertThat(Figures.share(0.125)).isEqualTo("12.5 %");
    assertThat(Figures.share(0.01)).isEqualTo("1 %");
    assertThat(Figures.share(0.000123456)).isEqualTo("0.0123 %");
  }
}
