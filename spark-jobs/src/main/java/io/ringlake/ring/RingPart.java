package io.ringlake.ring;

import io.ringlake.text.Figures;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Some of the ring, or all of it: what a read is about. Equal parts hold the same tokens.
 *
 * @param pieces in ascending order, with tokens between them that are not in the part; never empty
 */
public record RingPart(List<TokenSpan> pieces) {

  /** Every token that a key can have. */
  public static final RingPart WHOLE_RING = new RingPart(List.of(TokenSpan.WHOLE_RING));

  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,19})\\.\\.(-?\\d{1,19})");

  /**
   * Copies the pieces.
   *
   * @throws IllegalArgumentException if there is none, or two touch, overlap or are out of order
   */
  public RingPart {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("A part of the ring has no piece");
    }
    for (int i = 1; i < pieces.size(); i++) {
      if (pieces.get(i).startExclusive() <= pieces.get(i - 1).endInclusive()) {
        throw new IllegalArgumentException(
            "Piece %s of the ring does not lie above %s"
                .formatted(pieces.get(i), pieces.get(i - 1)));
      }
    }
  }

  /**
   * The part that spans make up, in any order.
   *
   * @throws IllegalArgumentException if there is none or two overlap; the message continues "key is
   *     'text', "
   */
  public static RingPart of(List<TokenSpan> spans) {
    List<TokenSpan> pieces = new ArrayList<>();
    for (TokenSpan span : spans.stream().sorted().toList()) {
      TokenSpan last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
      if (last == null || last.endInclusive() < span.startExclusive()) {
        pieces.add(span);
      } else if (last.endInclusive() == span.startExclusive()) {
        pieces.set(pieces.size() - 1, new TokenSpan(last.startExclusive(), span.endInclusive()));
      } else {
        throw new IllegalArgumentException(
            "where the tokens of %s are named twice. Name each part of the ring once."
                .formatted(
                    new TokenSpan(
                        span.startExclusive(),
                        Math.min(last.endInclusive(), span.endInclusive()))));
      }
    }
    return new RingPart(pieces);
  }

  /**
   * Reads ranges as Cassandra has them, separated by commas: {@code start..end}, start exclusive,
   * end inclusive. One whose start is above its end goes around the end of the ring.
   *
   * @throws IllegalArgumentException if the text is something else, a range holds nothing, or two
   *     overlap; the message continues "key is 'text', "
   */
  public static RingPart parse(String text) {
    List<TokenSpan> spans = new ArrayList<>();
    for (String range : text.split(",", -1)) {
      spans.addAll(range(range.strip()));
    }
    return of(spans);
  }

  private static List<TokenSpan> range(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches() || !isToken(range.group(1)) || !isToken(range.group(2))) {
      throw new IllegalArgumentException(
          "where '%s' is not a range of tokens. Use start..end, whole numbers from %d to %d, for example -100..100."
              .formatted(text, Long.MIN_VALUE, Long.MAX_VALUE));
    }
    long start = Long.parseLong(range.group(1));
    long end = Long.parseLong(range.group(2));
    if (start == end) {
      throw new IllegalArgumentException(
          "where %s ends where it begins. Leave it out to read the whole ring.".formatted(text));
    }
    if (start < end) {
      return List.of(new TokenSpan(start, end));
    }
    List<TokenSpan> spans = new ArrayList<>();
    if (start < Long.MAX_VALUE) {
      spans.add(new TokenSpan(start, Long.MAX_VALUE));
    }
    if (end > Long.MIN_VALUE) {
      spans.add(new TokenSpan(Long.MIN_VALUE, end));
    }
    if (spans.isEmpty()) {
      throw new IllegalArgumentException("where %s holds no token of a key.".formatted(text));
    }
    return spans;
  }

  private static boolean isToken(String digits) {
    return new BigInteger(digits).bitLength() < Long.SIZE;
  }

  /** Whether it is all of the ring. */
  public boolean isWholeRing() {
    return equals(WHOLE_RING);
  }

  /** The share of the whole ring, above 0 and at most 1; 1 only if it is the whole ring. */
  public double share() {
    if (isWholeRing()) {
      return 1;
    }
    double share = pieces.stream().mapToDouble(TokenSpan::share).sum();
    return Math.min(share, Math.nextDown(1.0));
  }

  /**
   * The number of spans that is nearest to a wanted one of those that this part can be cut into: at
   * least one for each piece, at most one for each token.
   */
  public int spansNearestTo(int wanted) {
    BigInteger tokens = tokens();
    int most = tokens.bitLength() < Integer.SIZE ? tokens.intValueExact() : Integer.MAX_VALUE;
    return Math.max(pieces.size(), Math.min(wanted, most));
  }

  /** How many tokens there are, 1 to 2^64 - 1. */
  BigInteger tokens() {
    return pieces.stream().map(TokenSpan::tokens).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** For people: {@code the ring}, or {@code 12.5 % of the ring}. */
  public String inWords() {
    return isWholeRing() ? "the ring" : Figures.share(share()) + " of the ring";
  }

  /** As {@link #parse} reads it; the pieces at both ends of the ring are one range. */
  @Override
  public String toString() {
    TokenSpan first = pieces.get(0);
    TokenSpan last = pieces.get(pieces.size() - 1);
    boolean wraps =
        pieces.size() > 1
            && first.startExclusive() == Long.MIN_VALUE
            && last.endInclusive() == Long.MAX_VALUE;
    if (!wraps) {
      return pieces.stream()
          .map(piece -> spelled(piece.startExclusive(), piece.endInclusive()))
          .collect(Collectors.joining(","));
    }
    return Stream.concat(
            pieces.subList(1, pieces.size() - 1).stream()
                .map(piece -> spelled(piece.startExclusive(), piece.endInclusive())),
            Stream.of(spelled(last.startExclusive(), first.endInclusive())))
        .collect(Collectors.joining(","));
  }

  private static String spelled(long startExclusive, long endInclusive) {
    return startExclusive + ".." + endInclusive;
  }
}
