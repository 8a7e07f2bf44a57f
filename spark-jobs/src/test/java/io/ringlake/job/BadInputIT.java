package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.testing.Command;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import io.ringlake.testing.FolderTree;
import io.ringlake.testkit.Access;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.ClusterSpec;
import io.ringlake.testkit.Partitioner;
import io.ringlake.testkit.SharedCassandra;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is wrong with a command, its cluster or its target is told in three lines, by an exit code,
 * and nothing is written.
 */
class BadInputIT {

  private static final String PROGRESS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ .*";
  private static CassandraCluster cassandra;
  private static CqlSession cql;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
    keyspace("bad_input");
    execute(
        "CREATE TABLE bad_input.orders (id int PRIMARY KEY, placed timestamp, total int)",
        "CREATE TABLE bad_input.\"Orders\" (id int PRIMARY KEY)",
        "CREATE TABLE bad_input.tags (id int PRIMARY KEY, name text, ids list<int>, m map<int, text>)",
        "INSERT INTO bad_input.tags (id, name, ids) VALUES (1, 'a', [1])",
        "INSERT INTO bad_input.orders (id, placed, total) VALUES (1, '2026-01-01', 5)",
        "INSERT INTO bad_input.orders (id, placed, total) VALUES (2, '2026-01-02', 6)");
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  private static void execute(String... statements) {
    for (String statement : statements) {
      cql.execute(statement);
    }
  }

  private static String address(CassandraCluster cluster) {
    InetSocketAddress node = cluster.contactPoints().get(0);
    return node.getHostString() + ":" + node.getPort();
  }

  private Path output() {
    return folder.resolve("out");
  }

  private List<String> export(String table, String... more) {
    return exportTo(output().toString(), table, more);
  }

  private static List<String> exportTo(String output, String table, String... more) {
    return exportFrom(address(cassandra), output, table, more);
  }

  private static List<String> exportFrom(
      String contactPoints, String output, String table, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export", "--table", table, "--output", output, "--contact-points", contactPoints));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static Command run(List<String> arguments) {
    return Command.run(arguments.toArray(String[]::new));
  }

  /** Runs a command that must fail, changes nothing, and says why in {@code told} and no more. */
  private void refused(List<String> arguments, int exitCode, String... told) {
    SortedMap<String, String> before = FolderTree.of(folder);

    Command run = run(arguments);

    assertThat(told(run)).isEqualTo(List.of(told));
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(FolderTree.of(folder)).isEqualTo(before);
  }

