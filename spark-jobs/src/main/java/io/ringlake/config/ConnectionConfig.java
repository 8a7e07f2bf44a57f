package io.ringlake.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the cluster. Where a component is null or empty, what {@code spark.cassandra.*} says
 * in Spark's configuration holds.
 *
 * @param contactPoints {@code host} or {@code host:port}; empty: as Spark's configuration says
 * @param localDatacenter null: as Spark's configuration says, else that of the first contact point
 * @param username null: as Spark's configuration says
 * @param password null: as Spark's configuration says
 * @param requestTimeout how long one request may take before another node is asked
 */
public record ConnectionConfig(
    List<String> contactPoints,
    @Nullable String localDatacenter,
    @Nullable String username,
    @Nullable Secret password,
    Duration requestTimeout)
    implements Serializable {

  public ConnectionConfig {
    contactPoints = List.copyOf(contactPoints);
  }
}
