package io.ringlake.projection;

import io.ringlake.schema.Column;
import io.ringlake.schema.Table;
import io.ringlake.writetime.CellLayout;
import java.util.List;
import java.util.Set;

/**
 * What a scan reads and hands out.
 *
 * @param items what the SELECT asks for, in its order; never empty, each once
 * @param columns what rows hold: values first, in the order of {@code --columns} or else the
 *     table's, each with the text of what does not fit after it, then write times, TTLs and
 *     expiries; empty if only the number of rows is wanted
 * @param leftOut what is left out, and why
 * @param tests the write times that decide which rows are kept, each among the items
 */
public record Projection(
    Table table,
    CellLayout cellLayout,
    List<SelectItem> items,
    List<OutputColumn> columns,
    List<LeftOut> leftOut,
    WrittenTests tests) {

  public Projection {
    items = List.copyOf(items);
    columns = List.copyOf(columns);
    leftOut = List.copyOf(leftOut);
    if (items.isEmpty()) {
      throw new IllegalArgumentException(
          "A projection of %s reads nothing".formatted(table.name()));
    }
    for (OutputColumn column : columns) {
      if (column.selectIndex() >= items.size()) {
        throw new IllegalArgumentException(
            "Column %s is decoded from item %d of %d"
                .formatted(column.name(), column.selectIndex(), items.size()));
      }
    }
  }

  /** The columns of the table of which anything is read, each once. */
  public List<Column> columnsRead() {
    return items.stream().map(SelectItem::column).distinct().toList();
  }

  /**
   * The same projection with only the columns that a query uses. If it uses none, the first column
   * of the partition key is still read, so that rows can be counted.
   *
   * @param names of output columns, exact
   */
  public Projection prune(Set<String> names) {
    SelectList select = new SelectList();
    for (OutputColumn column : columns) {
      if (names.contains(column.name())) {
        select.add(column);
      }
    }
    tests.tested().forEach(select::addUnseen);
    if (select.items().isEmpty()) {
      select.addUnseen(new SelectItem(table.partitionKey().get(0), SelectItem.Function.VALUE));
    }
    return new Projection(table, cellLayout, select.items(), select.columns(), leftOut, tests);
  }

  /** For each column of the table, in its order, what is read of it and what is not. */
  public List<ColumnSummary> summary() {
    return table.columns().stream().map(this::summary).toList();
  }

  private ColumnSummary summary(Column column) {
    return new ColumnSummary(
        column,
        columns.stream().filter(output -> output.column().equals(column)).toList(),
        leftOut.stream().filter(left -> left.column().equals(column.name())).toList());
  }
}
