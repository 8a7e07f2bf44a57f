package io.ringlake.testkit;

/**
 * What kind of cluster is wanted. Begin with {@link #ofNodes} and refine.
 *
 * @param version which Cassandra
 * @param nodes how many to begin with, 1 to {@value #MAX_NODES}
 * @param numTokens tokens of each node, 1 to 256
 * @param partitioner how keys become tokens
 * @param access who may do what
 */
public record ClusterSpec(
    CassandraVersion version, int nodes, int numTokens, Partitioner partitioner, Access access) {

  /** As many nodes as one cluster can ever have, those that joined later or left included. */
  public static final int MAX_NODES = 5;

  private static final int DEFAULT_NUM_TOKENS = 16;

  public ClusterSpec {
    if (nodes < 1 || nodes > MAX_NODES) {
      throw new IllegalArgumentException(
          "A cluster of %d nodes cannot be started. Ask for 1 to %d.".formatted(nodes, MAX_NODES));
    }
    if (numTokens < 1 || numTokens > 256) {
      throw new IllegalArgumentException(
          "A node cannot have %d tokens. Ask for 1 to 256.".formatted(numTokens));
    }
  }

  /**
   * The version that is {@link CassandraVersion#chosen}, 16 tokens for each node, the Murmur3
   * partitioner, open to everyone.
   */
  public static ClusterSpec ofNodes(int nodes) {
    return new ClusterSpec(
        CassandraVersion.chosen(), nodes, DEFAULT_NUM_TOKENS, Partitioner.MURMUR3, Access.EVERYONE);
  }

  public ClusterSpec withVersion(CassandraVersion version) {
    return new ClusterSpec(version, nodes, numTokens, partitioner, access);
  }

  public ClusterSpec withNodes(int nodes) {
    return new ClusterSpec(version, nodes, numTokens, partitioner, access);
  }

  public ClusterSpec withNumTokens(int numTokens) {
    return new ClusterSpec(version, nodes, numTokens, partitioner, access);
  }

  public ClusterSpec withPartitioner(Partitioner partitioner) {
    return new ClusterSpec(version, nodes, numTokens, partitioner, access);
  }

  public ClusterSpec withAccess(Access access) {
    return new ClusterSpec(version, nodes, numTokens, partitioner, access);
  }

  /** Whether this is what Cassandra is without any settings: all that a container offers. */
  boolean isOnePlainNode() {
    return equals(ofNodes(1).withVersion(version));
  }
}
