package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.writetime.CellLayout;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsReferenceTest {

  private static final List<GivenValue> NEEDED =
      List.of(GivenValue.of("table", "shop.orders"), GivenValue.of("output", "/lake"));

  private final SettingsReference reference = SettingsReference.load();

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOURCE")
  void eachSettingOfAJobIsRead(Scope job) {
    Settings settings = new Settings(job, List.of(), NEEDED, new Problems());

    if (job == Scope.PLAN) {
      PlanCheck.from(settings);
    }
    ExportConfig.from(settings);

    assertThat(settings.readKeys()).isEqualTo(keys(job));
  }

  @Test
  void eachOptionOfTheSourceIsRead() {
    Settings settings = new Settings(Scope.SOURCE, List.of(), NEEDED.subList(0, 1), new Problems());

    SourceConfig.from(settings);

    assertThat(settings.readKeys()).isEqualTo(keys(Scope.SOURCE));
  }

  @Test
  void aKeyThatIsNotInTheReferenceCannotBeRead() {
    Settings settings = new Settings(Scope.EXPORT, List.of(), NEEDED, new Problems());

    assertThatThrownBy(() -> settings.optional("check", ValueFormat.text()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("settings.conf has no setting check of export");
  }

  @Test
  void valueNamesListTheWordsThatAreAllowed() {
    assertThat(valueName("mode")).isEqualTo(words(WriteMode.values()));
    assertThat(valueName("format")).isEqualTo(words(OutputFormat.values()));
    assertThat(valueName("cell-layout")).isEqualTo(words(CellLayout.values()));
    assertThat(valueName("check")).isEqualTo(words(PlanCheck.values()));
    assertThat(valueName("collection-writetime")).isEqualTo(words(CollectionWritetime.values()));
    assertThat(valueName("on-overflow")).isEqualTo(words(OnOverflow.values()));
    assertThat(valueName("written-match")).isEqualTo(words(WrittenRange.Match.values()));
    assertThat(valueName("blob-as")).isEqualTo(words(TextConfig.BlobText.values()));
    for (OutputFormat format : OutputFormat.values()) {
      assertThat(setting("compression").meaning()).contains(format.compressions());
    }
  }

  @Test
  void theFormOfASettingIsThatOfItsDefault() {
    assertThat(setting("table").form()).isEqualTo(Setting.Form.LIST);
    assertThat(setting("strict").form()).isEqualTo(Setting.Form.SWITCH);
    assertThat(setting("filter").form()).isEqualTo(Setting.Form.VALUE);
    assertThat(setting("filter").defaults()).isEmpty();
    assertThat(setting("columns").defaults()).containsExactly("*");
  }

  @Test
  void onlyThePasswordIsSecret() {
    assertThat(reference.settings())
        .filteredOn(each -> each.kind() == Setting.Kind.SECRET)
        .map(Setting::key)
        .containsExactly("password-file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--;formt;--formt is not a setting of export. Did you mean --format?",
        "--;tabel;--tabel is not a setting of export. Did you mean --table?",
        "-;table;-table is not a setting of export. Did you mean --table?",
        "'';datacenter;datacenter is not a setting of export. Did you mean local-datacenter?",
        "'';colour;colour is not a setting of export.",
        "--;check;--check is not a setting of export, only of plan.",
        "--;password;--password is not a setting of export, since others can see it there. Use"
            + " --password-file with a file or env:NAME."
      })
  void aKeyThatDoesNotExistIsRefusedWithTheNearest(String prefix, String key, String refusal) {
    assertThat(reference.refusal(prefix, key, Scope.EXPORT)).isEqualTo(refusal);
  }

  private Setting setting(String key) {
    return reference.settings().stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private String valueName(String key) {
    return setting(key).valueName();
  }

  private static <E extends Enum<E>> String words(E[] constants) {
    return String.join("|", ValueFormat.words(constants));
  }

  private Set<String> keys(Scope scope) {
    return reference.settings(scope).stream().map(Setting::key).collect(Collectors.toSet());
  }
}
