package io.ringlake.testkit;

import org.jspecify.annotations.Nullable;

/**
 * One node for all test classes of a JVM: started when first asked for, ended with the JVM. Tests
 * share it, so each works in a keyspace of its own, and none stops, pauses or closes it; a test
 * that must do so starts a cluster for itself.
 */
public final class SharedCassandra {

  // The one place for static state: test classes have nothing else in common.
  private static @Nullable CassandraCluster cluster;

  private SharedCassandra() {}

  /**
   * The cluster, of one node with the settings of {@link ClusterSpec#ofNodes}; not to be closed.
   */
  public static synchronized CassandraCluster get() {
    if (cluster == null) {
      cluster = CassandraCluster.start(ClusterSpec.ofNodes(1));
    }
    return cluster;
  }
}