  /** What was told beside progress; the last line without the command that resumes. */
  private static List<String> told(Command run) {
    return run.err()
        .lines()
        .filter(line -> !line.matches(PROGRESS))
        .map(line -> line.replaceFirst(" This resumes it: ringlake export --table .*", " Resumes."))
        .map(line -> line.replaceAll("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "UUID"))
        .map(line -> line.replaceAll("run \\d{8}T\\d{6}Z-[0-9a-f]{4}", "run RUN"))
        .toList();
  }

  /** An export that died after the first of its four spans; its output is in the faulty system. */
  private List<String> unfinished(String table) {
    List<String> arguments =
        exportTo("faulty:" + output(), table, "--spans", "4", "--batch-spans", "1");
    FaultyFileSystem.arm(Fault.failAt("rename", "/commits/1$", Times.ONCE, When.BEFORE));
    assertThat(run(arguments).exitCode()).isEqualTo(4);
    FaultyFileSystem.arm(Fault.none());
    return arguments;
  }

  private Path pass(String table) {
    return output().resolve("_ringlake/checkpoint").resolve(table).resolve("pass-0001");
  }

  @Test
  void aHostThatIsNotThere() {
    refused(
        exportFrom(
            "no-such-host.invalid,other.invalid:9043", output().toString(), "bad_input.orders"),
        3,
        "RL-SOURCE-001 No such host: no-such-host.invalid, other.invalid (contact-points).",
        "Set --contact-points to host[:port] of one or more nodes of the cluster.",
        "export failed: RL-SOURCE-001, exit code 3. Resumes.");
  }

  @Test
  void aHostWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    refused(
        exportFrom("127.0.0.1:" + port, output().toString(), "bad_input.orders"),
        3,
        "RL-SOURCE-001 No node of the cluster is reached at 127.0.0.1:%d: Connection refused: 127.0.0.1:%d"
            .formatted(port, port),
        "Check --contact-points (host[:port],…), the network, and that native transport is on.",
        "export failed: RL-SOURCE-001, exit code 3. Resumes.");
  }

  @Test
  void aDatacenterThatTheClusterDoesNotHave() {
    refused(
        export("bad_input.orders", "--local-datacenter", "dc9"),
        3,
        "RL-SOURCE-002 local-datacenter is 'dc9', but the cluster's datacenters are: datacenter1.",
        "Set --local-datacenter to one of them.",
        "export failed: RL-SOURCE-002, exit code 3. Resumes.");
  }

  @Test
  void aClusterThatDoesNotLetIn() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong"), "guess\n");
    Path right = Files.writeString(folder.resolve("right"), "secret\n");
    try (CassandraCluster secured =
        CassandraCluster.start(ClusterSpec.ofNodes(1).withAccess(Access.PASSWORD))) {
      secured
          .session()
          .execute(
              "CREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy',"
                  + " 'replication_factor': 1}");
      secured.session().execute("CREATE TABLE shop.orders (id int PRIMARY KEY)");
      secured.session().execute("CREATE ROLE etl WITH PASSWORD = 'secret' AND LOGIN = true");
      String at = address(secured);

      refused(
          exportFrom(
              at,
              output().toString(),
              "shop.orders",
              "--username",
              "etl",
              "--password-file",
              wrong.toString()),
          3,
          "RL-SOURCE-003 The cluster at %s refuses the credentials: Authentication error on node %s: server replied with 'Provided username etl and/or password are incorrect' to AuthResponse request"
              .formatted(at, at),
          "Check --username and --password-file (or spark.cassandra.auth.username in Spark's configuration).",
          "export failed: RL-SOURCE-003, exit code 3. Resumes.");
      refused(
          exportFrom(at, output().toString(), "shop.orders"),
          3,
          "RL-SOURCE-003 The cluster at %s refuses the credentials: Authentication error on node %s: Node %s requires authentication (org.apache.cassandra.auth.PasswordAuthenticator), but no authenticator configured"
              .formatted(at, at, at),
          "Check --username and --password-file (or spark.cassandra.auth.username in Spark's configuration).",
          "export failed: RL-SOURCE-003, exit code 3. Resumes.");
      refused(
          exportFrom(
              at,
              output().toString(),
              "shop.orders",
              "--username",
              "etl",
              "--password-file",
              right.toString()),
          3,
          "RL-SOURCE-004 The cluster does not allow to read shop.orders: User etl has no SELECT permission on <table shop.orders> or any of its parents",
          "Grant the role SELECT on the table: GRANT SELECT ON <table> TO <role>.",
          "export failed: RL-SOURCE-004, exit code 3. Resumes.");
    }
  }

  @Test
  void aKeyspaceThatIsNotThere() {
    refused(
        export("bad_inptu.orders"),
        2,
        "RL-USAGE-002 Table bad_inptu.orders: there is no keyspace bad_inptu.",
        "Did you mean bad_input? Names are exact, as stored.",
        "export failed: RL-USAGE-002, exit code 2.");
    refused(
        export("Bad_Input.orders"),
        2,
        "RL-USAGE-002 Table \"Bad_Input\".orders: there is no keyspace \"Bad_Input\".",
        "Did you mean bad_input? Names are exact, as stored.",
        "export failed: RL-USAGE-002, exit code 2.");
  }

