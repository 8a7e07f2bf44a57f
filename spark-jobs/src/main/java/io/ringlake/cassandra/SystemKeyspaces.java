package io.ringlake.cassandra;

import java.util.Set;

/** The keyspaces that belong to Cassandra itself; globs never name them. */
final class SystemKeyspaces {

  private static final Set<String> NAMES =
      Set.of(
          "system",
          "system_auth",
          "system_distributed",
          "system_schema",
          "system_traces",
          "system_views",
          "system_virtual_schema",
          "system_cluster_metadata");

  private SystemKeyspaces() {}

  static boolean contains(String keyspace) {
    return NAMES.contains(keyspace);
  }
}
