package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.ringlake.schema.TableName;
import java.util.Objects;
import java.util.Optional;

/**
 * How large a table is, roughly, one replica counted: from {@code system.size_estimates}, which
 * each node computes every few minutes for the ranges it is the first replica of, so a table just
 * filled has none. The share of the ring that the asked node answers for stands for all of it.
 *
 * @param bytes on the disks of the cluster, uncompressed
 * @param partitions Cassandra's partitions, not Spark's
 */
public record SizeEstimate(long bytes, long partitions) {

  /**
   * The estimate of a table; empty where the node that is asked has none.
   *
   * @throws io.ringlake.failure.RunFailure if the cluster does not answer
   */
  public static Optional<SizeEstimate> of(CqlSession session, TableName table) {
    double bytes = 0;
    double partitions = 0;
    double share = 0;
    SimpleStatement query =
        SimpleStatement.newInstance(
            "SELECT range_start, range_end, partitions_count, mean_partition_size"
                + " FROM system.size_estimates WHERE keyspace_name = ? AND table_name = ?",
            table.keyspace().name(),
            table.table().name());
    for (Row row : execute(session, query)) {
      long count = row.getLong("partitions_count");
      bytes += (double) count * row.getLong("mean_partition_size");
      partitions += count;
      share += share(token(row, "range_start"), token(row, "range_end"));
    }
    if (share <= 0 || partitions <= 0) {
      return Optional.empty();
    }
    return Optional.of(new SizeEstimate((long) (bytes / share), (long) (partitions / share)));
  }

  /**
   * The estimate of a part of the table.
   *
   * @param share of the ring, above 0 and at most 1
   */
  public SizeEstimate part(double share) {
    return new SizeEstimate((long) (bytes * share), (long) (partitions * share));
  }

  private static ResultSet execute(CqlSession session, SimpleStatement query) {
    try {
      return session.execute(query);
    } catch (DriverException e) {
      throw ClusterFailure.onRead(e, "system.size_estimates");
    }
  }

  private static long token(Row row, String column) {
    return Long.parseLong(Objects.requireNonNull(row.getString(column)));
  }

  private static double share(long start, long end) {
    double width = (double) end - (double) start;
    return (width > 0 ? width : width + 0x1p64) / 0x1p64;
  }
}
