package io.ringlake.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.ringlake.config.OnOverflow;
import io.ringlake.config.ValueForm;
import io.ringlake.config.WrittenRange;
import io.ringlake.config.WrittenRange.Match;
import io.ringlake.runtime.CellHistogram;
import io.ringlake.runtime.SpanFigures;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.types.CellDecoder;
import io.ringlake.types.CqlTypes;
import io.ringlake.writetime.CellAspect;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of two write times, one of a single cell and one of several, and a timestamp. */
class RowCheckerTest {

  private static final CellDecoder TIMESTAMP =
      CqlTypes.decoder(
          new Column(new Identifier("at"), Scalar.TIMESTAMP, ColumnKind.REGULAR),
          new ValueForm(null, OnOverflow.NULL));

  private static RowChecks checks(WrittenRange range) {
    RowChecks.Checked one =
        new RowChecks.Checked("a_writetime", 0, CqlTypes.decoder(CellAspect.WRITETIME));
    RowChecks.Checked several =
        new RowChecks.Checked("b_writetime", 1, CqlTypes.eachOf(CellAspect.WRITETIME));
    return new RowChecks(
        range,
        List.of(one, several),
        List.of(new RowChecks.Checked("at", 2, TIMESTAMP)),
        List.of(one, several, new RowChecks.Checked("a_ttl", 3, CqlTypes.decoder(CellAspect.TTL))));
  }

  private static Cells row(@Nullable ByteBuffer... cells) {
    return new Cells() {
      @Override
      public @Nullable ByteBuffer cell(int index) {
        return index < cells.length ? cells[index] : null;
      }

      @Override
      public long arrivedMicros() {
        return 0;
      }
    };
  }

  private static @Nullable ByteBuffer time(@Nullable Long micros) {
    return micros == null ? null : TypeCodecs.BIGINT.encode(micros, ProtocolVersion.DEFAULT);
  }

  /** As Cassandra tells write times of a collection; an element without one is null. */
  private static ByteBuffer times(@Nullable Long... micros) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (1 + 3 * micros.length));
    bytes.putInt(micros.length);
    for (Long each : micros) {
      if (each == null) {
        bytes.putInt(-1);
      } else {
        bytes.putInt(Long.BYTES).putLong(each);
      }
    }
    return bytes.flip();
  }

  @ParameterizedTest
  @CsvSource({
    "ANY, 15, 5, 5, true",
    "ANY, 5, 5, 15, true",
    "ANY, 5, 5, 5, false",
    "ANY, 10, 20, 20, false",
    "ALL, 15, 15, 15, true",
    "ALL, 15, 15, 20, false",
    "ALL, 10, 15, 15, false",
    "ALL, 11, 19, 12, true",
    "ANY, , , 15, true",
    "ANY, , , 25, false",
    "ALL, , 15, , true",
    "ALL, , 25, , false",
    "ANY, , , , true",
    "ALL, , , , true",
  })
  void keepsWhatWasWrittenBetweenTheBounds(
      Match match, @Nullable Long one, @Nullable Long first, @Nullable Long second, boolean kept) {
    RowChecker checker = new RowChecker(checks(new WrittenRange(10L, 20L, match)));

    assertThat(checker.keeps(row(time(one), times(first, second)))).isEqualTo(kept);

    boolean isStamped = one != null || first != null || second != null;
    SpanFigures figures = checker.take();
    assertThat(figures.rowsDropped()).isEqualTo(kept ? 0 : 1);
    assertThat(figures.rowsWithoutWritetime()).isEqualTo(isStamped ? 0 : 1);
  }

  @Test
  void boundsMayBeOpen() {
    RowChecker after = new RowChecker(checks(new WrittenRange(10L, null, Match.ANY)));
    RowChecker before = new RowChecker(checks(new WrittenRange(null, 20L, Match.ANY)));

    assertThat(after.keeps(row(time(Long.MAX_VALUE)))).isTrue();
    assertThat(after.keeps(row(time(10L)))).isFalse();
    assertThat(before.keeps(row(time(Long.MIN_VALUE)))).isTrue();
    assertThat(before.keeps(row(time(20L)))).isFalse();
  }

  @Test
  void countsOnlyRowsThatAreKept() {
    RowChecker checker = new RowChecker(checks(new WrittenRange(10L, null, Match.ANY)));
    ByteBuffer misfit = time(Long.MAX_VALUE);
    ByteBuffer ttl = ByteBuffer.allocate(4).putInt(0, 60);

    checker.keeps(row(time(11L), times(3L, null, 12L), misfit, ttl));
    checker.keeps(row(time(12L), null, time(0L), null));
    checker.keeps(row(time(1L), times(2L), misfit, ttl));

    SpanFigures figures = checker.take();
    assertThat(figures.misfits()).containsExactly(Map.entry("at", 1L));
    assertThat(figures.histograms().keySet())
        .containsExactly("a_ttl", "a_writetime", "b_writetime");
    assertThat(values(figures, "a_writetime")).isEqualTo(Arrays.asList(11L, 12L));
    assertThat(values(figures, "b_writetime")).isEqualTo(Arrays.asList(3L, 12L));
    assertThat(values(figures, "a_ttl")).isEqualTo(Arrays.asList(60L));
  }

  private static List<Long> values(SpanFigures figures, String column) {
    return requireNonNull(figures.histograms().get(column)).bins().stream()
        .map(CellHistogram.Bin::first)
        .toList();
  }

  @Test
  void beginsAnewWithEachSpan() {
    RowChecker checker = new RowChecker(checks(new WrittenRange(10L, null, Match.ANY)));
    checker.keeps(row(time(11L), null, time(Long.MAX_VALUE)));
    checker.keeps(row(time(1L)));
    checker.keeps(row());
    SpanFigures first = checker.take();

    SpanFigures second = checker.take();

    assertThat(first.rowsDropped()).isOne();
    assertThat(first.rowsWithoutWritetime()).isOne();
    assertThat(second).isEqualTo(SpanFigures.NONE);
  }
}
