package io.ringlake.source;

import io.ringlake.cassandra.NodeAddress;
import io.ringlake.ring.Ring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    Map<List<String>, List<PlannedSpan>> byReplicas = new LinkedHashMap<>();
    for (PlannedSpan span : batch) {
      byReplicas.computeIfAbsent(hosts(span), hosts -> new ArrayList<>()).add(span);
    }
    List<SpanPartition> tasks = new ArrayList<>();
    byReplicas.forEach(
        (hosts, spans) -> {
          for (int from = 0; from < spans.size(); from += taskSpans) {
            int to = Math.min(spans.size(), from + taskSpans);
            tasks.add(new SpanPartition(spans.subList(from, to), hosts));
          }
        });
    return tasks.toArray(new SpanPartition[0]);
  }

  private List<String> hosts(PlannedSpan span) {
    return ring.replicasOf(span.span()).stream().map(NodeAddress::host).distinct().toList();
  }
}
