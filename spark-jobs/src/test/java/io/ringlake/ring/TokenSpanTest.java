package io.ringlake.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenSpanTest {

  @Test
  void rejectsASpanThatWraps() {
    assertThatThrownBy(() -> new TokenSpan(7, -7))
        .hasMessage("Token span (7, -7] is empty or wraps");
  }

  @Test
  void rejectsAnEmptySpan() {
    assertThatThrownBy(() -> new TokenSpan(7, 7)).hasMessage("Token span (7, 7] is empty or wraps");
  }

  @Test
  void knowsItsShareOfTheRing() {
    assertThat(TokenSpan.WHOLE_RING.share()).isEqualTo(1.0);
    assertThat(new TokenSpan(0, Long.MAX_VALUE).share()).isEqualTo(0.5);
    assertThat(new TokenSpan(0, 1).share()).isGreaterThan(0).isLessThan(1e-18);
    assertThat(new TokenSpan(Long.MAX_VALUE - 1, Long.MAX_VALUE).share())
        .isEqualTo(new TokenSpan(0, 1).share());
  }
}