  @Test
  void aTableThatIsNotThere() {
    refused(
        export("bad_input.ORDERS"),
        2,
        "RL-USAGE-002 Table bad_input.\"ORDERS\": there is no table or view \"ORDERS\" in keyspace bad_input.",
        "Did you mean Orders or orders? Names are exact, as stored.",
        "export failed: RL-USAGE-002, exit code 2.");
    refused(
        export("bad_input.invoices"),
        2,
        "RL-USAGE-002 Table bad_input.invoices: there is no table or view invoices in keyspace bad_input.",
        "There are: \"Orders\", orders, tags. Names are exact, as stored.",
        "export failed: RL-USAGE-002, exit code 2.");
  }

  @Test
  void aGlobThatNamesNothingThoughAnotherDoes() {
    Command run = run(export("bad_input.*", "--table", "bad_inptu.*"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(told(run).get(0))
        .isEqualTo("RL-USAGE-002 No table is named by --table bad_inptu.*.");
    assertThat(told(run).get(1))
        .startsWith("The cluster's keyspaces are: ")
        .contains("bad_input")
        .endsWith(". Names are exact, as stored.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anExclusionThatLeavesNothing() {
    refused(
        export("bad_input.*", "--exclude", "bad_*.*"),
        2,
        "RL-USAGE-002 Every table that --table bad_input.* names is left out by --exclude bad_*.*.",
        "Narrow --exclude.",
        "export failed: RL-USAGE-002, exit code 2.");
  }

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
        "Terms are columns, year, month, day, hour and minute of a timestamp, date, timeuuid or write time, and bucket(16,key).",
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
        "job.conf:2: format is 'parqet', which is not known. Use one of: parquet.",
        "ringlake export --help lists the settings.");
  }

  @Test
  void aTargetThatHoldsForeignFiles() throws IOException {
    Files.createDirectories(output().resolve("year=2025"));
    Files.writeString(output().resolve("year=2025/part-0.parquet"), "foreign");

    refused(
        export("bad_input.orders"),
        2,
        "RL-USAGE-008 file:%s is not empty: it holds year=2025/part-0.parquet.".formatted(output()),
        "Use --mode append or --mode overwrite, or export to another path.",
        "export failed: RL-USAGE-008, exit code 2.");
  }

  @Test
  void aTargetThatAnotherTableIsIn() {
    run(export("bad_input.tags", "--columns", "id")).succeeded();

    refused(
        export("bad_input.orders"),
        2,
        "RL-USAGE-008 file:%s is not empty: it holds _ringlake/manifest.json.".formatted(output()),
        "Use --mode append or --mode overwrite, or export to another path.",
        "export failed: RL-USAGE-008, exit code 2.");
  }

  @Test
  void aTargetBelowAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    refused(
        exportTo(file + "/lake/orders", "bad_input.orders"),
        4,
        "RL-TARGET-001 Cannot write to %s/lake/orders: %s is a file, not a folder"
            .formatted(file, file),
        "Make it writable for this user, or choose another path with --output.",
        "export failed: RL-TARGET-001, exit code 4. Resumes.");
  }

  @Test
  void aTargetThatFails() {
    FaultyFileSystem.arm(Fault.failAt(1, Times.ALWAYS, When.BEFORE));

    refused(
        exportTo("faulty:" + output(), "bad_input.orders"),
        4,
        "RL-TARGET-001 Cannot write to faulty:%s: injected before create of faulty:%s/_ringlake/.probe"
            .formatted(output(), output()),
        "Make it writable for this user, or choose another path with --output.",
        "export failed: RL-TARGET-001, exit code 4. Resumes.");
  }

  @Test
  void aTargetThatFailsForGoodInTheMiddle() {
    FaultyFileSystem.arm(Fault.failAt("create", "/part-", Times.ALWAYS, When.BEFORE));

    Command run = run(exportTo("faulty:" + output(), "bad_input.orders"));

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(told(run))
        .hasSize(3)
        .element(0)
        .asString()
        .startsWith(
            "RL-TARGET-001 Writing bad_input.orders failed: injected before create of faulty:%s/part-"
                .formatted(output()));
    assertThat(run.out())
        .doesNotContain("RL-")
        .contains("bad_input.orders failed: 0 of 16 spans, ");
  }

