package io.ringlake.projection;

import io.ringlake.schema.Column;
import io.ringlake.writetime.CellAspect;
import io.ringlake.writetime.CellsOf;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of the rows that a scan hands out: the value of a column, or what is known about its cell.
 *
 * @param name the column's name in the output, with its suffix; in the {@code struct} layout that
 *     of an aspect is the path to its field, {@code _cells.writetime.<column>}
 * @param column the table's column that is read
 * @param aspect null for the value itself
 * @param cells which cells an aspect is of; {@link CellsOf#ONE} for the value itself
 * @param selectIndex the place in the SELECT's items, from 0, of the bytes that it is decoded from;
 *     a TTL and an expiry share one; -1 for {@link CellsOf#UNKNOWN}, for which nothing is asked
 */
public record OutputColumn(
    String name, Column column, @Nullable CellAspect aspect, CellsOf cells, int selectIndex) {

  /** A value. */
  public OutputColumn(String name, Column column, int selectIndex) {
    this(name, column, null, CellsOf.ONE, selectIndex);
  }
}
