package io.ringlake.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What must hold of a finished export, whoever died on the way to it. It looks as a stranger does:
 * lists the folder, reads the manifest as JSON, has the files read by DuckDB. Each method throws an
 * {@link AssertionError} that says what is wrong.
 */
public final class ExportCheck {

  /** What {@code _ringlake} holds, and nothing else. */
  private static final Set<String> OWN =
      Set.of("checkpoint", "manifest.json", "report.json", "schema.cql", "table.sql");

  private final Path output;

  public ExportCheck(Path output) {
    this.output = output;
  }

  /**
   * The folder holds the files of the manifest with their lengths, as many rows as it says, {@code
   * _SUCCESS} and what belongs into {@code _ringlake}; no log of Spark's, no checksums, no drafts.
   */
  public void holdsItsManifestAndNothingElse() throws IOException, SQLException {
    JsonNode manifest =
        new ObjectMapper().readTree(output.resolve("_ringlake/manifest.json").toFile());
    Map<String, Long> expected = new TreeMap<>();
    expected.put("_SUCCESS", 0L);
    long rows = 0;
    for (JsonNode file : manifest.required("files")) {
      expected.put(file.required("path").asText(), file.required("bytes").asLong());
      rows += file.required("rows").asLong();
    }
    equal("files and their lengths", expected, files());
    equal("contents of _ringlake", new TreeSet<>(OWN), names(output.resolve("_ringlake")));
    try (DuckLake lake = new DuckLake(output)) {
      equal("number of rows", rows, lake.number("SELECT count(*) FROM lake"));
    }
  }

  /**
   * What DuckDB reads are these rows, each as often as it is here.
   *
   * @param query over the view {@code lake}
   * @param expected rows as {@link DuckLake#sortedRows} spells them, in any order
   */
  public void holdsExactly(String query, List<String> expected) throws SQLException {
    try (DuckLake lake = new DuckLake(output)) {
      holdsExactly(output.toString(), lake, query, expected);
    }
  }

  /** As {@link #holdsExactly(String, List)}, of any lake, which has a name for the message. */
  public static void holdsExactly(String name, DuckLake lake, String query, List<String> expected)
      throws SQLException {
    Map<String, Integer> surplus = new TreeMap<>();
    lake.sortedRows(query).forEach(row -> surplus.merge(row, 1, Integer::sum));
    expected.forEach(row -> surplus.merge(row, -1, Integer::sum));
    List<String> missing = new ArrayList<>();
    List<String> tooMany = new ArrayList<>();
    surplus.forEach(
        (row, count) -> {
          if (count != 0) {
            (count < 0 ? missing : tooMany).add(row);
          }
        });
    if (!missing.isEmpty() || !tooMany.isEmpty()) {
      throw new AssertionError(
          "%s: of %d expected rows %d are missing%s, and %d are there that should not be, or too often%s"
              .formatted(
                  name,
                  expected.size(),
                  missing.size(),
                  example(missing),
                  tooMany.size(),
                  example(tooMany)));
    }
  }

  private void equal(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new AssertionError(
          "%s: %s%nexpected: %s%n   found: %s".formatted(output, what, expected, found));
    }
  }

  private static String example(List<String> rows) {
    return rows.isEmpty() ? "" : " (such as %s)".formatted(rows.get(0));
  }

  /** Lengths of all files outside {@code _ringlake}, by path relative to the output. */
  private Map<String, Long> files() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(output)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path path = output.relativize(file);
        if (!path.startsWith("_ringlake")) {
          files.put(path.toString(), Files.size(file));
        }
      }
    }
    return files;
  }

  private static Set<String> names(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    return names;
  }
}
