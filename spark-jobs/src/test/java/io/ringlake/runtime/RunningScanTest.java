package io.ringlake.runtime;

import static io.ringlake.runtime.SpanCount.State.DONE;
import static io.ringlake.runtime.SpanCount.State.GIVEN_UP;
import static io.ringlake.runtime.SpanCount.State.RUNNING;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ringlake.ring.TokenSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunningScanTest {

  /** An eighth, an eighth, a quarter and a half of the ring. */
  private static final List<TokenSpan> SPANS =
      List.of(
          new TokenSpan(Long.MIN_VALUE, -3L << 61),
          new TokenSpan(-3L << 61, -1L << 62),
          new TokenSpan(-1L << 62, 0),
          new TokenSpan(0, Long.MAX_VALUE));

  private final RunningScan scan = new RunningScan("pass", SPANS, 0, () -> {});

  @Test
  void isNowhereBeforeAnythingIsRead() {
    assertThat(scan.counts()).isEqualTo(new ScanCounts(4, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void tellsRowsOfASpanUnderWayButNoShareOfIt() {
    tell("1", count(3, 7, 500, RUNNING));

    assertThat(scan.counts()).isEqualTo(new ScanCounts(4, 0, 0, 0, 0, 500, 500, 5_000, 500, 0));
  }

  @Test
  void addsTheShareOfASpanThatIsDone() {
    tell("1", count(1, 7, 100, RUNNING));
    tell("1", count(1, 7, 300, DONE));
    tell("2", count(3, 7, 20, DONE));

    ScanCounts counts = scan.counts();
    assertThat(counts.share()).isEqualTo(0.625);
    assertThat(counts.spansDone()).isEqualTo(2);
    assertThat(counts.rows()).isEqualTo(320);
    assertThat(counts.rowsFetched()).isEqualTo(320);
  }

  @Test
  void takesBackTheRowsOfAnAttemptThatWasGivenUp() {
    tell("1", count(2, 7, 400, RUNNING));
    tell("1", count(2, 7, 450, GIVEN_UP));
    assertThat(scan.counts().rows()).isZero();

    tell("1", count(2, 8, 1_000, DONE));

    assertThat(scan.counts().rows()).isEqualTo(1_000);
    assertThat(scan.counts().rowsFetched()).isEqualTo(1_450);
  }

  @Test
  void countsASpanOnceThatTwoAttemptsReadToTheEnd() {
    tell("1", count(2, 7, 1_000, DONE));
    tell("2", count(2, 1, 1_001, DONE));

    ScanCounts counts = scan.counts();
    assertThat(counts.spansDone()).isEqualTo(1);
    assertThat(counts.spansRead()).isEqualTo(1);
    assertThat(counts.share()).isEqualTo(0.25);
    assertThat(counts.rows()).isEqualTo(1_000);
    assertThat(counts.rowsFetched()).isEqualTo(2_001);
  }

  @Test
  void takesTheFurthestOfTwoAttemptsAtOneSpan() {
    tell("1", count(2, 7, 1_000, RUNNING));
    tell("2", count(2, 7, 300, RUNNING));

    assertThat(scan.counts().rows()).isEqualTo(1_000);
  }

  @Test
  void forgetsWhatADeadExecutorHadReadOfASpanOnceAnotherHasReadIt() {
    tell("1", count(2, 7, 400, RUNNING));

    tell("2", count(2, 1, 1_000, DONE));

    assertThat(scan.counts().rows()).isEqualTo(1_000);
    assertThat(scan.counts().rowsUnderWay()).isZero();
  }

  @Test
  void makesGoodALostMessageByTheNextOne() {
    tell("1", count(2, 7, 100, RUNNING));
    // The messages with 200 and 300 rows are lost.
    tell("1", count(2, 7, 400, RUNNING));

    assertThat(scan.counts().rows()).isEqualTo(400);
    assertThat(scan.counts().rowsFetched()).isEqualTo(400);
  }

  @Test
  void knowsASpanAsDoneByItsCommitWhenTheExecutorsWordIsLost() {
    tell("1", count(0, 7, 10, DONE));
    scan.committed(2);

    ScanCounts counts = scan.counts();
    assertThat(counts.spansDone()).isEqualTo(2);
    assertThat(counts.spansRead()).isEqualTo(1);
    assertThat(counts.share()).isEqualTo(0.25);
    assertThat(counts.shareRead()).isEqualTo(0.125);
  }

  @Test
  void beginsWithTheSpansThatEarlierAttemptsCommitted() {
    RunningScan resumed = new RunningScan("pass", SPANS, 3, () -> {});
    assertThat(resumed.counts().share()).isEqualTo(0.5, within(1e-12));
    assertThat(resumed.counts().spansRead()).isZero();

    resumed.receive("1", count(3, 1, 5, DONE));

    assertThat(resumed.counts().share()).isEqualTo(1);
    assertThat(resumed.counts().shareRead()).isEqualTo(0.5, within(1e-12));
  }

  @Test
  void isWholeOnlyWhenTheLastSpanIsDone() {
    List<TokenSpan> thirds = new ArrayList<>();
    for (long start = 0; start < 3_000; start += 3) {
      thirds.add(new TokenSpan(start, start + 3));
    }
    RunningScan part = new RunningScan("part of the ring", thirds, 999, () -> {});
    assertThat(part.counts().share()).isEqualTo(0.999, within(1e-9)).isLessThan(1);

    part.receive("1", count(999, 1, 5, DONE));

    assertThat(part.counts().share()).isEqualTo(1);
  }

  @Test
  void isDoneWhenThereIsNothingToRead() {
    assertThat(new RunningScan("empty", List.of(), 0, () -> {}).counts().share()).isEqualTo(1);
  }

  @Test
  void settlesOnceTheCountsOfAllSpansOfABatchAreIn() throws InterruptedException {
    tell("1", count(0, 7, 10, DONE));
    assertThat(scan.settle(0, 2, Duration.ofMillis(1))).isFalse();

    tell("1", count(1, 8, 10, DONE));

    assertThat(scan.settle(0, 2, Duration.ZERO)).isTrue();
    assertThat(scan.settle(1, 3, Duration.ofMillis(1))).isFalse();
  }

  @Test
  void addsUpTheFiguresOfEachSpanOnceAndOnlyWhenItIsDone() {
    tell("1", count(0, 7, 10, RUNNING));
    tell("1", count(0, 7, 20, DONE));
    tell("2", count(0, 3, 20, DONE));
    tell("2", count(1, 4, 5, GIVEN_UP));
    tell("2", count(1, 5, 7, DONE));

    SpanFigures sum = scan.takeFigures();
    assertThat(sum.rowsDropped()).isEqualTo(27);
    assertThat(sum.rowsWithoutWritetime()).isEqualTo(54);
    assertThat(sum.misfits()).isEqualTo(Map.of("amount", 27L));
    assertThat(sum.histograms().keySet()).containsExactly("ttl");
    CellHistogram histogram = requireNonNull(sum.histograms().get("ttl"));
    assertThat(histogram.values()).isEqualTo(27);
    assertThat(histogram.greatest()).isEqualTo(19);
    assertThat(scan.takeFigures()).isEqualTo(SpanFigures.NONE);
  }

  @Test
  void refusesMoreCommittedSpansThanThereAre() {
    assertThatThrownBy(() -> scan.committed(5))
        .hasMessage("Scan pass has 4 spans, 5 cannot be committed");
  }

  private void tell(String executor, SpanCount count) {
    scan.receive(executor, count);
  }

  /** Of which every row has one value that does not fit. */
  private static SpanFigures figures(long rows) {
    CellHistogram histogram = new CellHistogram();
    for (long row = 0; row < rows; row++) {
      histogram.add(row);
    }
    return new SpanFigures(
        rows,
        2 * rows,
        new TreeMap<>(Map.of("amount", rows)),
        new TreeMap<>(Map.of("ttl", histogram)));
  }

  private static SpanCount count(int span, long attempt, long rows, SpanCount.State state) {
    return new SpanCount("pass", span, attempt, rows, rows * 10, 0, figures(rows), state);
  }
}
