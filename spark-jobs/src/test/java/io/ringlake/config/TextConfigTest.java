package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.TextConfig.BlobText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextConfigTest {

  @Test
  void everySettingReachesItsRecord() {
    assertThat(
            text(
                "format=csv",
                "csv-delimiter=\\t",
                "csv-quote='",
                "csv-escape=\\",
                "csv-header=false",
                "csv-null=NULL",
                "encoding=latin1",
                "timestamp-format=dd.MM.uuuu HH:mm:ss",
                "writetime-format=MICROS",
                "time-zone=Europe/Berlin",
                "blob-as=HEX"))
        .isEqualTo(
            new TextConfig(
                '\t',
                '\'',
                '\\',
                false,
                "NULL",
                false,
                "ISO-8859-1",
                "dd.MM.uuuu HH:mm:ss",
                "micros",
                "Europe/Berlin",
                BlobText.HEX));
    assertThat(text("format=json", "json-array=true").jsonArray()).isTrue();
  }

  @Test
  void textIsCompressedByGzipUnlessItIsSaid() {
    assertThat(config("format=csv").compression()).isEqualTo("gzip");
    assertThat(config("format=json", "compression=ZSTD").compression()).isEqualTo("zstd");
    assertThat(config().compression()).isEqualTo("zstd");
  }

  @Test
  void timesAreSpelledInTheZone() {
    Instant time = Instant.parse("2026-01-31T12:00:00.123456Z");

    assertThat(text("format=csv").formatter("iso").format(time))
        .isEqualTo("2026-01-31T12:00:00.123456Z");
    assertThat(text("format=csv", "time-zone=+02:00").formatter("iso").format(time))
        .isEqualTo("2026-01-31T14:00:00.123456+02:00");
    assertThat(text("format=csv").formatter("dd.MM.uuuu").format(time)).isEqualTo("31.01.2026");
    assertThat(
            text("format=csv", "time-zone=Europe/Berlin")
                .formatter("iso")
                .format(Instant.parse("1880-01-01T00:00:00Z")))
        .isEqualTo("1880-01-01T00:53:28.000000+00:53:28");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          csv-delimiter=,,; csv-delimiter is ',,', which is not one character. Use one, or \\t for a tabulator.
          csv-delimiter="; csv-delimiter is the same character as csv-quote (") or csv-escape ("). Choose another one.
          csv-null=a,b; csv-null is 'a,b', which holds the delimiter, a quote, the escape or an end of line. Choose another one.
          encoding=utf-9; encoding is 'utf-9', which is no character set. Use one, for example UTF-8 or ISO-8859-1.
          time-zone=Mars; time-zone is 'Mars', which is no time zone. Use one, for example UTC, +02:00 or Europe/Berlin.
          blob-as=octal; blob-as is 'octal', which is not known. Use one of: base64, hex.
          compression=snappy; compression is 'snappy', which is not known. Use one of: default, gzip, zstd, bzip2, lz4, deflate, uncompressed.
          json-array=true; json-array means nothing to format csv. Leave it out.
          """)
  void refusesWhatCannotBe(String argument, String problem) {
    assertThatThrownBy(() -> config("format=csv", argument)).hasMessageContaining(problem);
  }

  @Test
  void refusesAPatternThatIsNone() {
    assertThatThrownBy(() -> config("format=json", "timestamp-format=jjjj"))
        .hasMessageContaining(
            "timestamp-format is 'jjjj', which is not iso and no pattern of a time (Unknown pattern"
                + " letter: j). Use one such as uuuu-MM-dd HH:mm:ss.SSSSSS.");
    assertThatThrownBy(() -> config("format=json", "writetime-format=b'"))
        .hasMessageContaining("which is not iso or micros and no pattern of a time");
    for (String constant : List.of(" ", "'year'", "--")) {
      assertThatThrownBy(() -> config("format=json", "timestamp-format=" + constant))
          .hasMessageContaining("(it says nothing of a time)");
    }
  }

  @Test
  void refusesWhatMeansNothingToTheFormat() {
    assertThatThrownBy(() -> config("format=parquet", "blob-as=hex", "csv-header=true"))
        .hasMessageContaining("blob-as means nothing to format parquet. Leave it out.")
        .hasMessageContaining("csv-header means nothing to format parquet. Leave it out.");
  }

  @Test
  void whatMeansNothingToTheFormatDecidesNothing() {
    assertThat(export("format=parquet").identity()).doesNotContainKeys("csv-null", "encoding");
    assertThat(export("format=json").identity())
        .containsKeys("json-array", "encoding")
        .doesNotContainKeys("csv-null", "csv-header");
    assertThat(export("format=csv").identity())
        .containsKeys("csv-null", "encoding")
        .doesNotContainKey("json-array");
  }

  private static TextConfig text(String... arguments) {
    return config(arguments).text();
  }

  private static OutputConfig config(String... arguments) {
    return export(arguments).output();
  }

  private static ExportConfig export(String... arguments) {
    List<GivenValue> values = new ArrayList<>(List.of(GivenValue.of("table", "a.b")));
    values.add(GivenValue.of("output", "/lake"));
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      values.add(GivenValue.of(parts[0], parts[1]));
    }
    return ExportConfig.from(new Settings(Scope.EXPORT, List.of(), values, new Problems()));
  }
}
