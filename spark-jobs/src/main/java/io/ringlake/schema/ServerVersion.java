package io.ringlake.schema;

import java.util.Comparator;

/**
 * A release of Cassandra as far as it decides what CQL can be asked.
 *
 * @param major 0 or above
 * @param minor 0 or above
 * @param patch 0 or above
 */
public record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {

  private static final Comparator<ServerVersion> ORDER =
      Comparator.comparingInt(ServerVersion::major)
          .thenComparingInt(ServerVersion::minor)
          .thenComparingInt(ServerVersion::patch);
  private static final ServerVersion TELLS_OF_FROZEN_COLLECTIONS = new ServerVersion(4, 0, 5);

  /**
   * Whether WRITETIME and TTL can be asked of collections and user-defined types that are not
   * frozen, and MAXWRITETIME at all: since 5.0 (CASSANDRA-8877, CASSANDRA-17425).
   */
  public boolean tellsOfElements() {
    return major >= 5;
  }

  /**
   * Whether WRITETIME and TTL can be asked of frozen collections: since 4.0.5 (CASSANDRA-17628). Of
   * releases before 4.0, which are not supported, it says no.
   */
  public boolean tellsOfFrozenCollections() {
    return compareTo(TELLS_OF_FROZEN_COLLECTIONS) >= 0;
  }

  @Override
  public int compareTo(ServerVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%s.%s.%s".formatted(major, minor, patch);
  }
}
