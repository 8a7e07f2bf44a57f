package io.ringlake.source;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * The spans that one task reads, one after another.
 *
 * @param hosts where a replica of them is, best first
 */
record SpanPartition(List<PlannedSpan> spans, List<String> hosts) implements InputPartition {

  private static final long serialVersionUID = 1L;

  SpanPartition {
    spans = List.copyOf(spans);
    hosts = List.copyOf(hosts);
  }

  @Override
  public String[] preferredLocations() {
    return hosts.toArray(new String[0]);
  }
}
