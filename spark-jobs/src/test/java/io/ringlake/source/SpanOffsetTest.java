package io.ringlake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class SpanOffsetTest {

  @Test
  void readsWhatItWrites() {
    assertThat(SpanOffset.parse(new SpanOffset(128).json())).isEqualTo(new SpanOffset(128));
    assertThat(new SpanOffset(128).json()).isEqualTo("{\"spans\":128}");
  }

  @Test
  void isSpelledTheSameWhereDigitsAreOthers() {
    Locale before = Locale.getDefault();
    Locale.setDefault(new Locale("fa"));
    try {
      assertThat("%d".formatted(128)).isNotEqualTo("128");
      assertThat(new SpanOffset(128).json()).isEqualTo("{\"spans\":128}");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void refusesAnythingElse() {
    assertThatThrownBy(() -> SpanOffset.parse("{\"spans\":-1}"))
        .hasMessage("Offset is '{\"spans\":-1}'; expected one such as {\"spans\":128}");
  }
}
