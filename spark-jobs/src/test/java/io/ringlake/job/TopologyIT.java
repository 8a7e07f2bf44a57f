package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.testing.Command;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.DriverProcess;
import io.ringlake.testing.ExportCheck;
import io.ringlake.testing.TaskEnds;
import io.ringlake.testing.TaskGate;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.ClusterSpec;
import io.ringlake.testkit.OrdersTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exports from a ring that changes on the way: rows have one replica, so whatever a node gives away
 * must be read where it went.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TopologyIT {

  /** Read one by one, most of them are read while a node joins or leaves. */
  private static final int ORDERS = 100_000;

  /** Of the 40 or so tasks of an export; the others wait until the ring has changed. */
  private static final int TASKS_MEANWHILE = 30;

  private static final String KEYSPACE = "topology_it";
  private static final String COLUMNS = "order_id, amount, coupon, status, %s";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static CassandraCluster cassandra;
  private static List<String> rows;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    cassandra = CassandraCluster.start(ClusterSpec.ofNodes(3));
    CqlSession cql = cassandra.session();
    new OrdersTable(cql, KEYSPACE).insert(0, ORDERS);
    rows = rowsOfTheCluster();
    assertThat(rows).hasSize(ORDERS);
  }

  @AfterAll
  static void end() {
    cassandra.close();
  }

  @AfterEach
  void letTheRunEnd() {
    TaskGate.open();
  }

  @Test
  @Order(1)
  void readsEveryRowOnceAlthoughANodeJoinsBetweenAKillAndTheResume() throws Exception {
    killAfterABatch();

    cassandra.addNode();

    assertThatTheSameCommandReadsEveryRowOnce();
  }

  @Test
  @Order(2)
  void readsEveryRowOnceAlthoughANodeLeavesBetweenAKillAndTheResume() throws Exception {
    killAfterABatch();

    cassandra.decommission(cassandra.node(4));

    assertThatTheSameCommandReadsEveryRowOnce();
  }

  @Test
  @Order(3)
  void readsEveryRowOnceAlthoughANodeJoinsDuringTheScan() throws Exception {
    CompletableFuture<Command> run = startSlowly();

    cassandra.addNode();

    assertThatItReadsEveryRowOnce(run);
  }

  @Test
  @Order(4)
  void readsEveryRowOnceAlthoughANodeLeavesDuringTheScan() throws Exception {
    CompletableFuture<Command> run = startSlowly();

    cassandra.decommission(cassandra.node(2));

    assertThatItReadsEveryRowOnce(run);
  }

  private void killAfterABatch() throws Exception {
    Path committed =
        output().resolve("_ringlake/checkpoint/" + KEYSPACE + ".orders/pass-0001/commits/1");
    try (DriverProcess driver =
        DriverProcess.start(
            folder.resolve("driver.log"), Map.of(), arguments("50").toArray(String[]::new))) {
      assertThat(driver.awaitUntil(() -> Files.exists(committed))).isTrue();
      driver.kill();
    }
    assertThat(output().resolve("_SUCCESS")).doesNotExist();
  }

  private void assertThatTheSameCommandReadsEveryRowOnce() throws Exception {
    Command resumed = Command.run(Map.of(), arguments("50")).succeeded();
    assertThat(resumed.out()).contains("in attempt 2");
    assertThatEveryRowIsThereOnce();
  }

  /**
   * Begins an export whose pages are so small that the ring changes while it reads them, and whose
   * last tasks wait until it has.
   */
  private CompletableFuture<Command> startSlowly() throws InterruptedException {
    Map<String, String> properties = new HashMap<>(TaskEnds.listening());
    properties.putAll(TaskGate.after(TASKS_MEANWHILE));
    CompletableFuture<Command> run =
        CompletableFuture.supplyAsync(() -> Command.run(properties, arguments("1")));
    TaskEnds.await(3);
    return run;
  }

  private void assertThatItReadsEveryRowOnce(CompletableFuture<Command> run) throws Exception {
    assertThat(run).as("the export, once the ring has changed").isNotDone();
    TaskGate.open();
    run.get(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS).succeeded();
    assertThatEveryRowIsThereOnce();
  }

  private static List<String> rowsOfTheCluster() {
    return CqlRows.sorted(
        cassandra.session(),
        "SELECT %s FROM %s.orders".formatted(COLUMNS.formatted("writetime(status)"), KEYSPACE));
  }

  private void assertThatEveryRowIsThereOnce() throws Exception {
    assertThat(rowsOfTheCluster()).as("what the cluster itself holds").isEqualTo(rows);
    ExportCheck check = new ExportCheck(output());
    check.holdsExactly(
        "SELECT %s FROM lake".formatted(COLUMNS.formatted("status_writetime")), rows);
    check.holdsItsManifestAndNothingElse();
  }

  private List<String> arguments(String pageRows) {
    return List.of(
        "export",
        "--table",
        KEYSPACE + ".orders",
        "--output",
        output().toString(),
        "--writetime",
        "status",
        "--contact-points",
        cassandra.contactPointsText(),
        "--spans",
        "100",
        "--batch-spans",
        "10",
        "--page-rows",
        pageRows);
  }

  private Path output() {
    return folder.resolve("out");
  }
}
