package io.ringlake.schema;

/** A column of a table. */
public record Column(Identifier name, CqlType type, ColumnKind kind) {

  /** Whether a value of this column has one write time and one TTL that CQL can read. */
  public boolean hasSingleCell() {
    return !kind.isKey() && type != CqlType.Scalar.COUNTER && !type.isMultiCell();
  }
}
