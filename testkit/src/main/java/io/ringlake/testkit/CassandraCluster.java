package io.ringlake.testkit;

import com.datastax.oss.driver.api.core.CqlSession;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A running Cassandra cluster on this machine. Its data and logs lie in a temporary folder that
 * goes away with it, at {@link #close} or when this JVM ends, even by {@code kill -9}.
 *
 * <pre>{@code
 * try (CassandraCluster cluster = CassandraCluster.start(ClusterSpec.ofNodes(3))) {
 *   cluster.session().execute("CREATE KEYSPACE shop WITH replication = …");
 *   cluster.node(2).kill();
 * }
 * }</pre>
 *
 * <p>All nodes have the same native port. Methods that change the cluster or a node wait until the
 * change is done, and throw {@link IllegalStateException} with the end of the node's log when it
 * fails or takes minutes. They are for one thread at a time.
 */
public interface CassandraCluster extends AutoCloseable {

  /** Name and password of the role that may do everything, with {@link Access#PASSWORD}. */
  String SUPERUSER = "cassandra";

  /**
   * Starts a cluster and waits until all its nodes see each other and answer CQL.
   *
   * <p>The nodes are child processes from the jars in {@code
   * testkit/cassandra-<version>/target/lib} where these are there, else a container where a Docker
   * engine answers and the wanted cluster is one node without special settings. The system property
   * {@code ringlake.testkit.provider} says {@code process} or {@code container} to have no choice
   * made; {@code ringlake.testkit.home} says where the folder {@code testkit} is, when it is not in
   * the working directory or above it.
   *
   * @throws IllegalStateException if neither way is open, or a node does not come up
   */
  static CassandraCluster start(ClusterSpec spec) {
    return Provider.choose(spec).start(spec);
  }

  /** The nodes that are members, running or not, in the order in which they joined. */
  List<CassandraNode> nodes();

  /**
   * One of {@link #nodes}.
   *
   * @param number counted from 1
   */
  default CassandraNode node(int number) {
    return nodes().get(number - 1);
  }

  /** Where each of {@link #nodes} serves CQL. */
  default List<InetSocketAddress> contactPoints() {
    return nodes().stream().map(CassandraNode::address).toList();
  }

  /** {@link #contactPoints} as {@code --contact-points} takes them: {@code host:port,host:port}. */
  default String contactPointsText() {
    return contactPoints().stream()
        .map(address -> address.getHostString() + ":" + address.getPort())
        .collect(Collectors.joining(","));
  }

  /** The name of the only data center. */
  default String localDatacenter() {
    return "datacenter1";
  }

  /**
   * A session for tests to fill tables with: as the superuser, with time-outs that suit a slow
   * machine. Opened at the first call, the same one at each further call, closed with the cluster.
   */
  CqlSession session();

  /**
   * Adds a node; it streams its share of the data, and is a full member when this returns, after
   * some 30 s. All other nodes must be running.
   *
   * @throws IllegalStateException if the cluster ever had {@value ClusterSpec#MAX_NODES} nodes, or
   *     is a container
   */
  CassandraNode addNode();

  /**
   * Takes a running node out: its data goes to the others, then it is stopped for good.
   *
   * @throws IllegalStateException if the cluster is a container
   */
  void decommission(CassandraNode node);

  /** Stops a node in good order and starts it again. */
  default void restart(CassandraNode node) {
    node.stop();
    node.start();
  }

  /** Ends the session and all nodes, and removes their folder. A second call does nothing. */
  @Override
  void close();
}
