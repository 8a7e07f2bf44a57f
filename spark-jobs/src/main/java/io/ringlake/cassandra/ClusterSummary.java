package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cluster at a glance.
 *
 * @param nodesByDatacenter how many nodes each has
 * @param down the nodes that are known to be down, as {@code address:port}
 * @param versions of Cassandra, of all nodes
 * @param clockAhead how far the clock of the node that was asked is ahead of this machine's,
 *     negative if it is behind; as exact as one request is quick
 */
public record ClusterSummary(
    String name,
    SortedMap<String, Integer> nodesByDatacenter,
    List<String> down,
    SortedSet<String> versions,
    Duration clockAhead) {

  /**
   * Asks one node.
   *
   * @throws io.ringlake.failure.RunFailure if it does not answer
   */
  public static ClusterSummary of(CqlSession session) {
    SortedMap<String, Integer> datacenters = new TreeMap<>();
    SortedSet<String> versions = new TreeSet<>();
    for (Node node : session.getMetadata().getNodes().values()) {
      datacenters.merge(
          Objects.requireNonNullElse(node.getDatacenter(), "unknown"), 1, Integer::sum);
      if (node.getCassandraVersion() != null) {
        versions.add(node.getCassandraVersion().toString());
      }
    }
    List<String> down =
        session.getMetadata().getNodes().values().stream()
            .filter(node -> node.getState() == NodeState.DOWN)
            .map(NodeAddress::of)
            .sorted()
            .toList();
    Instant asked = Instant.now();
    Row local = local(session);
    Duration there = Duration.between(asked, Instant.now()).dividedBy(2);
    Instant theirs = Instant.ofEpochMilli(local.getLong("clock"));
    return new ClusterSummary(
        Objects.requireNonNullElse(local.getString("cluster_name"), ""),
        datacenters,
        down,
        versions,
        Duration.between(asked.plus(there), theirs));
  }

  private static Row local(CqlSession session) {
    try {
      return Objects.requireNonNull(
          session
              .execute("SELECT cluster_name, toUnixTimestamp(now()) AS clock FROM system.local")
              .one());
    } catch (DriverException e) {
      throw ClusterFailure.onRead(e, "system.local");
    }
  }
}
