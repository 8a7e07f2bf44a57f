package io.ringlake.testing;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What CQL returns, spelled as {@link DuckLake#sortedRows} spells what was exported: one text a
 * row, columns separated by a bar, in any order.
 */
public final class CqlRows {

  private CqlRows() {}

  /** All rows of a query, sorted. */
  public static List<String> sorted(CqlSession session, String query) {
    List<String> rows = new ArrayList<>();
    for (Row row : session.execute(SimpleStatement.newInstance(query).setPageSize(1000))) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < row.getColumnDefinitions().size(); i++) {
        text.append(i == 0 ? "" : "|").append(Spelling.of(value(row, i)));
      }
      rows.add(text.toString());
    }
    Collections.sort(rows);
    return rows;
  }

  private static @Nullable Object value(Row row, int index) {
    boolean isText = row.getType(index).equals(DataTypes.ASCII);
    if (row.isNull(index)) {
      return null; // not an empty collection
    }
    return isText ? row.getString(index) : row.getObject(index);
  }
}
