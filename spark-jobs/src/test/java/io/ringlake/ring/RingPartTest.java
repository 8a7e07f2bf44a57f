package io.ringlake.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingPartTest {

  private static final long MIN = Long.MIN_VALUE;
  private static final long MAX = Long.MAX_VALUE;

  @Test
  void readsARangeWithItsStartExclusive() {
    assertThat(RingPart.parse(" -5..7 ").pieces()).containsExactly(new TokenSpan(-5, 7));
  }

  @Test
  void goesAroundTheEndOfTheRingWhereTheStartIsAboveTheEnd() {
    assertThat(RingPart.parse("7..-5").pieces())
        .containsExactly(new TokenSpan(MIN, -5), new TokenSpan(7, MAX));
  }

  @Test
  void hasNoEmptyPieceWhereARangeBeginsOrEndsAtTheEndOfTheRing() {
    assertThat(RingPart.parse(MAX + "..-5").pieces()).containsExactly(new TokenSpan(MIN, -5));
    assertThat(RingPart.parse("7.." + MIN).pieces()).containsExactly(new TokenSpan(7, MAX));
    assertThat(RingPart.parse(MIN + ".." + MAX)).isEqualTo(RingPart.WHOLE_RING);
  }

  @Test
  void joinsRangesThatTouch() {
    assertThat(RingPart.parse("10..20,-5..0,0..10").pieces())
        .containsExactly(new TokenSpan(-5, 20));
    assertThat(RingPart.parse("5..-5,-5..5")).isEqualTo(RingPart.WHOLE_RING);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "-5..7 | -5..7",
        "7..-5 | 7..-5",
        "3..4,7..-5,1..2 | 1..2,3..4,7..-5",
        "-9223372036854775808..1,5..9 | -9223372036854775808..1,5..9"
      })
  void isSpelledAsItIsRead(String text, String spelled) {
    RingPart part = RingPart.parse(text);

    assertThat(part).hasToString(spelled);
    assertThat(RingPart.parse(part.toString())).isEqualTo(part);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`` | where '' is not a range of tokens. Use start..end, whole numbers from -9223372036854775808 to 9223372036854775807, for example -100..100.",
        "5 | where '5' is not a range of tokens. Use start..end, whole numbers from -9223372036854775808 to 9223372036854775807, for example -100..100.",
        "1..2, | where '' is not a range of tokens. Use start..end, whole numbers from -9223372036854775808 to 9223372036854775807, for example -100..100.",
        "0..9223372036854775808 | where '0..9223372036854775808' is not a range of tokens. Use start..end, whole numbers from -9223372036854775808 to 9223372036854775807, for example -100..100.",
        "5..5 | where 5..5 ends where it begins. Leave it out to read the whole ring.",
        "9223372036854775807..-9223372036854775808 | where 9223372036854775807..-9223372036854775808 holds no token of a key.",
        "0..10,5..20 | where the tokens of (5, 10] are named twice. Name each part of the ring once.",
        "0..10,5..6 | where the tokens of (5, 6] are named twice. Name each part of the ring once."
      })
  void refusesWhatIsNoPartOfTheRing(String text, String why) {
    assertThatThrownBy(() -> RingPart.parse(text))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  @Test
  void knowsItsShareOfTheRing() {
    assertThat(RingPart.WHOLE_RING.share()).isEqualTo(1);
    assertThat(RingPart.parse("0.." + MIN).share()).isEqualTo(0.5);
    assertThat(RingPart.parse((MIN + 1) + ".." + MAX).share()).isLessThan(1);
    assertThat(RingPart.WHOLE_RING.inWords()).isEqualTo("the ring");
    assertThat(RingPart.parse("4611686018427387904..-4611686018427387904").inWords())
        .isEqualTo("50 % of the ring");
  }

  @Test
  void cannotExistInAWrongState() {
    assertThatThrownBy(() -> new RingPart(List.of())).hasMessage("A part of the ring has no piece");
    assertThatThrownBy(() -> new RingPart(List.of(new TokenSpan(0, 10), new TokenSpan(10, 20))))
        .hasMessage("Piece (10, 20] of the ring does not lie above (0, 10]");
  }
}
