package io.ringlake.config;

/** What becomes of a value that Spark's type of its column does not hold as it is. */
public enum OnOverflow {
  /** It ends the run. */
  FAIL,
  /** It is null. */
  NULL,
  /**
   * It is null, and stands as text in a column of its own. What is part of another value, and so
   * has no column, ends the run.
   */
  TEXT
}
