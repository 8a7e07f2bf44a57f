package io.ringlake.ring;

import static io.ringlake.ring.RingPart.WHOLE_RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RingTest {

  private static final long MIN = Long.MIN_VALUE;
  private static final long MAX = Long.MAX_VALUE;

  @Test
  void splitsTheRangeThatWrapsAroundAtTheEndsOfTheRing() {
    Ring ring = ring(Map.of(-10L, List.of("a"), 10L, List.of("b")));

    assertThat(ring.ranges())
        .containsExactly(new TokenSpan(MIN, -10), new TokenSpan(-10, 10), new TokenSpan(10, MAX));
    assertThat(ring.replicasOf(new TokenSpan(MIN, -10))).containsExactly("a");
    assertThat(ring.replicasOf(new TokenSpan(-10, 10))).containsExactly("b");
    assertThat(ring.replicasOf(new TokenSpan(10, MAX))).containsExactly("a");
  }

  @Test
  void givesTheWholeRingToTheOnlyToken() {
    Ring ring = ring(Map.of(7L, List.of("a")));

    assertThat(ring.ranges()).containsExactly(new TokenSpan(MIN, 7), new TokenSpan(7, MAX));
    assertThat(ring.replicasOf(TokenSpan.WHOLE_RING)).containsExactly("a");
  }

  @Test
  void hasNoEmptyPieceWhereATokenLiesAtAnEndOfTheRing() {
    assertThat(ring(Map.of(MIN, List.of("a"))).ranges()).containsExactly(TokenSpan.WHOLE_RING);
    assertThat(ring(Map.of(MAX, List.of("a"))).ranges()).containsExactly(TokenSpan.WHOLE_RING);

    Ring both = ring(Map.of(MIN, List.of("empty"), 0L, List.of("a"), MAX, List.of("b")));
    assertThat(both.ranges()).containsExactly(new TokenSpan(MIN, 0), new TokenSpan(0, MAX));
    assertThat(both.replicasOf(TokenSpan.WHOLE_RING)).containsExactly("a", "b");
  }

  @Test
  void givesTheRangeThatEndsAtTheLowestTokenToThePieceBelowTheEndOfTheRing() {
    Ring ring = ring(Map.of(MIN, List.of("a"), 0L, List.of("b")));

    assertThat(ring.replicasOf(new TokenSpan(MIN, 0))).containsExactly("b");
    assertThat(ring.replicasOf(new TokenSpan(0, MAX))).containsExactly("a");
  }

  @Test
  void rejectsARingWithoutTokens() {
    assertThatThrownBy(() -> new Ring(new TreeMap<>())).hasMessage("A ring without a token");
  }

  @Test
  void rejectsACutIntoNothing() {
    assertThatThrownBy(() -> ring(Map.of(7L, List.of())).cut(WHOLE_RING, 0))
        .hasMessage(
            "-9223372036854775808..9223372036854775807 of the ring cannot be cut into 0 spans");
  }

  @Test
  void isOneSpanIfOneIsWanted() {
    assertThat(ring(Map.of(-10L, List.of("a"), 10L, List.of("b"))).cut(WHOLE_RING, 1))
        .containsExactly(TokenSpan.WHOLE_RING);
  }

  @Test
  void cutsARangeWhereItsSpansAreWidest() {
    long quarter = MIN / 2;
    Ring ring = ring(Map.of(quarter, List.of("a"), 0L, List.of("b")));

    assertThat(ring.cut(WHOLE_RING, 4))
        .containsExactly(
            new TokenSpan(MIN, quarter),
            new TokenSpan(quarter, 0),
            new TokenSpan(0, -(quarter + 1)),
            new TokenSpan(-(quarter + 1), MAX));
  }

  @Test
  void endsSpansWhereRangesEndIfThatIsNear() {
    Ring ring = ring(Map.of(-300L, List.of("a"), -100L, List.of("b"), 200L, List.of("c")));

    assertThat(ring.cut(WHOLE_RING, 2))
        .containsExactly(new TokenSpan(MIN, -100), new TokenSpan(-100, MAX));
  }

  @Test
  void putsFirstWhoHoldsMostOfASpan() {
    Ring ring =
        ring(
            Map.of(
                0L, List.of("a", "b", "c"),
                10L, List.of("b", "c", "d"),
                20L, List.of("c", "d", "a")));

    assertThat(ring.replicasOf(new TokenSpan(2, 8))).containsExactly("b", "c", "d");
    assertThat(ring.replicasOf(new TokenSpan(0, 15))).containsExactly("c", "d", "b", "a");
    assertThat(ring.replicasOf(new TokenSpan(5, 20))).containsExactly("c", "d", "a", "b");
  }

  @Test
  void hasNoReplicasWhereTheKeyspaceHasNone() {
    assertThat(ring(Map.of(0L, List.of())).replicasOf(TokenSpan.WHOLE_RING)).isEmpty();
  }

  @Test
  void spreadsAnyRunOfSpansOverTheFirstReplicas() {
    Ring ring = randomRing(new Random(7), 48, 3);
    List<TokenSpan> spans = ring.cut(WHOLE_RING, 400);
    Map<String, Long> all = countByFirstReplica(ring, spans);

    List<TokenSpan> interleaved = ring.interleave(spans);

    assertThat(interleaved).containsExactlyInAnyOrderElementsOf(spans);
    for (int length : new int[] {3, 10, 50}) {
      for (int from = 0; from + length <= interleaved.size(); from++) {
        Map<String, Long> run = countByFirstReplica(ring, interleaved.subList(from, from + length));
        all.forEach(
            (replica, count) ->
                assertThat((double) run.getOrDefault(replica, 0L))
                    .isBetween(
                        length * count / 400.0 - 1.000001, length * count / 400.0 + 1.000001));
      }
    }
  }

  @Test
  void interleavesTheSameWayWhateverOrderTheSpansComeIn() {
    Ring ring = randomRing(new Random(11), 32, 4);
    List<TokenSpan> spans = ring.cut(WHOLE_RING, 100);

    List<TokenSpan> shuffled = new ArrayList<>(spans);
    Collections.shuffle(shuffled, new Random(12));

    assertThat(ring.interleave(shuffled)).isEqualTo(ring.interleave(spans)).isNotEqualTo(spans);
  }

  @Test
  void cutsTenThousandRandomRingsWithoutGapOrOverlap() {
    long seed = Long.getLong("ringlake.seed", System.nanoTime());
    System.out.println("Ring property test: -Dringlake.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Ring ring = randomRing(random, (int) Math.pow(2_000, random.nextDouble()), 3);
      int wanted = (int) Math.pow(5_000, random.nextDouble());

      List<TokenSpan> spans = ring.cut(WHOLE_RING, wanted);

      RingCover.check(WHOLE_RING, ring.ranges());
      RingCover.check(WHOLE_RING, spans);
      assertThat(spans).hasSize(wanted).isSorted();
      checkWidths(ring.ranges(), spans);
    }
  }

  @Test
  void cutsRandomPartsOfRandomRingsWithoutGapOrOverlap() {
    long seed = Long.getLong("ringlake.seed", System.nanoTime());
    System.out.println("Ring property test: -Dringlake.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Ring ring = randomRing(random, (int) Math.pow(500, random.nextDouble()), 3);
      RingPart part = randomPart(random, ring);
      int spans = part.spansNearestTo((int) Math.pow(1_000, random.nextDouble()));

      List<TokenSpan> cut = ring.spans(part, spans);

      RingCover.check(part, cut);
      assertThat(cut).hasSize(spans);
    }
  }

  @Test
  void cutsAPartAndItsComplementIntoTheWholeRing() {
    Random random = new Random(13);
    for (int i = 0; i < 1_000; i++) {
      Ring ring = randomRing(random, 20, 3);
      long a = random.nextLong();
      long b = random.nextLong();
      RingPart part = RingPart.parse(a + ".." + b);
      RingPart complement = RingPart.parse(b + ".." + a);

      List<TokenSpan> spans = new ArrayList<>(ring.spans(part, part.spansNearestTo(7)));
      spans.addAll(ring.spans(complement, complement.spansNearestTo(11)));

      RingCover.check(WHOLE_RING, spans);
    }
  }

  @Test
  void cutsEachPieceByItsWidth() {
    Ring ring = ring(Map.of(0L, List.of("a")));

    assertThat(ring.cut(RingPart.parse("0..10,20..50"), 4))
        .containsExactly(
            new TokenSpan(0, 10),
            new TokenSpan(20, 30),
            new TokenSpan(30, 40),
            new TokenSpan(40, 50));
  }

  @Test
  void cutsNoPartIntoFewerSpansThanItsPieces() {
    assertThatThrownBy(() -> ring(Map.of(0L, List.of())).cut(RingPart.parse("0..10,20..50"), 1))
        .hasMessage("0..10,20..50 of the ring cannot be cut into 1 spans");
  }

  /** A part with ends anywhere, at ends of ranges, or next to each other. */
  private static RingPart randomPart(Random random, Ring ring) {
    TreeSet<Long> ends = new TreeSet<>();
    int wanted = 2 * (1 + random.nextInt(4));
    long near = random.nextLong();
    while (ends.size() < wanted) {
      List<TokenSpan> ranges = ring.ranges();
      ends.add(
          switch (random.nextInt(3)) {
            case 0 -> random.nextLong();
            case 1 -> near + random.nextInt(20);
            default -> ranges.get(random.nextInt(ranges.size())).endInclusive();
          });
    }
    List<TokenSpan> pieces = new ArrayList<>();
    while (!ends.isEmpty()) {
      pieces.add(
          new TokenSpan(
              Objects.requireNonNull(ends.pollFirst()), Objects.requireNonNull(ends.pollFirst())));
    }
    return new RingPart(pieces);
  }

  private static void checkWidths(List<TokenSpan> ranges, List<TokenSpan> spans) {
    double average = 1.0 / spans.size();
    double least = spans.stream().mapToDouble(TokenSpan::share).min().orElseThrow();
    double greatest = spans.stream().mapToDouble(TokenSpan::share).max().orElseThrow();
    if (spans.size() > ranges.size()) {
      assertThat(greatest).isLessThan(1.000001 / (spans.size() - ranges.size() + 1));
    } else {
      assertThat(least).isGreaterThan(average * 0.499999);
      assertThat(greatest).isLessThan(average * 1.500001);
    }
  }

  /** Rings as they are and as they should not be: even, crowded, at the ends, or by chance. */
  private static Ring randomRing(Random random, int tokens, int nodes) {
    SortedMap<Long, List<String>> replicas = new TreeMap<>();
    int shape = random.nextInt(4);
    long crowd = random.nextLong();
    for (int i = 0; i < tokens; i++) {
      long token =
          switch (shape) {
            case 0 -> MIN + Long.divideUnsigned(-1L, tokens) * i;
            case 1 -> crowd + i;
            case 2 -> List.of(MIN, MIN + 1, -1L, 0L, 1L, MAX - 1, MAX).get(random.nextInt(7));
            default -> random.nextLong();
          };
      int node = random.nextInt(nodes);
      replicas.put(token, List.of("n" + node, "n" + (node + 1) % nodes));
    }
    return new Ring(replicas);
  }

  private static Map<String, Long> countByFirstReplica(Ring ring, List<TokenSpan> spans) {
    Map<String, Long> counts = new TreeMap<>();
    spans.forEach(span -> counts.merge(ring.replicasOf(span).get(0), 1L, Long::sum));
    return counts;
  }

  private static Ring ring(Map<Long, List<String>> replicasByToken) {
    return new Ring(new TreeMap<>(replicasByToken));
  }
}
