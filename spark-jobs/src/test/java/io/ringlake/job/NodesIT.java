package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.ringlake.testing.Command;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.TaskEnds;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.CassandraNode;
import io.ringlake.testkit.ClusterSpec;
import io.ringlake.testkit.OrdersTable;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports from three nodes, one of which dies, hangs or comes back in the middle of it. */
class NodesIT {

  private static final int ORDERS = 4_000;
  private static final String THREE_REPLICAS = "nodes_it_three";
  private static final String ONE_REPLICA = "nodes_it_one";
  private static final String COLUMNS = "order_id, amount, coupon, status, %s";

  private static CassandraCluster cassandra;
  private static CassandraNode third;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    cassandra = CassandraCluster.start(ClusterSpec.ofNodes(3));
    third = cassandra.node(3);
    fill(THREE_REPLICAS, 3);
    fill(ONE_REPLICA, 1);
  }

  @AfterAll
  static void end() {
    cassandra.close();
  }

  @AfterEach
  void allNodesAreUp() {
    if (!third.isRunning()) {
      third.start();
    }
  }

  private static void fill(String keyspace, int replicas) {
    CqlSession session = cassandra.session();
    new OrdersTable(session, keyspace, replicas).insert(0, ORDERS);
    // What one replica answers may not be on all of them yet; a read of all makes it so.
    SimpleStatement all =
        SimpleStatement.newInstance("SELECT * FROM %s.orders".formatted(keyspace))
            .setConsistencyLevel(DefaultConsistencyLevel.ALL)
            .setPageSize(500);
    assertThat(session.execute(all)).hasSize(ORDERS);
  }

  private CompletableFuture<Command> start(
      String keyspace, Map<String, String> spark, String... more) {
    Map<String, String> properties = new HashMap<>(spark);
    properties.putAll(TaskEnds.listening());
    return CompletableFuture.supplyAsync(() -> Command.run(properties, arguments(keyspace, more)));
  }

  private List<String> arguments(String keyspace, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--table",
                keyspace + ".orders",
                "--output",
                output().toString(),
                "--writetime",
                "status",
                "--contact-points",
                cassandra.contactPointsText(),
                "--spans",
                "60",
                "--batch-spans",
                "10",
                "--page-rows",
                "10"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private Path output() {
    return folder.resolve("out");
  }

  private void assertThatEveryRowIsThereOnce(String keyspace) throws SQLException {
    try (DuckLake lake = new DuckLake(output())) {
      assertThat(
              lake.sortedRows(
                  "SELECT %s FROM lake".formatted(COLUMNS.formatted("status_writetime"))))
          .hasSize(ORDERS)
          .isEqualTo(
              CqlRows.sorted(
                  cassandra.session(),
                  "SELECT %s FROM %s.orders"
                      .formatted(COLUMNS.formatted("writetime(status)"), keyspace)));
    }
  }

  @Test
  void readsEveryRowOnceAtQuorumAlthoughANodeDies() throws Exception {
    CompletableFuture<Command> run =
        start(THREE_REPLICAS, Map.of(), "--consistency", "LOCAL_QUORUM");
    TaskEnds.await(3);

    third.kill();
    assertThat(run).isNotDone();

    run.get(5, TimeUnit.MINUTES).succeeded();
    assertThatEveryRowIsThereOnce(THREE_REPLICAS);
  }

  @Test
  @Tag("full")
  void readsEveryRowOnceAtQuorumAlthoughANodeHangs() throws Exception {
    CompletableFuture<Command> run =
        start(THREE_REPLICAS, Map.of(), "--consistency", "LOCAL_QUORUM", "--request-timeout", "2s");
    TaskEnds.await(3);

    third.pause();
    try {
      assertThat(run).isNotDone();
      run.get(5, TimeUnit.MINUTES).succeeded();
    } finally {
      third.proceed();
    }

    assertThatEveryRowIsThereOnce(THREE_REPLICAS);
  }

  @Test
  @Tag("full")
  void goesOnByItselfIfTheOnlyReplicaComesBackWithinAMinute() throws Exception {
    CompletableFuture<Command> run = start(ONE_REPLICA, Map.of());
    TaskEnds.await(3);

    third.kill();
    third.start();
    assertThat(run).isNotDone();

    run.get(5, TimeUnit.MINUTES).succeeded();
    assertThatEveryRowIsThereOnce(ONE_REPLICA);
  }

  @Test
  @Tag("full")
  void stopsWithoutTheOnlyReplicaAndGoesOnWhenItIsBack() throws Exception {
    // One attempt for each task instead of four: a quarter of the wait.
    CompletableFuture<Command> run = start(ONE_REPLICA, Map.of("spark.master", "local[2,1]"));
    TaskEnds.await(15);

    third.kill();
    Command stopped = run.get(5, TimeUnit.MINUTES);
    assertThatItNamesTheReplicaAndTheWayOn(stopped);

    third.start();
    Command resumed = Command.run(Map.of(), arguments(ONE_REPLICA)).succeeded();
    assertThat(resumed.out()).contains("in attempt 2");
    assertThatEveryRowIsThereOnce(ONE_REPLICA);
  }

  @Test
  @Tag("full")
  void givesUpAReplicaThatIsDownAfterAMinuteOrTwo() throws Exception {
    CompletableFuture<Command> run = start(ONE_REPLICA, Map.of());
    TaskEnds.await(15);

    third.kill();
    Instant killed = Instant.now();
    Command stopped = run.get(10, TimeUnit.MINUTES);

    assertThatItNamesTheReplicaAndTheWayOn(stopped);
    assertThat(Duration.between(killed, Instant.now()))
        .isBetween(Duration.ofSeconds(50), Duration.ofMinutes(3));
  }

  private void assertThatItNamesTheReplicaAndTheWayOn(Command stopped) {
    assertThat(stopped.exitCode()).isEqualTo(3);
    List<String> lines = stopped.err().lines().toList();
    List<String> last = lines.subList(lines.size() - 3, lines.size());
    assertThat(last.get(0))
        .startsWith(
            "RL-SOURCE-001 %s.orders cannot be read at LOCAL_ONE: %s is not up. Span "
                .formatted(ONE_REPLICA, text(third.address())))
        .contains("Not enough replicas available for query at consistency LOCAL_ONE");
    assertThat(last.get(1))
        .isEqualTo(
            "Bring %s back, then run the same command again: what is committed is kept."
                .formatted(text(third.address())));
    assertThat(last.get(2))
        .isEqualTo(
            "export failed: RL-SOURCE-001, exit code 3. This resumes it: ringlake "
                + String.join(" ", arguments(ONE_REPLICA)));
  }
}
