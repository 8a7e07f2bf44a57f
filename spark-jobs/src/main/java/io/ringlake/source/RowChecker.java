package io.ringlake.source;

import io.ringlake.config.WrittenRange;
import io.ringlake.runtime.CellHistogram;
import io.ringlake.runtime.SpanFigures;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Looks at each row of a span, once: says whether it is kept, and counts. */
final class RowChecker {

  private final WrittenRange range;
  private final RowChecks.Checked[] tested;
  private final RowChecks.Checked[] bounded;
  private final RowChecks.Checked[] aspects;
  private final long[] misfits;
  private CellHistogram[] histograms;
  private long dropped;
  private long withoutWritetime;

  RowChecker(RowChecks checks) {
    range = checks.range();
    tested = array(checks.tested());
    bounded = array(checks.bounded());
    aspects = array(checks.aspects());
    misfits = new long[bounded.length];
    histograms = histograms();
  }

  private static RowChecks.Checked[] array(List<RowChecks.Checked> checked) {
    return checked.toArray(RowChecks.Checked[]::new);
  }

  private CellHistogram[] histograms() {
    CellHistogram[] made = new CellHistogram[aspects.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = new CellHistogram();
    }
    return made;
  }

  /** Whether the row at hand is kept; of one that is not nothing else is looked at. */
  boolean keeps(Cells row) {
    if (range.isBounded() && !isInRange(row)) {
      dropped++;
      return false;
    }
    for (int i = 0; i < bounded.length; i++) {
      misfits[i] += bounded[i].misfits(row);
    }
    for (int i = 0; i < aspects.length; i++) {
      count(aspects[i], row, histograms[i]);
    }
    return true;
  }

  /** A row without write times is in the range: nothing says that it is not. */
  private boolean isInRange(Cells row) {
    boolean isStamped = false;
    for (RowChecks.Checked cell : tested) {
      ByteBuffer bytes = cell.bytes(row);
      if (bytes == null) {
        continue;
      }
      if (cell.isList()) {
        ArrayData times = cell.decoder().getArray(bytes);
        for (int i = 0; i < times.numElements(); i++) {
          if (!times.isNullAt(i)) {
            isStamped = true;
            if (decides(times.getLong(i))) {
              return range.match() == WrittenRange.Match.ANY;
            }
          }
        }
      } else {
        isStamped = true;
        if (decides(cell.decoder().getLong(bytes))) {
          return range.match() == WrittenRange.Match.ANY;
        }
      }
    }
    if (!isStamped) {
      withoutWritetime++;
    }
    return !isStamped || range.match() == WrittenRange.Match.ALL;
  }

  /** Whether a write time settles it: one in the range if any is enough, else one out of it. */
  private boolean decides(long micros) {
    return range.holds(micros) == (range.match() == WrittenRange.Match.ANY);
  }

  private static void count(RowChecks.Checked cell, Cells row, CellHistogram histogram) {
    ByteBuffer bytes = cell.bytes(row);
    if (bytes == null) {
      return;
    }
    if (cell.isList()) {
      ArrayData figures = cell.decoder().getArray(bytes);
      for (int i = 0; i < figures.numElements(); i++) {
        if (!figures.isNullAt(i)) {
          histogram.add(cell.isLong() ? figures.getLong(i) : figures.getInt(i));
        }
      }
    } else {
      histogram.add(cell.isLong() ? cell.decoder().getLong(bytes) : cell.decoder().getInt(bytes));
    }
  }

  /** What was found since this was asked last. */
  SpanFigures take() {
    SortedMap<String, Long> misfitsByColumn = new TreeMap<>();
    for (int i = 0; i < bounded.length; i++) {
      if (misfits[i] > 0) {
        misfitsByColumn.put(bounded[i].name(), misfits[i]);
        misfits[i] = 0;
      }
    }
    SortedMap<String, CellHistogram> histogramByColumn = new TreeMap<>();
    for (int i = 0; i < aspects.length; i++) {
      if (histograms[i].values() > 0) {
        histogramByColumn.put(aspects[i].name(), histograms[i]);
      }
    }
    SpanFigures found =
        new SpanFigures(dropped, withoutWritetime, misfitsByColumn, histogramByColumn);
    dropped = 0;
    withoutWritetime = 0;
    histograms = histograms();
    return found;
  }
}
