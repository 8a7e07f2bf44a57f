package io.ringlake.ring;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A half-open piece of the Murmur3 token ring, {@code (startExclusive, endInclusive]}, that does
 * not wrap. No key has the token {@link Long#MIN_VALUE}: Murmur3Partitioner maps it to {@link
 * Long#MAX_VALUE}, so {@link #WHOLE_RING} holds every key.
 */
public record TokenSpan(long startExclusive, long endInclusive)
    implements Serializable, Comparable<TokenSpan> {

  /** Every token that a key can have. */
  public static final TokenSpan WHOLE_RING = new TokenSpan(Long.MIN_VALUE, Long.MAX_VALUE);

  public TokenSpan {
    if (startExclusive >= endInclusive) {
      throw new IllegalArgumentException(
          "Token span (%d, %d] is empty or wraps".formatted(startExclusive, endInclusive));
    }
  }

  /** The share of the whole ring that this span covers, above 0 and at most 1. */
  public double share() {
    long width =
        endInclusive - startExclusive; // unsigned: doubles would not tell close tokens apart
    return ((width >>> 1) * 2.0 + (width & 1)) / 0x1p64;
  }

  /** How many tokens it holds, 1 to 2^64 - 1. */
  BigInteger tokens() {
    return BigInteger.valueOf(endInclusive).subtract(BigInteger.valueOf(startExclusive));
  }

  @Override
  public int compareTo(TokenSpan other) {
    int byStart = Long.compare(startExclusive, other.startExclusive);
    return byStart != 0 ? byStart : Long.compare(endInclusive, other.endInclusive);
  }

  @Override
  public String toString() {
    return "(%d, %d]".formatted(startExclusive, endInclusive);
  }
}
