package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringlake.testing.Command;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of values that do not fit: each policy, as DuckDB and the report tell. */
class OverflowIT {

  private static CassandraCluster cassandra;
  private static CqlSession cql;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
    cql.execute("DROP KEYSPACE IF EXISTS overflow_it");
    cql.execute(
        "CREATE KEYSPACE overflow_it WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    cql.execute(
        "CREATE TABLE overflow_it.t (id int PRIMARY KEY, amount decimal, big varint, at timestamp)");
    insert(1, "12.50", "7", 86_400_000L);
    insert(2, "12.345", "100000000000000000000", Long.MAX_VALUE);
    insert(3, "1E+400", "-1", Long.MIN_VALUE);
    insert(4, "0.5000", null, null);
    cql.execute("CREATE TABLE overflow_it.parts (id int PRIMARY KEY, prices list<decimal>)");
    cql.execute("INSERT INTO overflow_it.parts (id, prices) VALUES (1, [1.5, 1.555, 2.001, 3])");
  }

  private static void insert(int id, String amount, @Nullable String big, @Nullable Long at) {
    cql.execute(
        "INSERT INTO overflow_it.t (id, amount, big, at) VALUES (?, ?, ?, ?)",
        id,
        new BigDecimal(amount),
        big == null ? null : new BigInteger(big),
        at == null ? null : Instant.ofEpochMilli(at));
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  private Command export(String table, String... more) {
    return exportTo(output().toString(), table, more);
  }

  private static Command exportTo(String output, String table, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--table",
                "overflow_it." + table,
                "--output",
                output,
                "--contact-points",
                cassandra.contactPointsText()));
    arguments.addAll(List.of(more));
    return Command.run(arguments.toArray(String[]::new));
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

  @Test
  void numbersAreTextUnlessATypeIsChosen() throws Exception {
    export("t", "--columns", "id,amount,big").succeeded();

    assertThat(exported("id, amount, big"))
        .containsExactly(
            "1|12.50|7", "2|12.345|100000000000000000000", "3|1E+400|-1", "4|0.5000|null");
    assertThat(report().at("/found/misfits")).hasToString("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id,amount;amount=decimal(18,2);A number in column amount does not fit into decimal(18,2)",
        "id,big;decimal(18,2);A number in column big does not fit into decimal(18,2)",
        "id,at;'';A timestamp in column at does not fit into microseconds",
      })
  void whatDoesNotFitEndsTheRunUnlessToldOtherwise(
      String columns, String decimalAs, String message) {
    Command export = export("t", "--columns", columns, "--decimal-as", decimalAs);

    assertThat(export.exitCode()).isEqualTo(3);
    assertThat(export.err()).contains("RL-SOURCE-006 " + message, "--on-overflow null or text;");
    assertThat(output().resolve("_SUCCESS")).doesNotExist();
  }

  @Test
  void whatTheMessageNamesBeginsAnew() throws Exception {
    assertThat(export("t", "--decimal-as", "decimal(18,2)").err())
        .contains("(an export begins anew with --restart).");

    export("t", "--decimal-as", "decimal(18,2)", "--on-overflow", "null", "--restart").succeeded();

    assertThat(exported("id")).containsExactly("1", "2", "3", "4");
  }

  @Test
  void whatDoesNotFitIsNullAndCounted() throws Exception {
    Command export =
        export("t", "--decimal-as", "decimal(18,2)", "--on-overflow", "null").succeeded();

    assertThat(exported("id, amount, big, epoch_us(\"at\")"))
        .containsExactly(
            "1|12.50|7.00|86400000000",
            "2|null|null|null",
            "3|null|-1.00|null",
            "4|0.50|null|null");
    assertThat(exported("DISTINCT typeof(amount), typeof(big), typeof(\"at\")"))
        .containsExactly("DECIMAL(18,2)|DECIMAL(18,2)|TIMESTAMP WITH TIME ZONE");
    assertThat(report().at("/found/misfits")).hasToString("{\"amount\":2,\"at\":2,\"big\":1}");
    assertThat(report().at("/warnings").toString())
        .contains(
            "2 values of amount did not fit: null",
            "2 values of at did not fit: null",
            "1 value of big did not fit: null");
    assertThat(export.out() + export.err())
        .contains("warning: 2 values of amount did not fit: null");
  }

  @Test
  void whatDoesNotFitIsKeptAsText() throws Exception {
    export("t", "--decimal-as", "amount=decimal(9,3)", "--on-overflow", "text").succeeded();

    assertThat(exported("id, amount, amount_text, big, epoch_us(\"at\"), at_text"))
        .containsExactly(
            "1|12.500|null|7|86400000000|null",
            "2|12.345|null|100000000000000000000|null|+292278994-08-17T07:12:55.807Z",
            "3|null|1E+400|-1|null|-292275055-05-16T16:47:04.192Z",
            "4|0.500|null|null|null|null");
    assertThat(report().at("/found/misfits")).hasToString("{\"amount\":1,\"at\":2}");
    assertThat(report().at("/warnings").toString())
        .contains("1 value of amount did not fit: null, and text in amount_text");
  }

  @Test
  void whatEarlierAttemptsReadIsCountedToo() throws Exception {
    String[] flags = {
      "--decimal-as", "decimal(18,2)", "--on-overflow", "null", "--spans", "4", "--batch-spans", "1"
    };
    FaultyFileSystem.arm(Fault.failAt("rename", "/commits/2$", Times.ONCE, When.BEFORE));
    assertThat(exportTo("faulty:" + output(), "t", flags).exitCode()).isEqualTo(4);
    FaultyFileSystem.arm(Fault.none());

    exportTo("faulty:" + output(), "t", flags).succeeded();

    assertThat(report().at("/attempts").asInt()).isEqualTo(2);
    assertThat(report().at("/read/spans").asInt()).isEqualTo(1);
    assertThat(report().at("/found/misfits")).hasToString("{\"amount\":2,\"at\":2,\"big\":1}");
    assertThat(report().at("/found/batchesUnknown").asInt()).isZero();
  }

  @Test
  void saysThatNotAllIsCountedIfTheFiguresOfABatchAreGone() throws Exception {
    export("t", "--decimal-as", "decimal(18,2)", "--on-overflow", "null").succeeded();
    Files.delete(output().resolve("_ringlake/checkpoint/overflow_it.t/pass-0001/figures/0.json"));

    export("t", "--decimal-as", "decimal(18,2)", "--on-overflow", "null").succeeded();

    assertThat(report().at("/outcome").asText()).isEqualTo("left alone");
    assertThat(report().at("/found/batchesUnknown").asInt()).isEqualTo(1);
    assertThat(report().at("/warnings").toString())
        .contains("of the rows of 1 batch not all is known that is counted");
  }

  @Test
  void partsThatDoNotFitAreNullAndCounted() throws Exception {
    export("parts", "--decimal-as", "decimal(9,2)", "--on-overflow", "null").succeeded();

    assertThat(exported("id, prices")).containsExactly("1|[1.50, null, null, 3.00]");
    assertThat(report().at("/found/misfits")).hasToString("{\"prices\":2}");
  }

  @Test
  void partsThatDoNotFitHaveNoColumnOfTextSoEndTheRun() {
    Command export = export("parts", "--decimal-as", "decimal(9,2)", "--on-overflow", "text");

    assertThat(export.exitCode()).isEqualTo(3);
    assertThat(export.err())
        .contains(
            "RL-SOURCE-006 A number in column prices does not fit into decimal(9,2)",
            "--on-overflow null;");
  }
}
