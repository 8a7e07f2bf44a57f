package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Settings that do not fit the table, or each other. */
class BadSettingsIT extends RefusedCommands {

  @Test
  void columnsThatTheTableDoesNotHave() {
    refused(
        export("bad_input.orders", "--columns", "id,totl", "--writetime", "Total", "--ttl", "x9"),
        2,
        "RL-USAGE-003 Table bad_input.orders has no column totl (--columns), x9 (--ttl), \"Total\" (--writetime).",
        "Names are exact, as stored. Near ones are: total.",
        "export failed: RL-USAGE-003, exit code 2.");
  }

  @Test
  void foldersOfAColumnThatTheTableDoesNotHave() {
    refused(
        export("bad_input.orders", "--partition-by", "year(palced),region"),
        2,
        "RL-USAGE-003 --partition-by 'year(palced),region' does not fit table bad_input.orders: year(palced): there is no column palced, near ones are placed; region: there is no column region.",
        "Terms are columns, year, month, day, hour and minute of a timestamp, date, timeuuid or write time, and bucket(16,key); for Iceberg tables bucket(16,column) and truncate(10,column) too.",
        "export failed: RL-USAGE-003, exit code 2.");
  }

  @Test
  void aWriteTimeOfAKeyIsAnErrorIfStrictAndElseAWarning() throws IOException {
    refused(
        export("bad_input.orders", "--writetime", "id,total", "--strict"),
        2,
        "RL-USAGE-006 Table bad_input.orders does not have what is asked for by name: writetime of id (part of the primary key, which has no cell of its own).",
        "Take these columns out of --writetime and --ttl, or run without --strict.",
        "export failed: RL-USAGE-006, exit code 2.");

    Command run = run(export("bad_input.orders", "--writetime", "id,total"));

    String warning =
        "writetime of id is left out: part of the primary key, which has no cell of its own";
    assertThat(run.exitCode()).isZero();
    assertThat(told(run)).isEmpty();
    assertThat(run.out()).contains("\n    warning: " + warning + "\n");
    assertThat(output().resolve("_ringlake/report.json"))
        .content()
        .contains("\"warnings\" : [\n        \"%s\"".formatted(warning));
  }

  @Test
  void aFilterThatCassandraDoesNotUnderstand() {
    refused(
        export("bad_input.orders", "--filter", "totl = 3"),
        2,
        "RL-USAGE-007 The cluster does not understand the filter of bad_input.orders: Undefined column name totl in table bad_input.orders",
        "Correct --filter: a CQL relation such as \"region = 'eu' AND amount > 10\".",
        "export failed: RL-USAGE-007, exit code 2.");
    refused(
        export("bad_input.orders", "--filter", "total = 3 LIMIT 1"),
        2,
        "RL-USAGE-007 --filter is not a list of CQL relations: it holds the clause LIMIT.",
        "Give what stands between WHERE and the next clause: region = 'eu' AND total > 10.",
        "export failed: RL-USAGE-007, exit code 2.");
  }

  @Test
  void severalSettingsAtOnce() throws IOException {
    Path job =
        Files.writeString(folder.resolve("job.conf"), "partition-bye = \"id\"\nformat = parqet\n");

    refused(
        export("bad_input.orders", "--config", job.toString(), "--writetimes", "*"),
        2,
        "RL-USAGE-001 --writetimes is not a setting of export. Did you mean --writetime?",
        "job.conf:1: partition-bye is not a setting of export. Did you mean partition-by?",
        "job.conf:2: format is 'parqet', which is not known. Use one of: parquet, csv, json, iceberg, s3-tables, delta.",
        "ringlake export --help lists the settings.");
  }

  @Test
  void typesThatAreNotCqls() {
    refused(
        export("bad_input.tags"),
        2,
        "RL-USAGE-004 Columns of table bad_input.tags have types that are not CQL's own: v 'org.apache.cassandra.db.marshal.LexicalUUIDType'.",
        "Name the columns to export without them: --columns 'id,name'.",
        "export failed: RL-USAGE-004, exit code 2.");

    assertThat(run(export("bad_input.tags", "--columns", "id,name")).succeeded().out())
        .contains("1 row in 1 file");
  }

  @Test
  void tablesThatWouldBeWrittenOverEachOther() {
    keyspace("bad_input_too");
    execute("CREATE TABLE bad_input_too.orders (id int PRIMARY KEY)");

    refused(
        exportTo(output() + "/{table}", "bad_input*.o*"),
        2,
        "RL-USAGE-001 Tables bad_input.orders and bad_input_too.orders would both be written to %s/orders."
            .formatted(output()),
        "Give each a folder of its own: let --output end with {keyspace}/{table}.",
        "export failed: RL-USAGE-001, exit code 2.");
  }
}
