package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CassandraClusterIT {

  private static CassandraCluster one;

  @BeforeAll
  static void startOneNode() {
    one = CassandraCluster.start(ClusterSpec.ofNodes(1));
    createTable(one, 1);
  }

  @AfterAll
  static void stopIt() {
    one.close();
  }

  @Test
  void keepsDataWhenANodeIsKilledAndStartedAgain() {
    write(one, "killed");
    one.node(1).nodetool("flush", "shop");

    one.node(1).kill();
    assertThat(one.node(1).isRunning()).isFalse();
    one.node(1).start();

    assertThat(read(one, "killed")).isEqualTo("killed");
  }

  @Test
  @Tag("versions")
  void keepsDataWhenANodeIsRestartedInGoodOrder() {
    write(one, "restarted");

    one.restart(one.node(1));

    assertThat(read(one, "restarted")).isEqualTo("restarted");
    assertThat(one.node(1).logFile()).content().contains("Announcing shutdown");
  }

  @Test
  void aPausedNodeDoesNotAnswerUntilItProceeds() {
    write(one, "paused");

    one.node(1).pause();
    try {
      assertThatThrownBy(
              () ->
                  one.session()
                      .execute(
                          SimpleStatement.newInstance("SELECT v FROM shop.t WHERE k = 'paused'")
                              .setTimeout(Duration.ofSeconds(2))))
          .isInstanceOf(DriverTimeoutException.class);
    } finally {
      one.node(1).proceed();
    }

    assertThat(read(one, "paused")).isEqualTo("paused");
  }

  @Test
  @Tag("versions")
  void runsNodetool() {
    assertThat(one.node(1).nodetool("status")).contains("UN  127.0.0.1");
    assertThatThrownBy(() -> one.node(1).nodetool("flush", "nowhere"))
        .hasMessageStartingWith("nodetool flush nowhere on node 127.0.0.1 failed with exit code ")
        .hasMessageContaining("nowhere");
  }

  @Test
  @Tag("versions")
  void offersMaterializedViewsAndFunctions() {
    one.session()
        .execute(
            "CREATE MATERIALIZED VIEW shop.by_v AS SELECT v, k FROM shop.t"
                + " WHERE v IS NOT NULL AND k IS NOT NULL PRIMARY KEY (v, k)");
    one.session()
        .execute(
            "CREATE FUNCTION shop.same (x text) RETURNS NULL ON NULL INPUT RETURNS text"
                + " LANGUAGE java AS 'return x;'");
    write(one, "seen");

    assertThat(
            one.session()
                .execute("SELECT shop.same(k) FROM shop.by_v WHERE v = 'seen'")
                .all()
                .get(0)
                .getString(0))
        .isEqualTo("seen");
  }

  @Test
  @Tag("full")
  void letsInOnlyWhoHasAPasswordAndAGrant() {
    try (CassandraCluster cluster =
        CassandraCluster.start(ClusterSpec.ofNodes(1).withAccess(Access.PASSWORD))) {
      createTable(cluster, 1);
      cluster.session().execute("CREATE ROLE guest WITH PASSWORD = 'right' AND LOGIN = true");

      assertThatThrownBy(() -> login(cluster, "guest", "wrong"))
          .isInstanceOf(AllNodesFailedException.class)
          .hasMessageContaining("AuthenticationException");
      try (CqlSession guest = login(cluster, "guest", "right")) {
        assertThatThrownBy(() -> guest.execute("SELECT v FROM shop.t"))
            .isInstanceOf(UnauthorizedException.class);
        cluster.session().execute("GRANT SELECT ON shop.t TO guest");
        assertThat(guest.execute("SELECT v FROM shop.t").all()).isEmpty();
      }
    }
  }

  @Test
  @Tag("full")
  void runsOtherPartitioners() {
    try (CassandraCluster cluster =
        CassandraCluster.start(ClusterSpec.ofNodes(1).withPartitioner(Partitioner.RANDOM))) {
      assertThat(
              cluster
                  .session()
                  .execute("SELECT partitioner FROM system.local")
                  .all()
                  .get(0)
                  .getString(0))
          .isEqualTo("org.apache.cassandra.dht.RandomPartitioner");
    }
  }

  @Test
  @Tag("full")
  void threeNodesSeeEachOtherAndServeAQuorumWhenOneIsKilled() {
    Path folder;
    List<ProcessHandle> processes;
    try (CassandraCluster cluster = CassandraCluster.start(ClusterSpec.ofNodes(3))) {
      folder = cluster.node(1).logFile().resolve("../..").normalize();
      createTable(cluster, 3);
      cluster.session().execute(insert("all").setConsistencyLevel(DefaultConsistencyLevel.ALL));

      cluster.node(3).kill();
      cluster
          .session()
          .execute(insert("quorum").setConsistencyLevel(DefaultConsistencyLevel.QUORUM));
      assertThat(read(cluster, "quorum")).isEqualTo("quorum");
      assertThat(read(cluster, "all")).isEqualTo("all");

      processes = ProcessHandle.current().children().filter(child -> isOf(folder, child)).toList();
      assertThat(processes).hasSize(2);
      assertThat(folder).isNotEmptyDirectory();
    }
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(folder).doesNotExist();
  }

  @Test
  @Tag("full")
  void aNodeComesBackAnotherJoinsAndOneLeavesWithoutLoss() {
    try (CassandraCluster cluster = CassandraCluster.start(ClusterSpec.ofNodes(2))) {
      createTable(cluster, 1);
      for (int i = 0; i < 100; i++) {
        write(cluster, "row" + i);
      }

      cluster.node(2).nodetool("flush", "shop");
      cluster.node(2).kill();
      cluster.node(2).start();
      assertThat(count(cluster)).isEqualTo(100);

      CassandraNode joined = cluster.addNode();
      assertThat(cluster.nodes()).hasSize(3).contains(joined);
      assertThat(count(cluster)).isEqualTo(100);

      cluster.decommission(cluster.node(2));
      assertThat(cluster.nodes()).hasSize(2).contains(joined);
      assertThat(joined.nodetool("status")).contains("127.0.0.3").doesNotContain("127.0.0.2");
      assertThat(count(cluster)).isEqualTo(100);
    }
  }

  private static boolean isOf(Path folder, ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(folder.toString());
  }

  private static CqlSession login(CassandraCluster cluster, String role, String password) {
    return CqlSession.builder()
        .addContactPoints(cluster.contactPoints())
        .withLocalDatacenter(cluster.localDatacenter())
        .withAuthCredentials(role, password)
        .build();
  }

  private static void createTable(CassandraCluster cluster, int replicas) {
    SchemaChange.execute(
        cluster.session(),
        "CREATE KEYSPACE shop WITH replication = {'class': 'NetworkTopologyStrategy', '%s': %d}"
            .formatted(cluster.localDatacenter(), replicas),
        "CREATE TABLE shop.t (k text PRIMARY KEY, v text)");
  }

  /** Idempotent, so that the driver may ask another node when one has just died. */
  private static SimpleStatement insert(String key) {
    return SimpleStatement.newInstance("INSERT INTO shop.t (k, v) VALUES (?, ?)", key, key)
        .setIdempotent(true);
  }

  private static void write(CassandraCluster cluster, String key) {
    cluster.session().execute(insert(key));
  }

  private static String read(CassandraCluster cluster, String key) {
    return cluster
        .session()
        .execute(
            SimpleStatement.newInstance("SELECT v FROM shop.t WHERE k = ?", key)
                .setIdempotent(true)
                .setConsistencyLevel(DefaultConsistencyLevel.QUORUM))
        .all()
        .get(0)
        .getString(0);
  }

  private static long count(CassandraCluster cluster) {
    return cluster
        .session()
        .execute(SimpleStatement.newInstance("SELECT count(*) FROM shop.t").setIdempotent(true))
        .all()
        .get(0)
        .getLong(0);
  }
}
