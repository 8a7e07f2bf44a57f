package io.ringlake.source;

/**
 * How many rows a task asks for with one request: as many as are set, as long as such a page stays
 * below {@value #TARGET_BYTES} bytes. How large rows are is seen from the pages that came, so a
 * task begins with a small one. Used by one thread.
 */
final class PageSize {

  /** Of a page as it comes over the wire. A task holds two pages. */
  private static final long TARGET_BYTES = 8 << 20;

  private static final int FIRST_ROWS = 500;

  /** Fewer rows are not asked for when a page fails: the rest would take as many requests. */
  private static final int FEWEST_AFTER_FAILURE = 50;

  private int most;
  private int rows;

  /**
   * @param most rows of a page, at least 1
   */
  PageSize(int most) {
    this.most = most;
    this.rows = Math.min(most, FIRST_ROWS);
  }

  /** Rows to ask for, at least 1. */
  int rows() {
    return rows;
  }

  /**
   * Learns from a page.
   *
   * @param rowsOfPage 0 or above
   * @param bytesOfPage below 1 if the driver does not know
   */
  void arrived(int rowsOfPage, int bytesOfPage) {
    if (rowsOfPage > 0 && bytesOfPage > 0) {
      long fitting = TARGET_BYTES * rowsOfPage / bytesOfPage;
      rows = (int) Math.max(1, Math.min(most, fitting));
    }
  }

  /** Learns that a page could not be read in time. */
  void tooMuch() {
    most = Math.min(rows, Math.max(FEWEST_AFTER_FAILURE, rows / 4));
    rows = most;
  }
}
