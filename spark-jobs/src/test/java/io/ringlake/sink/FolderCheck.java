package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A folder as others see it: what lies in it, and what DuckDB reads from it. */
final class FolderCheck {

  private final Path folder;

  FolderCheck(Path folder) {
    this.folder = folder;
  }

  /** Finishes a pass, which has to tell of it what the manifest does. */
  static Manifest finish(Sink sink, FileTarget target, long lastBatchId) {
    Written written = sink.finish(lastBatchId);
    try {
      Manifest manifest =
          new OutputFolder(target.output(), new Configuration()).manifest().orElseThrow();
      assertThat(written).isEqualTo(manifest.of(target.passId()));
      return manifest;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of all files by path relative to the folder, checkpoints aside. */
  Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          String path = folder.relativize(file).toString();
          if (!path.startsWith("_ringlake/checkpoint/")) {
            files.put(path, Files.readAllBytes(file));
          }
        }
      }
    }
    return files;
  }

  /** The folder holds the manifest's files with their lengths, our own ones, and no other. */
  void assertFinished(Manifest manifest, String... others) throws IOException {
    Map<String, Long> expected =
        manifest.files().stream()
            .collect(
                Collectors.toMap(
                    Manifest.DataFile::path, Manifest.DataFile::bytes, Long::sum, TreeMap::new));
    List<String> own =
        new ArrayList<>(
            List.of(
                "_SUCCESS",
                "_ringlake/manifest.json",
                "_ringlake/schema.cql",
                "_ringlake/table.sql"));
    own.addAll(List.of(others));
    Map<String, Long> found = new TreeMap<>();
    files().forEach((path, bytes) -> found.put(path, (long) bytes.length));
    assertThat(found.keySet()).containsAll(own);
    found.keySet().removeAll(own);
    assertThat(found).isEqualTo(expected);
    assertThat(folder.resolve("_spark_metadata")).doesNotExist();
    assertThat(Manifest.fromJson(Files.readAllBytes(folder.resolve("_ringlake/manifest.json"))))
        .isEqualTo(manifest);
  }

  /** What DuckDB answers over all Parquet files it finds, one text a row. */
  List<String> query(String columns, String orderBy) {
    return query(columns, "read_parquet('%s/**/*.parquet', hive_partitioning = true)", orderBy);
  }

  /**
   * What DuckDB answers, one text a row.
   *
   * @param reader how files are read, with {@code %s} for the folder
   */
  List<String> query(String columns, String reader, String orderBy) {
    String sql =
        "SELECT concat_ws('|', %s) FROM %s ORDER BY %s"
            .formatted(columns, reader.formatted(folder), orderBy);
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Copies this folder. */
  void copyTo(Path other) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path from : all.toList()) {
        Path to = other.resolve(folder.relativize(from).toString());
        if (Files.isDirectory(from)) {
          Files.createDirectories(to);
        } else {
          Files.copy(from, to);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
