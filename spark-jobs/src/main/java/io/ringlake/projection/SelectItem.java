package io.ringlake.projection;

import io.ringlake.schema.Column;

/** One item of a generated SELECT: a column, or a function of it. */
public record SelectItem(Column column, Function function) {

  /** What CQL is asked for. */
  public enum Function {
    VALUE,
    WRITETIME,
    MAXWRITETIME,
    TTL
  }
}
