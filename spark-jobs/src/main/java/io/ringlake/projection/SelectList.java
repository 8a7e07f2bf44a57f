package io.ringlake.projection;

import io.ringlake.projection.OutputColumn.Aspect;
import io.ringlake.projection.OutputColumn.Content;
import io.ringlake.projection.SelectItem.Function;
import io.ringlake.schema.Column;
import io.ringlake.writetime.CellAspect;
import io.ringlake.writetime.CellsOf;
import java.util.ArrayList;
import java.util.List;

/** Output columns beside the items of the SELECT that they need, each item once. */
final class SelectList {

  private final List<SelectItem> items = new ArrayList<>();
  private final List<OutputColumn> columns = new ArrayList<>();

  void add(String name, Column column, Content content) {
    Function function =
        content instanceof Aspect shown ? function(shown.aspect(), shown.cells()) : Function.VALUE;
    OutputColumn output =
        new OutputColumn(name, column, content, place(new SelectItem(column, function)));
    columns.add(output);
    if (output.isLongestOfFields()) {
      addUnseen(new SelectItem(column, Function.WRITETIME));
    }
  }

  /** Shows again what another list shows. */
  void add(OutputColumn shown) {
    if (shown.isTold()) {
      add(shown.name(), shown.column(), shown.content());
    } else {
      addUntold(shown.name(), shown.column(), shown.content());
    }
  }

  /** Shows null for what the cluster does not tell. */
  void addUntold(String name, Column column, Content content) {
    columns.add(new OutputColumn(name, column, content, -1));
  }

  /** Reads what no row shows. */
  void addUnseen(SelectItem item) {
    place(item);
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

  private static Function function(CellAspect aspect, CellsOf cells) {
    return switch (aspect) {
      case WRITETIME -> cells == CellsOf.GREATEST ? Function.MAXWRITETIME : Function.WRITETIME;
      case TTL, EXPIRES_AT -> Function.TTL;
    };
  }
}
