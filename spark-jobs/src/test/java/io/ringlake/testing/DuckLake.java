package io.ringlake.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What DuckDB sees of an export by listing its folder: a reader that knows neither Spark nor us.
 */
public final class DuckLake implements AutoCloseable {

  private static final Pattern DATA_FILE =
      Pattern.compile("part-.*\\.(csv|json|parquet)(\\.\\w+)?");

  private final Connection connection;

  /**
   * @param output a folder with files of one format at any depth; seen as the view {@code lake},
   *     and as {@code files}, which has their paths in {@code filename} as well. DuckDB guesses the
   *     types of CSV and JSON
   */
  public DuckLake(Path output) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      String reader = reader(output);
      statement.execute(view("lake", reader, false));
      statement.execute(view("files", reader, true));
    }
  }

  /** What it sees of some Parquet files that somebody else names, as the view {@code lake}. */
  public static DuckLake ofParquet(List<String> files) throws SQLException {
    String list =
        files.stream()
            .map(file -> "'" + file.replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    return new DuckLake("CREATE VIEW lake AS SELECT * FROM read_parquet([%s])".formatted(list));
  }

  private DuckLake(String view) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(view);
    }
  }

  private static String view(String name, String reader, boolean withFile) {
    return "CREATE VIEW %s AS SELECT * FROM %s, hive_partitioning = true, hive_types_autocast = false, filename = %s)"
        .formatted(name, reader, withFile);
  }

  /** The function that reads the files of the format that is there, but for its end. */
  private static String reader(Path output) {
    String folder = output.toString().replace("'", "''");
    try (Stream<Path> all = Files.walk(output)) {
      Set<String> formats =
          all.map(file -> DATA_FILE.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .map(name -> name.group(1))
              .collect(Collectors.toSet());
      if (formats.equals(Set.of("csv"))) {
        return "read_csv('%s/**/part-*.csv*', header = true, delim = ',', quote = '\"', escape = '\"', allow_quoted_nulls = false, sample_size = -1"
            .formatted(folder);
      }
      if (formats.equals(Set.of("json"))) {
        return "read_json('%s/**/part-*.json*', sample_size = -1".formatted(folder);
      }
      return "read_parquet('%s/**/*.parquet'".formatted(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
