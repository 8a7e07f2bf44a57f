package io.ringlake.ring;

import java.util.List;

/** The proof that no row is read twice and none is left out. */
public final class RingCover {

  private RingCover() {}

  /**
   * Proves that spans, in any order, cover the whole ring exactly once.
   *
   * @throws IllegalArgumentException if they do not, naming the first gap or overlap
   */
  public static void check(List<TokenSpan> spans) {
    long covered = Long.MIN_VALUE;
    for (TokenSpan span : spans.stream().sorted().toList()) {
      if (span.startExclusive() > covered) {
        throw new IllegalArgumentException(
            "Spans leave out %s of the ring"
                .formatted(new TokenSpan(covered, span.startExclusive())));
      }
      if (span.startExclusive() < covered) {
        throw new IllegalArgumentException(
            "Span %s overlaps another one, which ends at %d".formatted(span, covered));
      }
      covered = span.endInclusive();
    }
    if (covered != Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Spans leave out %s of the ring".formatted(new TokenSpan(covered, Long.MAX_VALUE)));
    }
  }
}
