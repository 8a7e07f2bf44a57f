package io.ringlake.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CellHistogramTest {

  private final Random random = new Random(5);
  private final List<Long> all = new ArrayList<>();

  private CellHistogram of(int values, LongSupplier next) {
    CellHistogram histogram = new CellHistogram();
    for (int i = 0; i < values; i++) {
      long value = next.getAsLong();
      all.add(value);
      histogram.add(value);
    }
    return histogram;
  }

  /** Counts each value again, in the bins that the histogram has. */
  private void assertThatItCountsAll(CellHistogram histogram) {
    List<CellHistogram.Bin> bins = histogram.bins();
    assertThat(bins).hasSizeBetween(1, CellHistogram.MOST_BINS);
    for (int i = 0; i < bins.size(); i++) {
      CellHistogram.Bin bin = bins.get(i);
      assertThat(all.stream().filter(v -> v >= bin.first() && v <= bin.last()).count())
          .as("%s", bin)
          .isEqualTo(bin.values());
      assertThat(bin.last() - bin.first()).isEqualTo(bins.get(0).last() - bins.get(0).first());
      assertThat(i == 0 || bins.get(i - 1).last() < bin.first()).isTrue();
    }
    assertThat(bins.stream().mapToLong(CellHistogram.Bin::values).sum()).isEqualTo(all.size());
    assertThat(histogram.values()).isEqualTo(all.size());
    assertThat(histogram.least()).isEqualTo(all.stream().mapToLong(v -> v).min().orElseThrow());
    assertThat(histogram.greatest()).isEqualTo(all.stream().mapToLong(v -> v).max().orElseThrow());
  }

  @Test
  void fewValuesAreToldExactly() {
    CellHistogram histogram = of(1_000, () -> random.nextInt(64));

    assertThatItCountsAll(histogram);
    assertThat(histogram.bins()).hasSize(64).allMatch(bin -> bin.first() == bin.last());
  }

  @Test
  void manyAreToldInBinsOfOneWidth() {
    CellHistogram histogram = of(100_000, () -> 1_700_000_000_000_000L + random.nextInt(1 << 30));

    assertThatItCountsAll(histogram);
    assertThat(histogram.bins()).hasSizeBetween(CellHistogram.MOST_BINS / 2, 64);
  }

  @Test
  void theBinsAreAsNarrowAsTheirNumberAllowsWhateverTheOrder() {
    List<Long> values = new ArrayList<>(LongStream.range(0, 100).boxed().toList());
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(values, random);
      CellHistogram histogram = new CellHistogram();
      CellHistogram other = new CellHistogram();
      values.forEach(value -> (value % 3 == 0 ? histogram : other).add(value));

      histogram.addAll(other);

      assertThat(histogram.bins()).hasSize(50).allMatch(bin -> bin.values() == 2);
    }
  }

  @Test
  void isTheSameAfterItWasStored() {
    CellHistogram histogram = of(1_000, () -> random.nextInt(5_000) - 2_000L);

    CellHistogram read = CellHistogram.of(histogram.state());

    assertThatItCountsAll(read);
    assertThat(read.bins()).isEqualTo(histogram.bins());
    assertThat(CellHistogram.of(new CellHistogram().state()).values()).isZero();
  }

  @Test
  void valuesFarAwayDoNotBlurTheOthers() {
    CellHistogram histogram =
        of(10_000, () -> random.nextInt(1_000) == 0 ? Long.MAX_VALUE : random.nextInt(50));

    assertThatItCountsAll(histogram);
    assertThat(histogram.bins()).hasSize(51);
  }

  @Test
  void holdsValuesOfAnySize() {
    assertThatItCountsAll(of(10_000, random::nextLong));
  }

  @Test
  void twoAreMadeOneWhateverTheirWidths() {
    for (int bound : new int[] {10, 1_000, 1 << 30}) {
      for (int other : new int[] {10, 1_000, 1 << 30}) {
        all.clear();
        CellHistogram one = of(500, () -> random.nextInt(bound) - 7L);
        CellHistogram two = of(700, () -> -random.nextInt(other));
        CellHistogram three = of(1, () -> Long.MIN_VALUE);
        List<CellHistogram.Bin> before = two.bins();

        one.addAll(two);
        one.addAll(three);
        one.addAll(new CellHistogram());

        assertThatItCountsAll(one);
        assertThat(two.bins()).isEqualTo(before);
      }
    }
  }
}
