package io.ringlake.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.cassandra.SizeEstimate;
import io.ringlake.config.ColumnChoice;
import io.ringlake.config.DataSize;
import io.ringlake.config.ReadConfig;
import io.ringlake.config.WrittenRange;
import io.ringlake.ring.RingChoice;
import io.ringlake.ring.RingPart;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SpanSizingTest {

  private static final DataSize MB_128 = new DataSize(128L << 20);

  private static ReadConfig read(OptionalInt spans, OptionalInt batchSpans) {
    return read(RingPart.WHOLE_RING, spans, batchSpans);
  }

  private static ReadConfig read(RingPart part, OptionalInt spans, OptionalInt batchSpans) {
    return new ReadConfig(
        new ColumnChoice.All(),
        null,
        WrittenRange.ALL,
        new RingChoice(part, null),
        "LOCAL_ONE",
        5000,
        MB_128,
        spans,
        batchSpans);
  }

  private static SpanSizing sizing(Optional<Long> bytes, int slots) {
    return SpanSizing.of(
        read(OptionalInt.empty(), OptionalInt.empty()),
        bytes.map(b -> new SizeEstimate(b, 1000)),
        slots,
        MB_128);
  }

  @Test
  void cutsASmallTableByTaskSlotsIntoOneBatch() {
    assertThat(sizing(Optional.of(1L << 20), 4)).isEqualTo(new SpanSizing(32, 32, 8));
  }

  @Test
  void takesATableOfUnknownSizeInFourBatchesOfATaskForEachSlot() {
    assertThat(sizing(Optional.empty(), 2)).isEqualTo(new SpanSizing(16, 4, 2));
  }

  @Test
  void cutsALargeTableBySize() {
    // 1 TB on 100 slots: 8,192 spans, 1,221 s, batches of two minutes, a file from a span
    assertThat(sizing(Optional.of(1L << 40), 100)).isEqualTo(new SpanSizing(8192, 745, 1));
  }

  @Test
  void makesNoMoreThanAHundredBatches() {
    SpanSizing sizing = sizing(Optional.of(1L << 44), 8);

    assertThat((sizing.spans() + sizing.batchSpans() - 1) / sizing.batchSpans())
        .isLessThanOrEqualTo(100);
  }

  @Test
  void obeysWhatIsAskedFor() {
    SpanSizing sizing =
        SpanSizing.of(read(OptionalInt.of(1000), OptionalInt.of(7)), Optional.empty(), 2, MB_128);

    assertThat(sizing).isEqualTo(new SpanSizing(1000, 7, 4));
  }

  @Test
  void reckonsWithThePartOfTheTableThatIsRead() {
    RingPart half = RingPart.parse("0..-9223372036854775808");

    SpanSizing sizing =
        SpanSizing.of(
            read(half, OptionalInt.empty(), OptionalInt.empty()),
            Optional.of(new SizeEstimate(1L << 40, 1000)),
            100,
            MB_128);

    assertThat(sizing).isEqualTo(new SpanSizing(4096, 683, 1));
  }

  @Test
  void givesTheTasksOfAQueryManySmallSpansButEachSlotEightTasks() {
    assertThat(new SpanSizing(256, 64, 32).querySpans(2)).isEqualTo(16);
    assertThat(new SpanSizing(256, 64, 10).querySpans(2)).isEqualTo(10);
    assertThat(new SpanSizing(16, 4, 2).querySpans(2)).isEqualTo(1);
    assertThat(new SpanSizing(2, 2, 2).querySpans(2)).isEqualTo(1);
  }

  @Test
  void cutsEachPieceOfTheRingAndNoTokenInTwo() {
    RingPart threeTokensInTwoPieces = RingPart.parse("0..1,5..7");

    assertThat(spans(threeTokensInTwoPieces, 1)).isEqualTo(2);
    assertThat(spans(threeTokensInTwoPieces, 16)).isEqualTo(3);
  }

  private static int spans(RingPart part, int wanted) {
    return SpanSizing.of(
            read(part, OptionalInt.of(wanted), OptionalInt.empty()), Optional.empty(), 2, MB_128)
        .spans();
  }
}
