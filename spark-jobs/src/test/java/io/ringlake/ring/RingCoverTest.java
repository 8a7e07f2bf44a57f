package io.ringlake.ring;

import static io.ringlake.ring.RingPart.WHOLE_RING;
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
                    WHOLE_RING,
                    List.of(
                        new TokenSpan(10, MAX), new TokenSpan(MIN, -10), new TokenSpan(-10, 10))))
        .doesNotThrowAnyException();
  }

  @Test
  void namesAGap() {
    assertThatThrownBy(
            () ->
                RingCover.check(
                    WHOLE_RING, List.of(new TokenSpan(MIN, -10), new TokenSpan(-9, MAX))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Spans leave out (-10, -9] of the ring");
  }

  @Test
  void namesAGapAtEitherEndOfTheRing() {
    assertThatThrownBy(() -> RingCover.check(WHOLE_RING, List.of(new TokenSpan(0, MAX))))
        .hasMessage("Spans leave out (-9223372036854775808, 0] of the ring");
    assertThatThrownBy(() -> RingCover.check(WHOLE_RING, List.of(new TokenSpan(MIN, MAX - 1))))
        .hasMessage("Spans leave out (9223372036854775806, 9223372036854775807] of the ring");
  }

  @Test
  void namesAnOverlap() {
    assertThatThrownBy(
            () ->
                RingCover.check(WHOLE_RING, List.of(new TokenSpan(MIN, 0), new TokenSpan(-1, MAX))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Span (-1, 9223372036854775807] overlaps another one, which ends at 0");
  }

  @Test
  void doesNotTakeNothingForTheWholeRing() {
    assertThatThrownBy(() -> RingCover.check(WHOLE_RING, List.of()))
        .hasMessage("Spans leave out (-9223372036854775808, 9223372036854775807] of the ring");
  }

  @Test
  void acceptsSpansThatCoverAPartOfTheRing() {
    assertThatCode(
            () ->
                RingCover.check(
                    RingPart.parse("0..10,20..30"),
                    List.of(new TokenSpan(20, 30), new TokenSpan(4, 10), new TokenSpan(0, 4))))
        .doesNotThrowAnyException();
  }

  @Test
  void namesAGapInAPart() {
    RingPart part = RingPart.parse("0..10,20..30");

    assertThatThrownBy(() -> RingCover.check(part, List.of(new TokenSpan(20, 30))))
        .hasMessage("Spans leave out (0, 10] of the ring");
    assertThatThrownBy(
            () -> RingCover.check(part, List.of(new TokenSpan(0, 9), new TokenSpan(20, 30))))
        .hasMessage("Spans leave out (9, 10] of the ring");
    assertThatThrownBy(
            () -> RingCover.check(part, List.of(new TokenSpan(0, 10), new TokenSpan(20, 29))))
        .hasMessage("Spans leave out (29, 30] of the ring");
  }

  @Test
  void namesASpanOutsideOfAPart() {
    RingPart part = RingPart.parse("0..10,20..30");

    for (TokenSpan outside :
        List.of(
            new TokenSpan(-1, 10),
            new TokenSpan(0, 11),
            new TokenSpan(0, 30),
            new TokenSpan(-9, -3))) {
      assertThatThrownBy(() -> RingCover.check(part, List.of(outside, new TokenSpan(30, 31))))
          .hasMessage("Span %s goes beyond the part of the ring that is read".formatted(outside));
    }
    assertThatThrownBy(
            () ->
                RingCover.check(
                    part,
                    List.of(new TokenSpan(0, 10), new TokenSpan(12, 13), new TokenSpan(20, 30))))
        .hasMessage("Span (12, 13] goes beyond the part of the ring that is read");
    assertThatThrownBy(
            () ->
                RingCover.check(
                    part,
                    List.of(new TokenSpan(0, 10), new TokenSpan(20, 30), new TokenSpan(30, 31))))
        .hasMessage("Span (30, 31] goes beyond the part of the ring that is read");
  }

  @Test
  void namesAnOverlapInAPart() {
    assertThatThrownBy(
            () ->
                RingCover.check(
                    RingPart.parse("0..10"), List.of(new TokenSpan(0, 7), new TokenSpan(5, 10))))
        .hasMessage("Span (5, 10] overlaps another one, which ends at 7");
  }
}
