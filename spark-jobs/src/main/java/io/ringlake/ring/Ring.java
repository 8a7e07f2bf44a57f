package io.ringlake.ring;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Murmur3 token ring of a cluster, and who holds which part of it. A replica is any text that
 * names a node, for example {@code 10.0.0.7:9042}; it is compared and handed out, never read.
 *
 * <p>The ring's ranges are half-open, {@code (previous token, token]}. The one that wraps around is
 * held as two pieces that do not: {@code (highest token, }{@link Long#MAX_VALUE}{@code ]} and
 * {@code (}{@link Long#MIN_VALUE}{@code , lowest token]}. A piece that would be empty is not there:
 * a ring with a token at {@link Long#MIN_VALUE} or {@link Long#MAX_VALUE} has as many pieces as
 * tokens, any other ring has one more.
 */
public final class Ring {

  /** Replicas by the inclusive end of each piece; the last key is always Long.MAX_VALUE. */
  private final NavigableMap<Long, List<String>> replicasByEnd = new TreeMap<>();

  /**
   * @param replicasByToken for each token of the ring the replicas of the range that ends at it,
   *     first replica first; a list may be empty. The range of the lowest token begins after the
   *     highest one, so that of the only token is the whole ring
   * @throws IllegalArgumentException if there is no token
   */
  public Ring(SortedMap<Long, List<String>> replicasByToken) {
    if (replicasByToken.isEmpty()) {
      throw new IllegalArgumentException("A ring without a token");
    }
    replicasByToken.forEach((token, replicas) -> replicasByEnd.put(token, List.copyOf(replicas)));
    List<String> wrapping = replicasByEnd.firstEntry().getValue();
    replicasByEnd.putIfAbsent(Long.MAX_VALUE, wrapping);
    replicasByEnd.remove(Long.MIN_VALUE);
  }

  /** The ring's ranges in ascending order, the one that wraps as two; together they cover it. */
  public List<TokenSpan> ranges() {
    return ranges(TokenSpan.WHOLE_RING);
  }

  /** What of the ring's ranges lies in a piece of it, in ascending order. */
  private List<TokenSpan> ranges(TokenSpan piece) {
    List<TokenSpan> ranges = new ArrayList<>();
    long start = piece.startExclusive();
    for (long end : replicasByEnd.tailMap(start, false).keySet()) {
      ranges.add(new TokenSpan(start, Math.min(end, piece.endInclusive())));
      if (end >= piece.endInclusive()) {
        break;
      }
      start = end;
    }
    return ranges;
  }

  /**
   * Cuts a part of the ring into exactly {@code spans} spans, in ascending order, that cover it
   * once. Each piece of it gets as many as its width makes.
   *
   * <p>Where a piece has more spans than ranges each span lies within one range, and each cut goes
   * to the range whose spans are the widest. Otherwise the piece is cut evenly, and a cut that has
   * an end of a range within a quarter of a span is moved there: spans are then between half and
   * one and a half times as wide as the piece's average.
   *
   * @param spans as many as {@link RingPart#spansNearestTo} allows
   */
  public List<TokenSpan> cut(RingPart part, int spans) {
    if (spans != part.spansNearestTo(spans)) {
      throw new IllegalArgumentException(
          "%s of the ring cannot be cut into %d spans".formatted(part, spans));
    }
    List<TokenSpan> pieces = part.pieces();
    int[] spansOf = parts(pieces, spans);
    List<TokenSpan> cut = new ArrayList<>(spans);
    for (int piece = 0; piece < spansOf.length; piece++) {
      cut(pieces.get(piece), spansOf[piece], cut);
    }
    return cut;
  }

  private void cut(TokenSpan piece, int spans, List<TokenSpan> cut) {
    List<TokenSpan> ranges = ranges(piece);
    if (spans <= ranges.size()) {
      merge(piece, spans, cut);
      return;
    }
    int[] partsOf = parts(ranges, spans);
    for (int range = 0; range < partsOf.length; range++) {
      addEvenly(cut, ranges.get(range), partsOf[range]);
    }
  }

  /** Into how many parts each of some ranges is cut: each next cut goes to the widest parts. */
  private static int[] parts(List<TokenSpan> ranges, int all) {
    int[] parts = new int[ranges.size()];
    PriorityQueue<Part> widest =
        new PriorityQueue<>(
            Comparator.comparingDouble(Part::share).reversed().thenComparingInt(Part::range));
    for (int range = 0; range < parts.length; range++) {
      parts[range] = 1;
      widest.add(new Part(range, ranges.get(range).share()));
    }
    for (int cut = parts.length; cut < all; cut++) {
      int range = widest.remove().range();
      parts[range]++;
      widest.add(new Part(range, ranges.get(range).share() / parts[range]));
    }
    return parts;
  }

  /** What each part of a range is of the whole ring. */
  private record Part(int range, double share) {}

  private static void addEvenly(List<TokenSpan> spans, TokenSpan range, int parts) {
    BigInteger width = range.tokens();
    long start = range.startExclusive();
    for (int part = 1; part <= parts; part++) {
      long end = share(range.startExclusive(), width, part, parts);
      spans.add(new TokenSpan(start, end));
      start = end;
    }
  }

  private void merge(TokenSpan piece, int spans, List<TokenSpan> merged) {
    BigInteger width = piece.tokens();
    long quarter = width.divide(BigInteger.valueOf(4L * spans)).longValue();
    long start = piece.startExclusive();
    for (int cut = 1; cut < spans; cut++) {
      long end = nearestRangeEnd(share(piece.startExclusive(), width, cut, spans), quarter);
      merged.add(new TokenSpan(start, end));
      start = end;
    }
    merged.add(new TokenSpan(start, piece.endInclusive()));
  }

  private static long share(long start, BigInteger width, int part, int parts) {
    return BigInteger.valueOf(start)
        .add(width.multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(parts)))
        .longValueExact();
  }

  /** The end of a range that is nearest to a token and less than a limit away, else the token. */
  private long nearestRangeEnd(long token, long limit) {
    long nearest = token;
    long distance = limit;
    Long below = replicasByEnd.floorKey(token);
    if (below != null && Long.compareUnsigned(token - below, distance) < 0) {
      nearest = below;
      distance = token - below;
    }
    Long above = replicasByEnd.ceilingKey(token);
    if (above != null && Long.compareUnsigned(above - token, distance) < 0) {
      nearest = above;
    }
    return nearest;
  }

  /**
   * Everyone who holds a part of a span: whoever holds most of it first, among equals whoever is
   * the first replica of more of it. Empty if none of its ranges names a replica.
   */
  public List<String> replicasOf(TokenSpan span) {
    Map<String, Holding> holdings = new HashMap<>();
    long start = span.startExclusive();
    while (start < span.endInclusive()) {
      Map.Entry<Long, List<String>> range = replicasByEnd.higherEntry(start);
      if (range == null) {
        throw new IllegalStateException("No range of the ring follows token " + start);
      }
      long end = Math.min(range.getKey(), span.endInclusive());
      double share = new TokenSpan(start, end).share();
      List<String> replicas = range.getValue();
      for (int rank = 0; rank < replicas.size(); rank++) {
        Holding more = new Holding(share, share * rank);
        holdings.merge(replicas.get(rank), more, Holding::plus);
      }
      start = end;
    }
    return holdings.entrySet().stream()
        .sorted(
            Map.Entry.<String, Holding>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How much of a span a replica holds, and how far down the lists of replicas it stands there. */
  private record Holding(double share, double rank) implements Comparable<Holding> {

    Holding plus(Holding other) {
      return new Holding(share + other.share, rank + other.rank);
    }

    @Override
    public int compareTo(Holding other) {
      int mostFirst = Double.compare(other.share, share);
      return mostFirst != 0 ? mostFirst : Double.compare(rank, other.rank);
    }
  }

  /** As {@link #cut}, in the order of {@link #interleave}. */
  public List<TokenSpan> spans(RingPart part, int count) {
    return interleave(cut(part, count));
  }

  /**
   * The order in which to read spans so that neither a batch nor a moment of it falls on few nodes:
   * any run of consecutive spans holds of each first replica's spans (see {@link #replicasOf}) as
   * many as its share of them all makes, to within one or two. The same spans on the same ring come
   * out the same, whatever order they go in.
   */
  public List<TokenSpan> interleave(List<TokenSpan> spans) {
    SortedMap<String, List<TokenSpan>> byFirstReplica = new TreeMap<>();
    for (TokenSpan span : spans.stream().sorted().toList()) {
      List<String> replicas = replicasOf(span);
      byFirstReplica
          .computeIfAbsent(replicas.isEmpty() ? "" : replicas.get(0), replica -> new ArrayList<>())
          .add(span);
    }
    List<Placed> placed = new ArrayList<>(spans.size());
    for (List<TokenSpan> ofOneReplica : byFirstReplica.values()) {
      for (int i = 0; i < ofOneReplica.size(); i++) {
        placed.add(new Placed(ofOneReplica.get(i), (i + 0.5) / ofOneReplica.size()));
      }
    }
    return placed.stream()
        .sorted(Comparator.comparingDouble(Placed::place).thenComparing(Placed::span))
        .map(Placed::span)
        .toList();
  }

  /** A span and its place in the order, between 0 and 1. */
  private record Placed(TokenSpan span, double place) {}
}
