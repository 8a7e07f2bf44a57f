package io.ringlake.ring;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A seeded choice of tokens: many small intervals, spread over all of what they are chosen from. It
 * hangs on nothing else: neither on a table, nor on a cluster, nor on how the ring is cut; so
 * tables that have the same partition key have the same partitions in it.
 *
 * @param share of the tokens, above 0 and at most 1
 * @param seed any; another one chooses other intervals
 */
public record Sample(BigDecimal share, int seed) {

  /** So many that large clusters take part as a whole, so few that each is worth a query. */
  private static final int INTERVALS = 256;

  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException if it is out of its bounds
   */
  public Sample {
    share = share.stripTrailingZeros();
    if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(
          "A sample of %s is not above 0 and at most 1".formatted(share.toPlainString()));
    }
  }

  /**
   * What the sample chooses: of a part of the ring, cut into {@value #INTERVALS} equal pieces, one
   * interval of each. It holds as many tokens as make the share, to within one an interval, and at
   * least one; a part of few tokens has fewer intervals.
   */
  public RingPart of(RingPart part) {
    BigInteger tokens = part.tokens();
    BigInteger wanted =
        share
            .multiply(new BigDecimal(tokens))
            .setScale(0, RoundingMode.HALF_UP)
            .toBigInteger()
            .max(BigInteger.ONE);
    int intervals = wanted.min(BigInteger.valueOf(INTERVALS)).intValueExact();
    List<TokenSpan> chosen = new ArrayList<>();
    for (int interval = 0; interval < intervals; interval++) {
      BigInteger start = portion(tokens, interval, intervals);
      BigInteger width = portion(tokens, interval + 1, intervals).subtract(start);
      BigInteger length =
          portion(wanted, interval + 1, intervals)
              .subtract(portion(wanted, interval, intervals))
              .min(width);
      BigInteger from = start.add(atRandom(width.subtract(length), interval));
      addTokens(chosen, part, from, from.add(length));
    }
    return RingPart.of(chosen);
  }

  private static BigInteger portion(BigInteger all, int of, int in) {
    return all.multiply(BigInteger.valueOf(of)).divide(BigInteger.valueOf(in));
  }

  /** A number from 0 to the greatest, each as likely as the others. */
  private BigInteger atRandom(BigInteger greatest, int interval) {
    BigInteger random =
        new BigInteger(Long.toUnsignedString(mixed(seed + (interval + 1) * GOLDEN_RATIO)));
    return greatest.add(BigInteger.ONE).multiply(random).shiftRight(Long.SIZE);
  }

  /** SplitMix64 (Steele, Lea, Flood 2014): spelled out, since a sample has to stay what it is. */
  private static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /** Adds the tokens that have these places in a part, counted from 0; the last is exclusive. */
  private static void addTokens(
      List<TokenSpan> spans, RingPart part, BigInteger from, BigInteger to) {
    BigInteger before = BigInteger.ZERO;
    for (TokenSpan piece : part.pieces()) {
      BigInteger after = before.add(piece.tokens());
      BigInteger first = from.max(before);
      BigInteger end = to.min(after);
      if (first.compareTo(end) < 0) {
        BigInteger start = BigInteger.valueOf(piece.startExclusive()).subtract(before);
        spans.add(
            new TokenSpan(start.add(first).longValueExact(), start.add(end).longValueExact()));
      }
      before = after;
    }
  }
}
