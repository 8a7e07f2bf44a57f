package io.ringlake.config;

import io.ringlake.writetime.CellsOf;

/** What is exported of the cells of a collection or user-defined type that is not frozen. */
public enum CollectionWritetime {
  /** A figure for each, as an array. */
  LIST(CellsOf.EACH),
  /** The greatest. */
  MAX(CellsOf.GREATEST),
  /** The least. */
  MIN(CellsOf.LEAST);

  private final CellsOf cells;

  CollectionWritetime(CellsOf cells) {
    this.cells = cells;
  }

  /** The cells that an output column then tells of. */
  public CellsOf cells() {
    return cells;
  }
}
