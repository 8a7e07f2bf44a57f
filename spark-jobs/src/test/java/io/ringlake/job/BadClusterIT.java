package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testing.Command;
import io.ringlake.testkit.Access;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.ClusterSpec;
import io.ringlake.testkit.Partitioner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster that is not reached, lets nobody in or has no such table. */
@Tag("versions")
class BadClusterIT extends RefusedCommands {

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
      String at = secured.contactPointsText();

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
  void aClusterWithAnotherPartitioner() {
    try (CassandraCluster random =
        CassandraCluster.start(ClusterSpec.ofNodes(1).withPartitioner(Partitioner.RANDOM))) {
      refused(
          exportFrom(random.contactPointsText(), output().toString(), "shop.orders"),
          2,
          "RL-USAGE-013 The cluster's partitioner is RandomPartitioner; Ringlake reads Murmur3Partitioner only.",
          "Copy the tables to a cluster with Murmur3Partitioner (sstableloader) and export from there.",
          "export failed: RL-USAGE-013, exit code 2.");
    }
  }
}
