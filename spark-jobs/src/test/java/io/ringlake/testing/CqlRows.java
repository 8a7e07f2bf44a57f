package io.ringlake.testing;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
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
        text.append(i == 0 ? "" : "|").append(spelled(value(row, i)));
      }
      rows.add(text.toString());
    }
    Collections.sort(rows);
    return rows;
  }

  private static @Nullable Object value(Row row, int index) {
    boolean isText = row.getType(index).equals(DataTypes.ASCII);
    return isText ? row.getString(index) : row.getObject(index);
  }

  private static String spelled(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Instant time) {
      return Long.toString(time.toEpochMilli() * 1000);
    }
    if (value instanceof LocalDate date) {
      return Long.toString(date.toEpochDay());
    }
    if (value instanceof LocalTime time) {
      return Long.toString(time.toNanoOfDay());
    }
    if (value instanceof InetAddress address) {
      return address.getHostAddress();
    }
    if (value instanceof ByteBuffer bytes) {
      return hex(bytes);
    }
    if (value instanceof CqlDuration duration) {
      return "%d/%d/%d"
          .formatted(duration.getMonths(), duration.getDays(), duration.getNanoseconds());
    }
    return value.toString();
  }

  private static String hex(ByteBuffer bytes) {
    StringBuilder text = new StringBuilder("0x");
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      text.append("%02x".formatted(bytes.get(i)));
    }
    return text.toString();
  }
}
