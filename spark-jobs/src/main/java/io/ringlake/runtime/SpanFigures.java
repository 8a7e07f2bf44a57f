package io.ringlake.runtime;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an attempt found out about the rows of a span: told once, when it has read them all.
 *
 * @param rowsDropped read and not handed out, since they were not written when they should be
 * @param rowsWithoutWritetime handed out although nothing tells when they were written
 * @param misfits how many values of each column are null since they do not fit; columns without
 *     such values are not there
 * @param histograms of each column of write times or TTLs that has any
 */
public record SpanFigures(
    long rowsDropped,
    long rowsWithoutWritetime,
    SortedMap<String, Long> misfits,
    SortedMap<String, CellHistogram> histograms)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Nothing to tell of. */
  public static final SpanFigures NONE = new SpanFigures(0, 0, new TreeMap<>(), new TreeMap<>());

  public SpanFigures {
    misfits = Collections.unmodifiableSortedMap(new TreeMap<>(misfits));
    histograms = Collections.unmodifiableSortedMap(new TreeMap<>(histograms));
  }

  /** The figures of both. */
  public SpanFigures plus(SpanFigures other) {
    SortedMap<String, Long> sum = new TreeMap<>(misfits);
    other.misfits.forEach((column, count) -> sum.merge(column, count, Long::sum));
    SortedMap<String, CellHistogram> both = new TreeMap<>();
    histograms.forEach((column, histogram) -> add(both, column, histogram));
    other.histograms.forEach((column, histogram) -> add(both, column, histogram));
    return new SpanFigures(
        rowsDropped + other.rowsDropped,
        rowsWithoutWritetime + other.rowsWithoutWritetime,
        sum,
        both);
  }

  private static void add(
      SortedMap<String, CellHistogram> sum, String column, CellHistogram histogram) {
    sum.computeIfAbsent(column, name -> new CellHistogram()).addAll(histogram);
  }
}
