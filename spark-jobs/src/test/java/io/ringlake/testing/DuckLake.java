package io.ringlake.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What DuckDB sees of an export by listing its folder: a reader that knows neither Spark nor us.
 */
public final class DuckLake implements AutoCloseable {

  private final Connection connection;

  /**
   * @param output a folder with Parquet files at any depth; seen as the view {@code lake}, and as
   *     {@code files}, which has their paths in {@code filename} as well
   */
  public DuckLake(Path output) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      String files = output.toString().replace("'", "''");
      statement.execute(view("lake", files, false));
      statement.execute(view("files", files, true));
    }
  }

  private static String view(String name, String folder, boolean withFile) {
    return "CREATE VIEW %s AS SELECT * FROM read_parquet('%s/**/*.parquet', hive_partitioning = true, hive_types_autocast = false, filename = %s)"
        .formatted(name, folder, withFile);
  }

  /** One value. */
  public long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Rows as text in any order, columns separated by a bar, as {@link Spelling} spells values. */
  public List<String> sortedRows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(i == 1 ? "" : "|").append(Spelling.of(result.getObject(i)));
        }
        rows.add(row.toString());
      }
    }
    Collections.sort(rows);
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
