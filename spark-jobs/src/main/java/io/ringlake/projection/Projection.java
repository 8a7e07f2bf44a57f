package io.ringlake.projection;

import io.ringlake.schema.Table;
import java.util.List;

/**
 * What a scan reads and hands out.
 *
 * @param items what the SELECT asks for, in its order; never empty
 * @param columns what rows hold, values first in the table's order, then write times, TTLs and
 *     expiries
 * @param leftOut what is left out, and why
 */
public record Projection(
    Table table,
    CellLayout cellLayout,
    List<SelectItem> items,
    List<OutputColumn> columns,
    List<LeftOut> leftOut) {

  public Projection {
    items = List.copyOf(items);
    columns = List.copyOf(columns);
    leftOut = List.copyOf(leftOut);
  }
}
