package io.ringlake.source;

import io.ringlake.cassandra.NodeAddress;
import io.ringlake.ring.Ring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the spans of a batch into tasks: those of one first replica together. */
final class SpanTasks {

  private final Ring ring;
  private final int taskSpans;

  SpanTasks(Ring ring, int taskSpans) {
    this.ring = ring;
    this.taskSpans = taskSpans;
  }

  /** Every span in one task, at most {@code taskSpans} in each. */
  SpanPartition[] of(List<PlannedSpan> batch) {
    Map<String, List<PlannedSpan>> byFirstReplica = new LinkedHashMap<>();
    for (PlannedSpan span : batch) {
      String first = ring.replicasOf(span.span()).stream().findFirst().orElse("");
      byFirstReplica.computeIfAbsent(first, replica -> new ArrayList<>()).add(span);
    }
    List<SpanPartition> tasks = new ArrayList<>();
    for (List<PlannedSpan> spans : byFirstReplica.values()) {
      for (int from = 0; from < spans.size(); from += taskSpans) {
        int to = Math.min(spans.size(), from + taskSpans);
        tasks.add(new SpanPartition(spans.subList(from, to), hosts(spans.subList(from, to))));
      }
    }
    return tasks.toArray(new SpanPartition[0]);
  }

  /** The hosts that have a replica of every span; first the one that all have as their first. */
  private List<String> hosts(List<PlannedSpan> spans) {
    Set<String> common = new LinkedHashSet<>(hosts(spans.get(0)));
    spans.forEach(span -> common.retainAll(hosts(span)));
    return List.copyOf(common);
  }

  private List<String> hosts(PlannedSpan span) {
    return ring.replicasOf(span.span()).stream().map(NodeAddress::host).distinct().toList();
  }
}
