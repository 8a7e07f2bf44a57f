package io.ringlake.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checker that finds nothing is worth nothing: each fault is made, and must be found. */
class ExportCheckTest {

  private static final String QUERY = "SELECT id, name, name_writetime, month FROM lake";
  private static final List<String> ROWS =
      List.of("1|a|1001|01", "2|b|1002|01", "3|c|1003|02", "4|c|1004|02");
  private static final String JANUARY = "month=01/part-0.parquet";
  private static final String FEBRUARY = "month=02/part-1.parquet";

  @TempDir private Path output;

  @BeforeEach
  void finish() throws IOException, SQLException {
    write(JANUARY, "(1, 'a', 1001), (2, 'b', 1002)");
    write(FEBRUARY, "(3, 'c', 1003), (4, 'c', 1004)");
    Files.createDirectories(output.resolve("_ringlake/checkpoint"));
    for (String name : List.of("_SUCCESS", "_ringlake/report.json", "_ringlake/schema.cql")) {
      Files.createFile(output.resolve(name));
    }
    Files.createFile(output.resolve("_ringlake/table.sql"));
    Files.writeString(
        output.resolve("_ringlake/manifest.json"),
        """
        {"files": [{"path": "%s", "bytes": %d, "rows": 2}, {"path": "%s", "bytes": %d, "rows": 2}]}"""
            .formatted(
                JANUARY,
                Files.size(output.resolve(JANUARY)),
                FEBRUARY,
                Files.size(output.resolve(FEBRUARY))));
  }

  private void write(String path, String rows) throws IOException, SQLException {
    Path file = output.resolve(path);
    Files.createDirectories(file.getParent());
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM (VALUES %s) t(id, name, name_writetime)) TO '%s' (FORMAT parquet)"
              .formatted(rows, file));
    }
  }

  private ExportCheck check() {
    return new ExportCheck(output);
  }

  private void folderIsRefusedFor(String fault) {
    assertThatThrownBy(() -> check().holdsItsManifestAndNothingElse())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(fault);
  }

  private void rowsAreRefusedFor(String fault) {
    assertThatThrownBy(() -> check().holdsExactly(QUERY, ROWS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(fault);
  }

  @Test
  void acceptsAFinishedExport() throws IOException, SQLException {
    check().holdsItsManifestAndNothingElse();
    check().holdsExactly(QUERY, ROWS);
  }

  @Test
  void findsRowsTwice() throws IOException {
    Files.copy(output.resolve(JANUARY), output.resolve("month=01/part-2.parquet"));

    rowsAreRefusedFor("0 are missing, and 2 are there that should not be, or too often");
    folderIsRefusedFor("month=01/part-2.parquet");
  }

  @Test
  void findsOneRowTwiceInAFileOfTheManifest() throws IOException, SQLException {
    write(JANUARY, "(1, 'a', 1001), (2, 'b', 1002), (2, 'b', 1002)");

    rowsAreRefusedFor(
        "0 are missing, and 1 are there that should not be, or too often (such as 2|b|1002|01)");
  }

  @Test
  void findsAMissingFile() throws IOException {
    Files.delete(output.resolve(FEBRUARY));

    rowsAreRefusedFor("of 4 expected rows 2 are missing");
    folderIsRefusedFor("files and their lengths");
  }

  @Test
  void findsAMissingRowThoughAnotherHasItsPlace() throws IOException, SQLException {
    write(FEBRUARY, "(3, 'c', 1003), (3, 'c', 1003)");

    rowsAreRefusedFor("of 4 expected rows 1 are missing (such as 4|c|1004|02)");
  }

  @Test
  void findsAnotherWriteTime() throws IOException, SQLException {
    write(JANUARY, "(1, 'a', 1001), (2, 'b', 1003)");

    rowsAreRefusedFor(
        "1 are missing (such as 2|b|1002|01), and 1 are there that should not be, or too often"
            + " (such as 2|b|1003|01)");
  }

  @Test
  void findsARowInTheWrongFolder() throws IOException {
    Files.move(output.resolve(JANUARY), output.resolve("month=02/part-0.parquet"));

    rowsAreRefusedFor(
        "2 are missing (such as 1|a|1001|01), and 2 are there that should not be, or too often (such as 1|a|1001|02)");
    folderIsRefusedFor("month=02/part-0.parquet");
  }

  @Test
  void findsAFileOfAnotherLength() throws IOException {
    Files.writeString(output.resolve(FEBRUARY), "x");

    folderIsRefusedFor(FEBRUARY + "=1}");
  }

  @Test
  void findsWhatSparkAndDeadAttemptsLeave() throws IOException {
    Files.createFile(output.resolve("month=01/.part-0.parquet.crc"));
    folderIsRefusedFor("month=01/.part-0.parquet.crc");
    Files.delete(output.resolve("month=01/.part-0.parquet.crc"));

    Files.createDirectory(output.resolve("_spark_metadata"));
    Files.createFile(output.resolve("_spark_metadata/0"));
    folderIsRefusedFor("_spark_metadata/0");
    Files.delete(output.resolve("_spark_metadata/0"));

    Files.createFile(output.resolve("_ringlake/.report.json.5d1e"));
    folderIsRefusedFor(".report.json.5d1e");
  }

  @Test
  void findsThatTheMarkIsMissing() throws IOException {
    Files.delete(output.resolve("_SUCCESS"));

    folderIsRefusedFor("_SUCCESS");
  }
}
