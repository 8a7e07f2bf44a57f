package io.ringlake.projection;

import io.ringlake.projection.SelectItem.Function;
import io.ringlake.schema.Column;
import io.ringlake.writetime.CellAspect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Output columns beside the items of the SELECT that they need, each item once. */
final class SelectList {

  private final List<SelectItem> items = new ArrayList<>();
  private final List<OutputColumn> columns = new ArrayList<>();

  void add(String name, Column column, @Nullable CellAspect aspect) {
    columns.add(
        new OutputColumn(name, column, aspect, place(new SelectItem(column, function(aspect)))));
  }

  /** Reads a column that no row shows. */
  void addUnseen(Column column) {
    place(new SelectItem(column, Function.VALUE));
  }

  List<SelectItem> items() {
    return items;
  }

  List<OutputColumn> columns() {
    return columns;
  }

  private int place(SelectItem item) {
    int place = items.indexOf(item);
    if (place >= 0) {
      return place;
    }
    items.add(item);
    return items.size() - 1;
  }

  private static Function function(@Nullable CellAspect aspect) {
    if (aspect == null) {
      return Function.VALUE;
    }
    return switch (aspect) {
      case WRITETIME -> Function.WRITETIME;
      case TTL, EXPIRES_AT -> Function.TTL;
    };
  }
}
