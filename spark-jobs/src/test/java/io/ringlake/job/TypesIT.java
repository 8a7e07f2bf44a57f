package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.testing.Command;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.SparkLake;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nested types are exported as what the driver returns, by readers that are not ours. */
class TypesIT {

  private static CassandraCluster cassandra;
  private static CqlSession cql;

  @TempDir private Path folder;

  @BeforeAll
  static void makeTypes() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
    execute(
        "DROP KEYSPACE IF EXISTS types_it",
        "CREATE KEYSPACE types_it WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}",
        "CREATE TYPE types_it.phone (kind text, \"Number\" varint)",
        "CREATE TYPE types_it.person (name text, phones frozen<list<frozen<phone>>>,"
            + " seen frozen<map<text, frozen<tuple<timestamp, inet>>>>)");
  }

  private static void execute(String... statements) {
    for (String statement : statements) {
      cql.execute(statement);
    }
  }

  private void export(String table, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--table",
                table,
                "--output",
                output().toString(),
                "--contact-points",
                cassandra.contactPointsText()));
    arguments.addAll(List.of(more));
    Command.run(arguments.toArray(String[]::new)).succeeded();
  }

  private Path output() {
    return folder.resolve("out");
  }

  private void assertEachColumnEqualsCql(String table, String... columns) throws SQLException {
    try (DuckLake duck = new DuckLake(output());
        SparkLake spark = new SparkLake(output())) {
      for (String column : columns) {
        List<String> expected =
            CqlRows.sorted(cql, "SELECT id, %s FROM %s".formatted(column, table));
        String query = "SELECT id, %s FROM lake".formatted(column);
        assertThat(duck.sortedRows(query)).as("%s by DuckDB", column).isEqualTo(expected);
        assertThat(spark.sortedRows(query)).as("%s by Spark", column).isEqualTo(expected);
      }
    }
  }

  @Test
  void keepsNestedTypesAsTheyAre() throws Exception {
    execute(
        "CREATE TABLE types_it.nested (id int PRIMARY KEY, li list<int>, fli"
            + " frozen<list<decimal>>, se set<text>, fse frozen<set<uuid>>, ma map<text, blob>,"
            + " fma frozen<map<timestamp, frozen<list<text>>>>, tu tuple<int, text,"
            + " frozen<list<double>>>, pe person, fpe frozen<person>, du frozen<list<duration>>,"
            + " da set<date>, deep map<text, frozen<map<int, frozen<set<frozen<phone>>>>>>)",
        "INSERT INTO types_it.nested (id, li, fli, se, fse, ma, fma, tu, pe, fpe, du, da, deep)"
            + " VALUES (1, [3, -2147483648, 3], [1.50, 12345678901234567890.123456789012345678901234567890, -0.0], {'', 'b', 'ü🚀'},"
            + " {50554d6e-29bb-11e5-b345-feff819cdc9f, 00000000-0000-0000-0000-000000000000},"
            + " {'': 0x, 'k': 0x00ff}, {'2024-02-29T12:00:00.001Z': ['a', ''], 0: []},"
            + " (7, null, [NaN, 1e308, -0.0]),"
            + " {name: 'Ann', phones: [{kind: 'home', \"Number\": 123456789012345678901234567890},"
            + " {kind: null}], seen: {'x': ('2024-01-01T00:00:00Z', '2001:db8::1')}},"
            + " {name: null, phones: [], seen: {}}, [1mo2d3ns, -4h], {'0001-01-01', '9999-12-31'},"
            + " {'a': {1: {{kind: 'k', \"Number\": -1}}, -1: {}}})",
        "INSERT INTO types_it.nested (id) VALUES (2)",
        "INSERT INTO types_it.nested (id, li, fli, se, fse, ma, fma, tu, pe, fpe, du, deep) VALUES"
            + " (3, [], [], {}, {}, {}, {}, (null, null, null), {name: null}, {name: 'only'}, [],"
            + " {'': {}})");

    export("types_it.nested", "--writetime", "*", "--ttl", "fli");

    assertEachColumnEqualsCql(
        "types_it.nested",
        "li",
        "fli",
        "se",
        "fse",
        "ma",
        "fma",
        "tu",
        "pe",
        "fpe",
        "du",
        "da",
        "deep");
    try (DuckLake duck = new DuckLake(output())) {
      assertThat(duck.sortedRows("SELECT id, fli_writetime, fpe_writetime, tu_writetime FROM lake"))
          .isEqualTo(
              CqlRows.sorted(
                  cql,
                  "SELECT id, writetime(fli), writetime(fpe), writetime(tu) FROM types_it.nested"));
    }
    assertThat(Files.readString(output().resolve("_ringlake/schema.cql")))
        .containsSubsequence(
            "CREATE TYPE types_it.phone",
            "CREATE TYPE types_it.person",
            "CREATE TABLE types_it.nested");
  }

  @Test
  void tellsTheWriteTimeAndTtlOfEachElement() throws Exception {
    execute(
        "CREATE TABLE types_it.cells (id int PRIMARY KEY, li list<int>, se set<text>, ma map<text,"
            + " int>, pe person)",
        "INSERT INTO types_it.cells (id, li, se, ma, pe) VALUES (1, [1, 2], {'b'}, {'y': 1}, {name:"
            + " 'Ann'}) USING TIMESTAMP 1000",
        "UPDATE types_it.cells USING TIMESTAMP 2000 AND TTL 864000 SET li = li + [3], se = se +"
            + " {'a'}, ma['z'] = 2, pe.phones = [] WHERE id = 1",
        "INSERT INTO types_it.cells (id) VALUES (2)");

    export("types_it.cells", "--writetime", "*", "--ttl", "*", "--expires-at");

    try (DuckLake duck = new DuckLake(output())) {
      for (String column : List.of("li", "se", "ma", "pe")) {
        assertThat(duck.sortedRows("SELECT id, %s_writetime FROM lake".formatted(column)))
            .as(column)
            .isEqualTo(
                CqlRows.sorted(
                    cql, "SELECT id, writetime(%s) FROM types_it.cells".formatted(column)));
      }
      assertThat(
              duck.sortedRows(
                  "SELECT id, list_transform(li_ttl, x -> x BETWEEN 863000 AND 864000),"
                      + " list_transform(li_expires_at, x -> epoch(x) - epoch(now()) BETWEEN 863000"
                      + " AND 864600), list_transform(pe_ttl, x -> x > 0) FROM lake"))
          .containsExactly(
              "1|[null, null, true]|[null, null, true]|[null, true, null]", "2|null|null|null");
    }
  }

  @Test
  void tellsOneWriteTimeAndTtlOfManyIfAsked() throws Exception {
    execute(
        "CREATE TABLE types_it.extremes (id int PRIMARY KEY, li list<int>, ma map<text, int>, pe"
            + " person)",
        "INSERT INTO types_it.extremes (id, li, ma) VALUES (1, [1], {'a': 1}) USING TIMESTAMP 1000",
        "UPDATE types_it.extremes USING TIMESTAMP 2000 AND TTL 864000 SET li = li + [2], ma ="
            + " {'b': 2} WHERE id = 1",
        "INSERT INTO types_it.extremes (id) VALUES (2)",
        "INSERT INTO types_it.extremes (id, pe) VALUES (3, {name: 'Ann'}) USING TIMESTAMP 3000 AND"
            + " TTL 864000",
        "INSERT INTO types_it.extremes (id, pe) VALUES (4, {name: 'Bob', phones: []}) USING"
            + " TIMESTAMP 4000 AND TTL 864000",
        "UPDATE types_it.extremes USING TIMESTAMP 5000 SET pe.phones = null WHERE id = 4",
        "INSERT INTO types_it.extremes (id, pe) VALUES (5, {name: 'Eve'}) USING TIMESTAMP 4000",
        "UPDATE types_it.extremes USING TIMESTAMP 5000 AND TTL 864000 SET pe.phones = [] WHERE id"
            + " = 5");
    String[] flags = {"--writetime", "*", "--ttl", "*", "--collection-writetime"};

    export("types_it.extremes", flags[0], flags[1], flags[2], flags[3], flags[4], "max");
    assertThat(extremes())
        .containsExactly(
            "1|2000|2000|null|null|true|null",
            "2|null|null|null|null|null|null",
            "3|null|null|3000|null|null|true",
            "4|null|null|4000|null|null|true",
            "5|null|null|5000|null|null|null");

    export(
        "types_it.extremes",
        flags[0],
        flags[1],
        flags[2],
        flags[3],
        flags[4],
        "min",
        "--mode",
        "overwrite",
        "--restart");
    assertThat(extremes())
        .containsExactly(
            "1|1000|2000|null|true|true|null",
            "2|null|null|null|null|null|null",
            "3|null|null|3000|null|null|true",
            "4|null|null|4000|null|null|true",
            "5|null|null|4000|null|null|true");
  }

  private List<String> extremes() throws SQLException {
    try (DuckLake duck = new DuckLake(output())) {
      return duck.sortedRows(
          "SELECT id, li_writetime, ma_writetime, pe_writetime, li_ttl > 0, ma_ttl > 0, pe_ttl > 0"
              + " FROM lake");
    }
  }

  @Test
  void keepsVectorsAsTheyAre() throws Exception {
    execute(
        "CREATE TABLE types_it.vectors (id int PRIMARY KEY, f vector<float, 3>, b vector<bigint,"
            + " 1>, t vector<text, 2>, s vector<smallint, 2>, l vector<frozen<list<int>>, 2>, v"
            + " vector<vector<int, 2>, 2>)",
        "INSERT INTO types_it.vectors (id, f, b, t, s, l, v) VALUES (1, [1.5, -0.0, 3e38],"
            + " [9223372036854775807], ['', '"
            + "é".repeat(200)
            + "'], [-1, 300], [[1, 2], []], [[1, 2], [3, 4]])",
        "INSERT INTO types_it.vectors (id) VALUES (2)");

    export("types_it.vectors");

    assertEachColumnEqualsCql("types_it.vectors", "f", "b");
    try (DuckLake duck = new DuckLake(output())) {
      assertThat(duck.sortedRows("SELECT id, t, s, l, v FROM lake"))
          .containsExactly(
              "1|[, %s]|[-1, 300]|[[1, 2], []]|[[1, 2], [3, 4]]".formatted("é".repeat(200)),
              "2|null|null|null|null");
    }
  }

  @Test
  void keepsNestedKeys() throws Exception {
    execute(
        "CREATE TABLE types_it.keys (id frozen<map<text, int>>, seq frozen<list<int>>, v"
            + " frozen<map<frozen<map<int, int>>, text>>, PRIMARY KEY (id, seq))",
        "INSERT INTO types_it.keys (id, seq, v) VALUES ({'a': 1, 'b': 2}, [1, 2], {{1: 2}: 'x'})",
        "INSERT INTO types_it.keys (id, seq) VALUES ({}, [])");

    export("types_it.keys");

    assertEachColumnEqualsCql("types_it.keys", "seq", "v");
  }

  @Test
  void readsNullForAFieldThatATypeGained() throws Exception {
    execute(
        "CREATE TYPE types_it.growing (a int)",
        "CREATE TABLE types_it.grown (id int PRIMARY KEY, g frozen<growing>, l"
            + " list<frozen<growing>>)",
        "INSERT INTO types_it.grown (id, g, l) VALUES (1, {a: 1}, [{a: 2}])",
        "ALTER TYPE types_it.growing ADD b text",
        "INSERT INTO types_it.grown (id, g, l) VALUES (2, {a: 3, b: 'x'}, [{a: 4, b: 'y'}])");

    export("types_it.grown");

    assertEachColumnEqualsCql("types_it.grown", "g", "l");
  }
}
