package io.ringlake.testing;

import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * Rows as text in any order, columns separated by a bar: times as microseconds since the epoch,
   * dates as days since it, bytes as hexadecimal digits, structs with slashes between their fields.
   */
  public List<String> sortedRows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(i == 1 ? "" : "|").append(spelled(result.getObject(i)));
        }
        rows.add(row.toString());
      }
    }
    Collections.sort(rows);
    return rows;
  }

  private static String spelled(@Nullable Object value) throws SQLException {
    if (value == null) {
      return "null";
    }
    if (value instanceof OffsetDateTime time) {
      return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant()));
    }
    if (value instanceof LocalDate date) {
      return Long.toString(date.toEpochDay());
    }
    if (value instanceof Blob blob) {
      StringBuilder text = new StringBuilder("0x");
      for (byte b : blob.getBytes(1, (int) blob.length())) {
        text.append("%02x".formatted(b));
      }
      return text.toString();
    }
    if (value instanceof Struct struct) {
      StringBuilder text = new StringBuilder();
      for (Object field : struct.getAttributes()) {
        text.append(text.isEmpty() ? "" : "/").append(spelled(field));
      }
      return text.toString();
    }
    return value.toString();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
