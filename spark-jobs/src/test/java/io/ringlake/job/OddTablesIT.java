package io.ringlake.job;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.testing.Command;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.DuckLake;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that nobody would design, but that are there. */
@Tag("versions")
class OddTablesIT {

  private static final int MANY = 500;
  private static final Collector<CharSequence, ?, String> COMMAS = joining(", ");

  private static CassandraCluster cassandra;
  private static CqlSession cql;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKeyspace() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
    execute(
        "DROP KEYSPACE IF EXISTS odd_it",
        "CREATE KEYSPACE odd_it WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
  }

  private static void execute(String... statements) {
    for (String statement : statements) {
      cql.execute(statement);
    }
  }

  /** Exports with all write times, and compares these and the values with what CQL returns. */
  private void assertExportedAsItIs(String table, List<String> keys, List<String> others)
      throws Exception {
    Path output = folder.resolve("out");
    Command.run(
            "export",
            "--table",
            "odd_it." + table,
            "--output",
            output.toString(),
            "--writetime",
            "*",
            "--contact-points",
            cassandra.contactPointsText())
        .succeeded();

    String values =
        Stream.concat(keys.stream(), others.stream()).map(OddTablesIT::quoted).collect(COMMAS);
    String inCql =
        others.stream().map(name -> "writetime(%s)".formatted(quoted(name))).collect(COMMAS);
    String inLake = others.stream().map(name -> quoted(name + "_writetime")).collect(COMMAS);
    try (DuckLake lake = new DuckLake(output)) {
      assertThat(lake.sortedRows("SELECT %s, %s FROM lake".formatted(values, inLake)))
          .isNotEmpty()
          .isEqualTo(
              CqlRows.sorted(cql, "SELECT %s, %s FROM odd_it.%s".formatted(values, inCql, table)));
    }
  }

  /** As both CQL and DuckDB take any name. */
  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Test
  void fiveHundredColumns() throws Exception {
    List<String> names = IntStream.range(0, MANY).mapToObj(i -> "c" + i).toList();
    execute(
        "CREATE TABLE odd_it.wide (id int PRIMARY KEY, %s int)"
            .formatted(String.join(" int, ", names)),
        "INSERT INTO odd_it.wide (id, %s) VALUES (1, %s)"
            .formatted(
                String.join(", ", names),
                IntStream.range(0, MANY).mapToObj(Integer::toString).collect(COMMAS)),
        "INSERT INTO odd_it.wide (id, c7, c499) VALUES (2, 7, 499)");

    assertExportedAsItIs("wide", List.of("id"), names);
  }

  @Test
  void compactStorageWhoseRowsLackClusteringColumns() throws Exception {
    execute(
        "CREATE TABLE odd_it.compact (id int, a text, b text, n int, PRIMARY KEY (id, a, b)) WITH"
            + " COMPACT STORAGE",
        "INSERT INTO odd_it.compact (id, a, b, n) VALUES (1, 'x', 'y', 1)",
        "INSERT INTO odd_it.compact (id, a, n) VALUES (1, 'x', 2)");

    assertExportedAsItIs("compact", List.of("id", "a", "b"), List.of("n"));
  }

  @Test
  void namesThatNeedQuotes() throws Exception {
    List<String> names =
        List.of(
            "select",
            "Mixed Case",
            "say \"hi\"",
            "a.b",
            "a/b\\c",
            "größe",
            "名前",
            "x,y",
            "(z)",
            "p=q",
            "*");
    execute(
        "CREATE TABLE odd_it.names (\"the key\" int PRIMARY KEY, %s text)"
            .formatted(names.stream().map(OddTablesIT::quoted).collect(joining(" text, "))),
        "INSERT INTO odd_it.names (\"the key\", %s) VALUES (1, %s)"
            .formatted(
                names.stream().map(OddTablesIT::quoted).collect(COMMAS),
                names.stream().map("'%s'"::formatted).collect(COMMAS)));

    assertExportedAsItIs("names", List.of("the key"), names);
  }

  @Test
  void aColumnThatWasDroppedAndAddedAgain() throws Exception {
    execute(
        "CREATE TABLE odd_it.again (id int PRIMARY KEY, v text, w int)",
        "INSERT INTO odd_it.again (id, v, w) VALUES (1, 'before', 1)",
        "ALTER TABLE odd_it.again DROP v",
        "ALTER TABLE odd_it.again ADD v text",
        "INSERT INTO odd_it.again (id, v, w) VALUES (2, 'after', 2)");

    assertExportedAsItIs("again", List.of("id"), List.of("v", "w"));
  }

  @Test
  void aClusteringOrderThatIsReversed() throws Exception {
    execute(
        "CREATE TABLE odd_it.reversed (p int, t timestamp, n int, v text, PRIMARY KEY (p, t, n))"
            + " WITH CLUSTERING ORDER BY (t DESC, n ASC)");
    for (int i = 0; i < 50; i++) {
      execute(
          "INSERT INTO odd_it.reversed (p, t, n, v) VALUES (%d, %d, %d, 'v%d')"
              .formatted(i % 3, 1_700_000_000_000L + i / 2, i, i));
    }

    assertExportedAsItIs("reversed", List.of("p", "t", "n"), List.of("v"));
  }

  @Test
  void nothingButStaticColumns() throws Exception {
    execute(
        "CREATE TABLE odd_it.statics (p int, c int, s text static, PRIMARY KEY (p, c))",
        "INSERT INTO odd_it.statics (p, s) VALUES (1, 'no row')",
        "INSERT INTO odd_it.statics (p, c, s) VALUES (2, 1, 'two rows')",
        "INSERT INTO odd_it.statics (p, c) VALUES (2, 2)",
        "INSERT INTO odd_it.statics (p, c) VALUES (3, 1)");

    assertExportedAsItIs("statics", List.of("p", "c"), List.of("s"));
  }
}
