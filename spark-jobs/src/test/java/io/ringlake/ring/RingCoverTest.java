package io.ringlake.ring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RingCoverTest {

  private static final long MIN = Long.MIN_VALUE;
  private static final long MAX = Long.MAX_VALUE;

  @Test
  void acceptsSpansThatCoverTheRingOnceInAnyOrder() {
    assertThatCode(
            () ->
                RingCover.check(
                    List.of(
                        new TokenSpan(10, MAX), new TokenSpan(MIN, -10), new TokenSpan(-10, 10))))
        .doesNotThrowAnyException();
  }

  @Test
  void namesAGap() {
    assertThatThrownBy(
            () -> RingCover.check(List.of(new TokenSpan(MIN, -10), new TokenSpan(-9, MAX))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Spans leave out (-10, -9] of the ring");
  }

  @Test
  void namesAGapAtEitherEndOfTheRing() {
    assertThatThrownBy(() -> RingCover.check(List.of(new TokenSpan(0, MAX))))
        .hasMessage("Spans leave out (-9223372036854775808, 0] of the ring");
    assertThatThrownBy(() -> RingCover.check(List.of(new TokenSpan(MIN, MAX - 1))))
        .hasMessage("Spans leave out (9223372036854775806, 9223372036854775807] of the ring");
  }

  @Test
  void namesAnOverlap() {
    assertThatThrownBy(
            () -> RingCover.check(List.of(new TokenSpan(MIN, 0), new TokenSpan(-1, MAX))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Span (-1, 9223372036854775807] overlaps another one, which ends at 0");
  }

  @Test
  void doesNotTakeNothingForTheWholeRing() {
    assertThatThrownBy(() -> RingCover.check(List.of()))
        .hasMessage("Spans leave out (-9223372036854775808, 9223372036854775807] of the ring");
  }
}
