package io.ringlake.schema;

/** The part that a column plays in its table. */
public enum ColumnKind {
  PARTITION_KEY,
  CLUSTERING,
  STATIC,
  REGULAR;

  /** Whether columns of this kind belong to the primary key, and so have no cell of their own. */
  public boolean isKey() {
    return this == PARTITION_KEY || this == CLUSTERING;
  }
}
