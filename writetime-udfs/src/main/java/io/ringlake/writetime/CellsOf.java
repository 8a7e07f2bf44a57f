package io.ringlake.writetime;

/** Which cells of a value an output column of an aspect tells of. */
public enum CellsOf {
  /** The only one: of a scalar, a frozen collection, a tuple or a vector. */
  ONE,
  /** Each of several, as an array: of a collection or user-defined type that is not frozen. */
  EACH,
  /** Of several the one with the greatest figure. */
  GREATEST,
  /** Of several the one with the least figure. */
  LEAST;

  /** Whether there is a figure for each of several cells. */
  public boolean isArray() {
    return this == EACH;
  }
}
