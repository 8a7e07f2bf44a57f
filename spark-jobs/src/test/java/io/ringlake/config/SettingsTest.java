package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.failure.RunFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void argumentsWinOverTheJobFileAndThatOverDefaults() {
    Settings settings =
        settings(
            List.of(file("page-rows", "100"), file("span-size", "1MB"), file("table", "a.b")),
            List.of(GivenValue.of("page-rows", "200"), GivenValue.of("table", "c.d")));

    assertThat(settings.value("page-rows", ValueFormat.number(1, 1000))).isEqualTo(200);
    assertThat(settings.value("span-size", DataSize::parse)).hasToString("1MB");
    assertThat(settings.value("file-size", DataSize::parse)).hasToString("128MB");
    assertThat(settings.value("table", TablePattern::parseList)).hasToString("[c.d]");
    assertThat(settings.givenKeys()).containsExactlyInAnyOrder("page-rows", "span-size", "table");
    settings.raiseProblems();
  }

  @Test
  void aListCanBeGivenInParts() {
    Settings settings =
        settings(
            List.of(new GivenValue("exclude", List.of("a.b", "a.c"), "x.conf:1")),
            List.of(GivenValue.of("table", "a.*,b.*"), GivenValue.of("table", "c.d")));

    assertThat(settings.value("table", TablePattern::parseList)).hasToString("[a.*, b.*, c.d]");
    assertThat(settings.value("exclude", TablePattern::parseList)).hasToString("[a.b, a.c]");
  }

  @Test
  void aValueGivenTwiceMustBeTheSame() {
    Settings settings =
        settings(
            List.of(),
            List.of(
                GivenValue.of("output", "/a"),
                new GivenValue("output", List.of("/a"), "--set"),
                GivenValue.of("spans", "1"),
                new GivenValue("spans", List.of("2"), "--set"),
                GivenValue.of("password-file", "hunter2"),
                GivenValue.of("password-file", "hunter3")));

    assertProblems(
        settings,
        "--set: spans is given twice, as '1' and as '2'. Leave one out.",
        "password-file is given twice, as (secret) and as (secret). Leave one out.");
  }

  @Test
  void problemsNameThePlaceInTheJobFile() {
    Settings settings =
        settings(
            List.of(
                file("formt", "parquet"),
                file("page-rows", "0"),
                new GivenValue("output", List.of("/a", "/b"), "x.conf:2")),
            List.of());

    assertThat(settings.value("page-rows", ValueFormat.number(1, 9000))).isEqualTo(5000);
    assertThat(settings.optional("output", ValueFormat.text())).isNull();
    assertProblems(
        settings,
        "x.conf:1: formt is not a setting of export. Did you mean format?",
        "x.conf:1: page-rows is '0', which is not a whole number from 1 to 9000.",
        "x.conf:2: output is '/a,/b', a list, but takes one value.");
  }

  @Test
  void aProblemIsOneLine() {
    Settings settings = settings(List.of(), List.of(GivenValue.of("spans", "1\n  2")));

    settings.optional("spans", ValueFormat.number(1, 9));

    assertProblems(settings, "spans is '1 2', which is not a whole number from 1 to 9.");
  }

  @Test
  void identityIsWhatDecidesTheOutputInCanonicalSpelling() {
    Settings settings =
        settings(
            List.of(),
            List.of(
                GivenValue.of("compression", "ZSTD"),
                GivenValue.of("partition-by", " year( ts ) , \"a b\""),
                GivenValue.of("page-rows", "7")));

    settings.value("compression", ValueFormat.oneOf(List.of("zstd")));
    settings.value("partition-by", ValueFormat.compactText());
    settings.value("page-rows", ValueFormat.number(1, 9));
    settings.optional("filter", ValueFormat.text());

    assertThat(settings.identity())
        .isEqualTo(Map.of("compression", "zstd", "filter", "", "partition-by", "year(ts),\"a b\""));
  }

  @Test
  void aSpaceBetweenTwoWordsStays() {
    assertThat(ValueFormat.compactText().parse(" region  country, year( ts )"))
        .isEqualTo("region  country,year(ts)");
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "15s, PT15S", "2 m, PT2M", "1h, PT1H", "007s, PT7S"})
  void lengthsOfTimeHaveAUnit(String text, Duration duration) {
    assertThat(ValueFormat.duration().parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({"15", "0s", "-1s", "1.5s", "s", "1d", "''"})
  void otherLengthsOfTimeAreRefused(String text) {
    assertThatThrownBy(() -> ValueFormat.duration().parse(text))
        .hasMessage(
            "which is not a length of time. Use a whole number above 0 and ms, s, m or h, for"
                + " example 15s.");
  }

  @ParameterizedTest
  @CsvSource({"0", "10", "x", "-1", "1.0", "''", "99999999999"})
  void numbersHaveBounds(String text) {
    assertThatThrownBy(() -> ValueFormat.number(1, 9).parse(text))
        .hasMessage("which is not a whole number from 1 to 9.");
  }

  @Test
  void otherFormatsRefuseWhatTheyCannotRead() {
    assertThatThrownBy(() -> ValueFormat.text().parse(" "))
        .hasMessage("which is empty. Set it or leave it out.");
    assertThatThrownBy(() -> ValueFormat.bool().parse("yes"))
        .hasMessage("which is not known. Use one of: true, false.");
    assertThatThrownBy(
            () -> ValueFormat.matching(Pattern.compile("a+"), "which is odd.").parse("b"))
        .hasMessage("which is odd.");
    assertThat(ValueFormat.listOf(ValueFormat.number(1, 9)).parse("1, 2")).containsExactly(1, 2);
  }

  private static GivenValue file(String key, String text) {
    return new GivenValue(key, List.of(text), "x.conf:1");
  }

  private static Settings settings(List<GivenValue> jobFile, List<GivenValue> arguments) {
    return new Settings(Scope.EXPORT, jobFile, arguments, new Problems());
  }

  private static void assertProblems(Settings settings, String... lines) {
    assertThatThrownBy(settings::raiseProblems)
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "RL-USAGE-001 "
                + String.join("\n", lines)
                + "\nringlake export --help lists the settings.");
  }
}
