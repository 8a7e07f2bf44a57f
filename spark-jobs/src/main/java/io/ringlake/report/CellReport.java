package io.ringlake.report;

import io.ringlake.runtime.CellHistogram;
import java.util.List;

/**
 * The write times or TTLs of one column of the output, of the rows that one attempt read.
 *
 * @param name of the column of the output
 * @param values how many there are; of a collection each element's counts
 * @param least exactly: microseconds since the epoch, or seconds
 * @param greatest exactly, as the least
 * @param histogram bins of one width that have values, in order, at most 64
 */
public record CellReport(
    String name, long values, long least, long greatest, List<CellHistogram.Bin> histogram) {

  public CellReport {
    histogram = List.copyOf(histogram);
  }

  static CellReport of(String name, CellHistogram histogram) {
    return new CellReport(
        name, histogram.values(), histogram.least(), histogram.greatest(), histogram.bins());
  }
}
