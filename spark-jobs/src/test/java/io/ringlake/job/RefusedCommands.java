package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.testing.Command;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import io.ringlake.testing.FolderTree;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that are refused: what is wrong is told in three lines, by an exit code, and nothing is
 * written.
 */
abstract class RefusedCommands {

  static final String PROGRESS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ .*";
  static CassandraCluster cassandra;
  static CqlSession cql;

  @TempDir Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
    keyspace("bad_input");
    execute(
        "CREATE TABLE bad_input.orders (id int PRIMARY KEY, placed timestamp, total int)",
        "CREATE TABLE bad_input.\"Orders\" (id int PRIMARY KEY)",
        "CREATE TABLE bad_input.tags (id int PRIMARY KEY, name text, v 'org.apache.cassandra.db.marshal.LexicalUUIDType')",
        "INSERT INTO bad_input.tags (id, name) VALUES (1, 'a')",
        "INSERT INTO bad_input.orders (id, placed, total) VALUES (1, '2026-01-01', 5)",
        "INSERT INTO bad_input.orders (id, placed, total) VALUES (2, '2026-01-02', 6)");
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  static void execute(String... statements) {
    for (String statement : statements) {
      cql.execute(statement);
    }
  }

  Path output() {
    return folder.resolve("out");
  }

  List<String> export(String table, String... more) {
    return exportTo(output().toString(), table, more);
  }

  static List<String> exportTo(String output, String table, String... more) {
    return exportFrom(cassandra.contactPointsText(), output, table, more);
  }

  static List<String> exportFrom(
      String contactPoints, String output, String table, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export", "--table", table, "--output", output, "--contact-points", contactPoints));
    arguments.addAll(List.of(more));
    return arguments;
  }

  static Command run(List<String> arguments) {
    return Command.run(arguments.toArray(String[]::new));
  }

  /** Runs a command that must fail, changes nothing, and says why in {@code told} and no more. */
  void refused(List<String> arguments, int exitCode, String... told) {
    SortedMap<String, String> before = FolderTree.of(folder);

    Command run = run(arguments);

    assertThat(told(run)).isEqualTo(List.of(told));
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(FolderTree.of(folder)).isEqualTo(before);
  }

  /** What was told beside progress; the last line without the command that resumes. */
  static List<String> told(Command run) {
    return run.err()
        .lines()
        .filter(line -> !line.matches(PROGRESS))
        .map(line -> line.replaceFirst(" This resumes it: ringlake export --table .*", " Resumes."))
        .map(line -> line.replaceAll("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "UUID"))
        .map(line -> line.replaceAll("run \\d{8}T\\d{6}Z-[0-9a-f]{4}", "run RUN"))
        .toList();
  }

  /** An export that died after the first of its four spans; its output is in the faulty system. */
  List<String> unfinished(String table) {
    List<String> arguments =
        exportTo("faulty:" + output(), table, "--spans", "4", "--batch-spans", "1");
    FaultyFileSystem.arm(Fault.failAt("rename", "/commits/1$", Times.ONCE, When.BEFORE));
    assertThat(run(arguments).exitCode()).isEqualTo(4);
    FaultyFileSystem.arm(Fault.none());
    return arguments;
  }

  Path pass(String table) {
    return output().resolve("_ringlake/checkpoint").resolve(table).resolve("pass-0001");
  }

  static void keyspace(String name) {
    execute(
        "DROP KEYSPACE IF EXISTS " + name,
        "CREATE KEYSPACE "
            + name
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
  }
}
