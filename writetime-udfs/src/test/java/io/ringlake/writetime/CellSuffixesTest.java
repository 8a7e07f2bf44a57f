package io.ringlake.writetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CellSuffixesTest {

  @Test
  void endsTheNameOfAColumnByWhatIsKnownAboutItsCells() {
    assertThat(CellSuffixes.DEFAULT.columnName("name", CellAspect.WRITETIME))
        .isEqualTo("name_writetime");
    assertThat(CellSuffixes.DEFAULT.columnName("name", CellAspect.TTL)).isEqualTo("name_ttl");
    assertThat(CellSuffixes.DEFAULT.columnName("Last Name", CellAspect.EXPIRES_AT))
        .isEqualTo("Last Name_expires_at");
  }

  @Test
  void takesOtherEndings() {
    CellSuffixes suffixes = new CellSuffixes(".w", ".t", ".e");

    assertThat(suffixes.columnName("name", CellAspect.WRITETIME)).isEqualTo("name.w");
  }

  @Test
  void rejectsAnEmptyEnding() {
    assertThatThrownBy(() -> new CellSuffixes("_w", "", "_e"))
        .hasMessage("A suffix of a write time column is empty");
  }

  @Test
  void rejectsEndingsThatAreTheSame() {
    assertThatThrownBy(() -> new CellSuffixes("_w", "_x", "_x"))
        .hasMessage("Suffixes of write time columns must differ: _w, _x, _x");
  }
}