  @Test
  void aTargetOfAFileSystemThatIsNotThere() {
    refused(
        exportTo("gopher://lake/orders", "bad_input.orders"),
        4,
        "RL-TARGET-005 gopher://lake/orders/_ringlake/checkpoint cannot be read: UnsupportedFileSystemException: No FileSystem for scheme \"gopher\"",
        "Look at --checkpoint (by default below --output) and at the permissions there, then run the same command again.",
        "export failed: RL-TARGET-005, exit code 4. Resumes.");
  }

  @Test
  void aCheckpointThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    refused(
        export("bad_input.orders", "--checkpoint", file + "/checkpoint"),
        4,
        "RL-TARGET-004 %s/checkpoint/bad_input.orders/hold cannot be written: ParentNotDirectoryException: Parent path is not a directory: %s"
            .formatted(file, file),
        "Look at --checkpoint (by default below --output), at the permissions and the space there, then run the same command again.",
        "export failed: RL-TARGET-004, exit code 4. Resumes.");
  }

  @Test
  void aReportThatCannotBeWrittenIsFoundBeforeTheExport() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    refused(
        export("bad_input.orders", "--report", file + "/report.json"),
        4,
        "RL-TARGET-001 The report %s/report.json cannot be written: %s is a file, not a folder."
            .formatted(file, file),
        "Look whether its folder can be written to, or name another path with --report.",
        "export failed: RL-TARGET-001, exit code 4. Resumes.");
  }

  @Test
  void aReportThatFailsAtTheEndLeavesTheExportAsItIs() {
    List<String> export =
        export("bad_input.orders", "--report", "faulty:" + folder.resolve("report.json"));
    FaultyFileSystem.arm(Fault.failAt("create", "report\\.json", Times.ONCE, When.BEFORE));

    Command run = run(export);

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.out()).contains("bad_input.orders done: 2 rows in ");
    assertThat(told(run))
        .containsExactly(
            "RL-TARGET-001 The report faulty:%s cannot be written: injected before create of faulty:%s/.report.json.unfinished."
                .formatted(folder.resolve("report.json"), folder),
            "Look whether its folder can be written to, or name another path with --report.",
            "export failed: RL-TARGET-001, exit code 4. Resumes.");
    assertThat(output().resolve("_SUCCESS")).exists();

    assertThat(run(export).succeeded().out()).contains("left alone: ");
    assertThat(folder.resolve("report.json")).content().contains("\"left alone\"");
  }

  @Test
  void aCheckpointOfAnotherTable() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    run(export("bad_input.tags", "--columns", "id", "--checkpoint", checkpoint.toString()))
        .succeeded();
    Files.move(checkpoint.resolve("bad_input.tags"), checkpoint.resolve("bad_input.orders"));

    refused(
        exportTo(
            folder.resolve("other").toString(),
            "bad_input.orders",
            "--checkpoint",
            checkpoint.toString()),
        2,
        "RL-USAGE-010 file:%s/bad_input.orders is the checkpoint of bad_input.tags, not of bad_input.orders"
            .formatted(checkpoint),
        "Name another --checkpoint, or give this one up with --restart.",
        "export failed: RL-USAGE-010, exit code 2.");
  }

  @Test
  void aResumeWithOtherSettings() {
    List<String> other = new ArrayList<>(unfinished("bad_input.orders"));
    other.addAll(List.of("--columns", "id,total", "--writetime", "total", "--compression", "gzip"));

    refused(
        other,
        2,
        "RL-USAGE-010 The unfinished pass of run RUN over bad_input.orders differs from this command: columns was '*', is now 'id,total'; compression was 'zstd', is now 'gzip'; writetime was '', is now 'total'; column placed was 'timestamp', is now not there",
        "Run the command as it was, or give the pass up with --restart.",
        "export failed: RL-USAGE-010, exit code 2.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "(?s)\"spans\".* -> \"spans\" : [ -> is damaged: it ends in the middle (line 27)",
        "\"version\" : 1 -> \"version\" : 9 -> is of version 9; this Ringlake reads version 1",
        "\\[ *-?\\d+, *-?\\d+ \\], -> '' -> is damaged: Spans leave out (-9223372036854775808, ",
      })
  void aDamagedPlan(String what, String with, String told) throws IOException {
    List<String> export = unfinished("bad_input.orders");
    Path plan = pass("bad_input.orders").resolve("plan.json");
    Files.writeString(plan, Files.readString(plan).replaceFirst(what, with));
    SortedMap<String, String> before = FolderTree.of(folder);

    Command run = run(export);

    assertThat(told(run)).hasSize(3);
    assertThat(told(run).get(0)).startsWith("RL-USAGE-011 faulty:%s %s".formatted(plan, told));
    assertThat(told(run).get(1)).endsWith("or give the checkpoint up with --restart.");
    assertThat(told(run).get(2)).isEqualTo("export failed: RL-USAGE-011, exit code 2.");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(FolderTree.of(folder)).isEqualTo(before);
  }

  @Test
  void aClusterWithAnotherPartitioner() {
    try (CassandraCluster random =
        CassandraCluster.start(ClusterSpec.ofNodes(1).withPartitioner(Partitioner.RANDOM))) {
      refused(
          exportFrom(address(random), output().toString(), "shop.orders"),
          2,
          "RL-USAGE-013 The cluster's partitioner is RandomPartitioner; Ringlake reads Murmur3Partitioner only.",
          "Copy the tables to a cluster with Murmur3Partitioner (sstableloader) and export from there.",
          "export failed: RL-USAGE-013, exit code 2.");
    }
  }

  @Test
  void typesThatAreNotSupportedYet() {
    refused(
        export("bad_input.tags"),
        2,
        "RL-USAGE-004 Columns of table bad_input.tags have types that are not supported yet: ids list<int>, m map<int, text>.",
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

  @Test
  void aTableThatWasMadeAgainSinceTheKill() {
    keyspace("bad_input_again");
    execute("CREATE TABLE bad_input_again.t (id int PRIMARY KEY)");
    List<String> export = new ArrayList<>(unfinished("bad_input_again.t"));
    execute("DROP TABLE bad_input_again.t", "CREATE TABLE bad_input_again.t (id int PRIMARY KEY)");

    refused(
        export,
        2,
        "RL-USAGE-010 The unfinished pass of run RUN over bad_input_again.t differs from this command: table id (dropped and made again) was 'UUID', is now 'UUID'",
        "Run the command as it was, or give the pass up with --restart.",
        "export failed: RL-USAGE-010, exit code 2.");

    export.add("--restart");
    assertThat(run(export).succeeded().out()).contains("warning: given up: pass-0001 of run ");
  }

  @Test
  void aFinishedExportOutlivesItsTable() {
    keyspace("bad_input_gone");
    execute("CREATE TABLE bad_input_gone.t (id int PRIMARY KEY)");
    List<String> export = export("bad_input_gone.t");
    run(export).succeeded();
    execute("DROP TABLE bad_input_gone.t");

    refused(
        export,
        2,
        "RL-USAGE-002 Table bad_input_gone.t: there is no table or view t in keyspace bad_input_gone.",
        "There are none.",
        "export failed: RL-USAGE-002, exit code 2.");

    execute("CREATE TABLE bad_input_gone.t (id int PRIMARY KEY)");
    assertThat(run(export).succeeded().out()).contains("bad_input_gone.t left alone: ");
  }

  private static void keyspace(String name) {
    execute(
        "DROP KEYSPACE IF EXISTS " + name,
        "CREATE KEYSPACE "
            + name
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
  }
}
