package io.ringlake.ring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The proof that no row is read twice and none is left out. */
public final class RingCover {

  private RingCover() {}

  /**
   * Proves that spans, in any order, cover a part of the ring exactly once, and nothing beside it.
   *
   * @throws IllegalArgumentException if they do not, naming the first gap, overlap or span outside
   */
  public static void check(RingPart part, List<TokenSpan> spans) {
    Deque<TokenSpan> left = new ArrayDeque<>(part.pieces());
    long covered = Long.MIN_VALUE;
    for (TokenSpan span : spans.stream().sorted().toList()) {
      if (span.startExclusive() < covered) {
        throw new IllegalArgumentException(
            "Span %s overlaps another one, which ends at %d".formatted(span, covered));
      }
      TokenSpan next = left.poll();
      if (next != null && next.startExclusive() < span.startExclusive()) {
        throw leftOut(
            new TokenSpan(
                next.startExclusive(), Math.min(next.endInclusive(), span.startExclusive())));
      }
      if (next == null
          || span.startExclusive() < next.startExclusive()
          || span.endInclusive() > next.endInclusive()) {
        throw new IllegalArgumentException(
            "Span %s goes beyond the part of the ring that is read".formatted(span));
      }
      covered = span.endInclusive();
      if (covered < next.endInclusive()) {
        left.push(new TokenSpan(covered, next.endInclusive()));
      }
    }
    if (!left.isEmpty()) {
      throw leftOut(left.element());
    }
  }

  private static IllegalArgumentException leftOut(TokenSpan gap) {
    return new IllegalArgumentException("Spans leave out %s of the ring".formatted(gap));
  }
}
