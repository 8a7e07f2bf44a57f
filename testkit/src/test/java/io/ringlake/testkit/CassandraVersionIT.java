package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That a node of the chosen version is one, and serves what the other tests build on. */
@Tag("versions")
class CassandraVersionIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void aNodeOfTheChosenVersionKeepsWriteTimesAndLeavesNoProcess() {
    CassandraVersion version = CassandraVersion.chosen();
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    List<ProcessHandle> started;
    Path folder;
    try (CassandraCluster cluster = CassandraCluster.start(ClusterSpec.ofNodes(1))) {
      folder = cluster.node(1).logFile().resolve("../..").normalize();
      started =
          ProcessHandle.current().descendants().filter(child -> !before.contains(child)).toList();
      CqlSession session = cluster.session();

      assertThat(one(session, "SELECT release_version FROM system.local").getString(0))
          .startsWith(version.number() + ".");

      session.execute(
          "CREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy',"
              + " 'replication_factor': 1}");
      session.execute("CREATE TABLE shop.t (k int PRIMARY KEY, v text)");
      session.execute("INSERT INTO shop.t (k, v) VALUES (1, 'x') USING TIMESTAMP 5 AND TTL 3600");
      Row row = one(session, "SELECT v, writetime(v), ttl(v) FROM shop.t WHERE k = 1");
      assertThat(row.getString(0)).isEqualTo("x");
      assertThat(row.getLong(1)).isEqualTo(5);
      assertThat(row.getInt(2)).isBetween(3_000, 3_600);

      cluster.node(1).stop();
      assertThat(cluster.node(1).logFile()).content().contains("Announcing shutdown");
    }
    assertThat(folder).doesNotExist();
    assertThat(started).hasSizeGreaterThan(1); // the node and its watcher
    Patience.await(
        PATIENCE,
        () -> started.stream().noneMatch(ClusterLifetimeIT::isThere),
        () -> "Still there after %s: %s".formatted(PATIENCE, started));
  }

  private static Row one(CqlSession session, String query) {
    return session.execute(query).all().get(0);
  }
}
