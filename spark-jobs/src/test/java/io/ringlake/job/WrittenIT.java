package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringlake.testing.Command;
import io.ringlake.testing.DuckLake;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows are exported by when their cells were written, and what the report tells of that. */
@Tag("versions")
class WrittenIT {

  private static final String VERSION = "ringlake.testkit.version";
  private static final String BEFORE_5_0 = "4\\..*";
  private static final String NOT_TOLD = "collections tell their write times since Cassandra 5.0";

  private static CassandraCluster cassandra;
  private static CqlSession cql;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
    execute(
        "DROP KEYSPACE IF EXISTS written_it",
        "CREATE KEYSPACE written_it WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}",
        "CREATE TABLE written_it.t (id int PRIMARY KEY, a int, b int, tags set<text>)",
        "INSERT INTO written_it.t (id, a, b) VALUES (1, 1, 1) USING TIMESTAMP 1000",
        "UPDATE written_it.t USING TIMESTAMP 2000 SET b = 2 WHERE id = 1",
        "INSERT INTO written_it.t (id, a, b) VALUES (2, 1, 1) USING TIMESTAMP 2000",
        "INSERT INTO written_it.t (id, a, b) VALUES (3, 1, 1) USING TIMESTAMP 1000",
        "UPDATE written_it.t USING TIMESTAMP 3000 AND TTL 864000 SET tags = {'x', 'y'} WHERE id = 3",
        "INSERT INTO written_it.t (id) VALUES (4) USING TIMESTAMP 1000",
        "CREATE TABLE written_it.readings (sensor int, at int, owner text static, a int, b int,"
            + " PRIMARY KEY (sensor, at))",
        "INSERT INTO written_it.readings (sensor, at, a, b) VALUES (1, 1, 1, 1)"
            + " USING TIMESTAMP 1000",
        "INSERT INTO written_it.readings (sensor, owner) VALUES (1, 'x') USING TIMESTAMP 3000",
        "INSERT INTO written_it.readings (sensor, at, a, b) VALUES (2, 1, 1, 1)"
            + " USING TIMESTAMP 1000",
        "INSERT INTO written_it.readings (sensor, at, a) VALUES (2, 2, 1) USING TIMESTAMP 3000",
        "INSERT INTO written_it.readings (sensor, owner) VALUES (3, 'y') USING TIMESTAMP 3000",
        "INSERT INTO written_it.readings (sensor, owner) VALUES (4, 'z') USING TIMESTAMP 1000",
        "CREATE TABLE written_it.counts (id int PRIMARY KEY, n counter)",
        "UPDATE written_it.counts SET n = n + 1 WHERE id = 1");
  }

  private static void execute(String... statements) {
    for (String statement : statements) {
      cql.execute(statement);
    }
  }

  private Command export(String table, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--table",
                "written_it." + table,
                "--output",
                output().toString(),
                "--contact-points",
                cassandra.contactPointsText()));
    arguments.addAll(List.of(more));
    return Command.run(arguments.toArray(String[]::new)).succeeded();
  }

  private Path output() {
    return folder.resolve("out");
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper()
        .readTree(output().resolve("_ringlake/report.json").toFile())
        .at("/tables/0");
  }

  private List<String> exported(String columns) throws Exception {
    try (DuckLake lake = new DuckLake(output())) {
      return lake.sortedRows("SELECT %s FROM lake".formatted(columns));
    }
  }

  @DisabledIfSystemProperty(named = VERSION, matches = BEFORE_5_0, disabledReason = NOT_TOLD)
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--written-after 1000; 1,2,3,4",
        "--written-after 1500 --written-before 2500; 1,2,4",
        "--written-after 1500 --written-match all; 2,4",
        "--written-before 1970-01-01T00:00:00.002Z; 1,3,4",
        "--written-before 2000 --written-match all; 4",
        "--written-after 2999; 3,4",
        "--written-after 3000; 4",
      })
  void keepsRowsByTheWriteTimesOfAllTheirColumns(String flags, String ids) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--columns", "id"));
    arguments.addAll(List.of(flags.split(" ")));

    export("t", arguments.toArray(String[]::new));

    List<String> kept = List.of(ids.split(","));
    assertThat(exported("id")).isEqualTo(kept);
    assertThat(report().at("/found/rowsDropped").asInt()).isEqualTo(4 - kept.size());
    assertThat(report().at("/found/rowsWithoutWritetime").asInt()).isEqualTo(1);
    assertThat(report().at("/warnings").toString()).contains("1 row without a write time kept");
  }

  @EnabledIfSystemProperty(
      named = VERSION,
      matches = BEFORE_5_0,
      disabledReason = "newer versions tell the write times of collections")
  @Test
  void doesNotLookAtCollectionsWhereTheClusterDoesNotTellAndSaysSo() throws Exception {
    export("t", "--writetime", "tags", "--written-after", "2500");

    assertThat(exported("id, typeof(tags_writetime), tags_writetime"))
        .containsExactly("4|BIGINT[]|null");
    assertThat(report().at("/warnings").toString())
        .contains(
            "when tags was written is not tested: not frozen, so stored as many cells, of which"
                + " Cassandra 4.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "any; 1|1|3000|1000 2|2|null|3000 3|null|3000|null",
        "all; 2|2|null|3000 3|null|3000|null",
      })
  void countsAStaticColumnInEachRowOfItsPartition(String match, String rows) throws Exception {
    export(
        "readings",
        "--writetime=*",
        "--cell-layout=struct",
        "--written-after=2000",
        "--written-match=" + match);

    assertThat(exported("sensor, \"at\", _cells.writetime.owner, _cells.writetime.a"))
        .containsExactly(rows.split(" "));
    assertThat(report().at("/found/rowsWithoutWritetime").asInt()).isZero();
  }

  @DisabledIfSystemProperty(named = VERSION, matches = BEFORE_5_0, disabledReason = NOT_TOLD)
  @Test
  void tellsHowWriteTimesAndTtlsAreSpread() throws Exception {
    export("t", "--writetime", "*", "--ttl", "tags", "--written-before", "2500");

    JsonNode cells = report().at("/found/cells");
    assertThat(cells).hasSize(4);
    assertThat(cells.get(0))
        .hasToString(
            "{\"name\":\"a_writetime\",\"values\":3,\"least\":1000,\"greatest\":2000,\"histogram\":"
                + "[{\"first\":1000,\"last\":1000,\"values\":2},"
                + "{\"first\":2000,\"last\":2000,\"values\":1}]}");
    assertThat(cells.get(1).get("name").asText()).isEqualTo("b_writetime");
    assertThat(cells.get(2).get("name").asText()).isEqualTo("tags_ttl");
    assertThat(cells.get(2).get("values").asInt()).isEqualTo(2);
    assertThat(cells.get(2).get("greatest").asInt()).isBetween(863_000, 864_000);
    assertThat(cells.get(3))
        .hasToString(
            "{\"name\":\"tags_writetime\",\"values\":2,\"least\":3000,\"greatest\":3000,"
                + "\"histogram\":[{\"first\":3000,\"last\":3000,\"values\":2}]}");
  }

  @Test
  void keepsAllRowsOfATableThatHasNoWriteTimesAndSaysSo() throws Exception {
    export("counts", "--written-after", "2020-01-01");

    assertThat(exported("id")).containsExactly("1");
    assertThat(report().at("/warnings").toString())
        .contains(
            "no column has a write time that can be tested, so all rows are kept",
            "1 row without a write time kept");
  }
}
