package io.ringlake.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows what another engine than Spark reads in an export, for a script: the result of one query of
 * DuckDB, in columns.
 *
 * <pre>{@code
 * java -cp 'testkit/target/classes:testkit/target/lib/*' io.ringlake.testkit.DuckDbMain "SELECT …"
 * }</pre>
 */
public final class DuckDbMain {

  private DuckDbMain() {}

  public static void main(String[] arguments) throws SQLException {
    if (arguments.length != 1) {
      System.err.println("Usage: DuckDbMain QUERY");
      System.exit(2);
    }
    System.out.print(run(arguments[0]));
  }

  static String run(String query) throws SQLException {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return inColumns(cells(rows));
    }
  }

  private static List<List<String>> cells(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      head.add(columns.getColumnLabel(i));
    }
    lines.add(head);
    while (rows.next()) {
      List<String> line = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        line.add(String.valueOf(rows.getString(i)));
      }
      lines.add(line);
    }
    return lines;
  }

  private static String inColumns(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
        row.append(line.get(i)).append(" ".repeat(width - line.get(i).length() + 2));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
