package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
class ContainerCassandraIT {

  @Test
  void aContainerServesPausesKeepsItsDataOverRestartAndKillAndLeavesNothing() {
    assumeTrue(ContainerCluster.engineAnswers(), "No Docker engine answers");
    Path log;
    try (CassandraCluster cluster = Provider.CONTAINER.start(ClusterSpec.ofNodes(1))) {
      log = cluster.node(1).logFile();
      assertThat(log).content().contains("Starting listening for CQL clients");
      assertThat(cluster.localDatacenter())
          .isEqualTo(
              cluster
                  .session()
                  .execute("SELECT data_center FROM system.local")
                  .all()
                  .get(0)
                  .getString(0));
      cluster
          .session()
          .execute(
              "CREATE KEYSPACE shop WITH replication ="
                  + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
      cluster.session().execute("CREATE TABLE shop.t (k text PRIMARY KEY)");
      cluster.session().execute("INSERT INTO shop.t (k) VALUES ('kept')");

      cluster.node(1).pause();
      assertThat(CqlPort.answers(cluster.node(1).address())).isFalse();
      cluster.node(1).proceed();
      assertThat(CqlPort.answers(cluster.node(1).address())).isTrue();

      cluster.restart(cluster.node(1));
      assertThat(cluster.session().execute("SELECT k FROM shop.t").all()).hasSize(1);

      cluster.node(1).kill();
      assertThat(cluster.node(1).isRunning()).isFalse();
      cluster.node(1).start();
      assertThat(cluster.session().execute("SELECT k FROM shop.t").all()).hasSize(1);
    }
    assertThat(log).doesNotExist();
  }
}
