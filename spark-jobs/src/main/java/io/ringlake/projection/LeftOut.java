package io.ringlake.projection;

import io.ringlake.schema.Identifier;
import io.ringlake.writetime.CellAspect;

/**
 * A write time, TTL or expiry that is not read although it could be meant: no column tells of it,
 * or one that is null.
 *
 * @param reason why, as a clause for the plan and the report, for example {@code "part of the
 *     primary key, which has no cell of its own"}
 * @param byName whether the column was asked for by name, which is worth a warning, and not by
 *     {@code *}
 * @param asNull whether there is a column for it, null in each row, which is worth a warning too
 */
public record LeftOut(
    Identifier column, CellAspect aspect, String reason, boolean byName, boolean asNull) {

  /** Whether an operator should be told. */
  public boolean isWarning() {
    return byName || asNull;
  }
}
