package io.ringlake.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {

  /** The width of one of the 256 pieces that the ring is cut into, but for a token. */
  private static final long PIECE = 1L << 56;

  @ParameterizedTest
  @ValueSource(strings = {"0.000001", "0.01", "0.333333", "0.5", "0.999999"})
  void holdsTheShareThatIsAskedFor(String share) {
    RingPart sample = sample(share, 7).of(RingPart.WHOLE_RING);

    assertThat(sample.share()).isCloseTo(Double.parseDouble(share), within(1e-15));
  }

  @Test
  void hasAnIntervalInEachPieceOfTheRing() {
    List<TokenSpan> intervals = sample("0.01", 7).of(RingPart.WHOLE_RING).pieces();

    assertThat(intervals).hasSize(256);
    for (int i = 0; i < 256; i++) {
      assertThat(pieceOf(intervals.get(i).startExclusive() + 1)).isEqualTo(i);
      assertThat(pieceOf(intervals.get(i).endInclusive())).isEqualTo(i);
    }
  }

  private static long pieceOf(long token) {
    return Math.floorDiv(token, PIECE) + 128;
  }

  @Test
  void liesAtAnyPlaceOfAPiece() {
    Random random = new Random(5);
    TreeSet<Long> tenths = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      TokenSpan first = sample("0.01", random.nextInt(10)).of(RingPart.WHOLE_RING).pieces().get(i);
      tenths.add(Math.floorMod(first.startExclusive(), PIECE) / (PIECE / 10));
    }

    assertThat(tenths).hasSize(10);
  }

  @Test
  void isTheSameForTheSameSeedAndAnotherOneForAnother() {
    RingPart sample = sample("0.01", 7).of(RingPart.WHOLE_RING);

    assertThat(sample("0.010", 7).of(RingPart.WHOLE_RING)).isEqualTo(sample);
    assertThat(sample("0.01", 8).of(RingPart.WHOLE_RING)).isNotEqualTo(sample);
  }

  @Test
  void staysWhatItIsFromVersionToVersion() {
    assertThat(sample("0.01", 7).of(RingPart.WHOLE_RING).pieces().subList(0, 3))
        .containsExactly(
            new TokenSpan(-9195562745038824829L, -9194842169098445550L),
            new TokenSpan(-9150116815946265818L, -9149396240005886539L),
            new TokenSpan(-9014999267804906448L, -9014278691864527168L));
  }

  @Test
  void isAllOfThePartIfThatIsAskedFor() {
    RingPart part = RingPart.parse("-5..5,7..8");

    assertThat(sample("1", 7).of(part)).isEqualTo(part);
    assertThat(sample("1", 7).of(RingPart.WHOLE_RING)).isEqualTo(RingPart.WHOLE_RING);
  }

  @Test
  void isNeverEmpty() {
    assertThat(sample("0.000001", 7).of(RingPart.parse("4..5"))).hasToString("4..5");
  }

  @Test
  void liesWithinThePartAndHasItsShareToWithinATokenAnInterval() {
    long seed = Long.getLong("ringlake.seed", System.nanoTime());
    System.out.println("Sample property test: -Dringlake.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      RingPart part = randomPart(random);
      BigDecimal share = BigDecimal.valueOf(1 + random.nextInt(1_000_000), 6);

      RingPart sample = new Sample(share, random.nextInt(1_000)).of(part);

      List<TokenSpan> outside = new ArrayList<>(sample.pieces());
      outside.removeIf(
          interval -> part.pieces().stream().anyMatch(piece -> holds(piece, interval)));
      assertThat(outside).isEmpty();
      BigInteger wanted = share.multiply(new BigDecimal(part.tokens())).toBigInteger();
      assertThat(sample.tokens().subtract(wanted).abs()).isLessThan(BigInteger.valueOf(257));
    }
  }

  private static boolean holds(TokenSpan piece, TokenSpan interval) {
    return piece.startExclusive() <= interval.startExclusive()
        && interval.endInclusive() <= piece.endInclusive();
  }

  private static RingPart randomPart(Random random) {
    long first = random.nextLong() >> random.nextInt(60);
    long width = (random.nextLong() >>> 1) >>> random.nextInt(60);
    long a = first;
    long b = first + width / 3 + 1;
    long c = first + width / 2 + 2;
    long d = first + width + 4;
    return a < b && b < c && c < d
        ? new RingPart(List.of(new TokenSpan(a, b), new TokenSpan(c, d)))
        : RingPart.WHOLE_RING;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.1", "1.000001"})
  void isAShare(String share) {
    assertThatThrownBy(() -> sample(share, 7))
        .hasMessage("A sample of %s is not above 0 and at most 1".formatted(share));
  }

  @Test
  void isToldWithAllThatDecidesIt() {
    Sample sample = sample("0.01", 7);

    assertThat(new RingChoice(RingPart.WHOLE_RING, sample).inDetail())
        .isEqualTo("a sample of 1 % of the ring, 256 intervals, seed 7");
    assertThat(new RingChoice(RingPart.parse("0..2305843009213693952"), sample).inDetail())
        .isEqualTo(
            "a sample of 0.125 % of the ring, 256 intervals of token range 0..2305843009213693952,"
                + " seed 7");
    assertThat(new RingChoice(RingPart.parse("0..2305843009213693952"), null).inDetail())
        .isEqualTo("12.5 % of the ring, token range 0..2305843009213693952");
    assertThat(RingChoice.WHOLE_RING.inDetail()).isEqualTo("the ring");
  }

  private static Sample sample(String share, int seed) {
    return new Sample(new BigDecimal(share), seed);
  }
}
