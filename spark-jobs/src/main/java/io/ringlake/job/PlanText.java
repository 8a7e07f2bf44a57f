package io.ringlake.job;

import io.ringlake.cassandra.ClusterSummary;
import io.ringlake.cassandra.SizeEstimate;
import io.ringlake.config.ExportConfig;
import io.ringlake.projection.ColumnSummary;
import io.ringlake.projection.WrittenTests;
import io.ringlake.ring.RingChoice;
import io.ringlake.source.SpanSizing;
import io.ringlake.text.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan in words. */
final class PlanText {

  /** A file below this part of its target is worth a word. */
  private static final int SMALL = 4;

  /** A TTL is told in whole seconds. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

  private final ExportConfig config;
  private final TablePlan plan;

  PlanText(ExportConfig config, TablePlan plan) {
    this.config = config;
    this.plan = plan;
  }

  /** A cluster in one line, with what may be wrong with it in further ones. */
  static String cluster(ClusterSummary cluster) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, Cassandra %s"
            .formatted(
                cluster.name(),
                cluster.nodesByDatacenter().entrySet().stream()
                    .map(nodes -> Figures.count(nodes.getValue(), "node") + " in " + nodes.getKey())
                    .collect(Collectors.joining(", ")),
                String.join(", ", cluster.versions())));
    if (!cluster.down().isEmpty()) {
      lines.add("down: " + String.join(", ", cluster.down()));
    }
    Duration ahead = cluster.clockAhead();
    if (ahead.abs().compareTo(CLOCKS_DIFFER) >= 0) {
      lines.add(
          "its clock is %s s %s this machine's, by which --expires-at reckons"
              .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"));
    }
    return String.join("\n", lines);
  }

  /** What is told, by its name; some of it in several lines. */
  Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("query", plan.select().cql());
    if (plan.select().allowFiltering()) {
      lines.put(
          "filtering", "the filter needs ALLOW FILTERING: the cluster reads rows that it drops");
    }
    WrittenTests tests = plan.select().projection().tests();
    if (tests.range().isBounded()) {
      lines.put(
          "rows",
          Stream.concat(
                  Stream.of(tests.range().inDetail()),
                  tests.warnings().stream().map("warning: "::concat))
              .collect(Collectors.joining("\n")));
    }
    lines.put("consistency", config.read().consistency());
    lines.put("size", size());
    RingChoice ring = config.read().ring();
    if (!ring.equals(RingChoice.WHOLE_RING)) {
      lines.put("ring", ring.inDetail());
    }
    lines.put("spans", spans());
    lines.put("output", output());
    sizeRead().map(this::files).ifPresent(files -> lines.put("files", files));
    lines.put("columns", columns());
    return lines;
  }

  private String size() {
    return plan.size()
        .map(
            size ->
                "about %s and %s (system.size_estimates)"
                    .formatted(
                        Figures.bytes(size.bytes()), Figures.count(size.partitions(), "partition")))
        .orElse("not known: the cluster has no estimate yet, as for a table just filled");
  }

  /** What of the table is read. */
  private Optional<SizeEstimate> sizeRead() {
    return plan.size().map(table -> table.part(config.read().ring().part().share()));
  }

  private String spans() {
    SpanSizing sizing = plan.sizing();
    int batches = (sizing.spans() + sizing.batchSpans() - 1) / sizing.batchSpans();
    return "%s in %s"
            .formatted(
                Figures.count(sizing.spans(), "span"),
                batches == 1 ? "1 batch" : batches + " batches")
        + time().map(", about "::concat).orElse("");
  }

  private Optional<String> time() {
    return sizeRead().map(this::time);
  }

  private String time(SizeEstimate size) {
    return Figures.time(SpanSizing.duration(size, plan.slots()));
  }

  private String output() {
    return "%s in %s, %s"
        .formatted(
            config.output().format().isTable() ? table() : folders(),
            config.output().format().word(),
            config.output().compression());
  }

  private String folders() {
    return plan.layout().partitionColumns().stream()
        .map(column -> column + "=…/")
        .collect(Collectors.joining("", plan.output() + "/", ""));
  }

  private String table() {
    return plan.layout().isPartitioned()
        ? "%s by %s".formatted(plan.output(), plan.layout())
        : plan.output();
  }

  /**
   * How large files get, and how many fall below a quarter of the target: batches cut a table
   * before files do, so that a kill costs little.
   */
  private String files(SizeEstimate size) {
    SpanSizing sizing = plan.sizing();
    long bytesOfSpan = size.bytes() / sizing.spans();
    long target = config.output().fileSize().bytes();
    if (plan.layout().isPartitioned()) {
      return ("each batch adds a file to each folder that it has rows for, a small one if these are"
              + " less than %s of its %s")
          .formatted(
              Figures.bytes(target / SMALL),
              Figures.bytes(bytesOfSpan * Math.min(sizing.batchSpans(), sizing.spans())));
    }
    int files = 0;
    int small = 0;
    for (int batch = 0; batch < sizing.spans(); batch += sizing.batchSpans()) {
      int spans = Math.min(sizing.batchSpans(), sizing.spans() - batch);
      for (int task = 0; task < spans; task += sizing.taskSpans()) {
        files++;
        if (bytesOfSpan * Math.min(sizing.taskSpans(), spans - task) < target / SMALL) {
          small++;
        }
      }
    }
    String sized =
        "about %s of %s"
            .formatted(Figures.count(files, "file"), Figures.bytes(size.bytes() / files));
    return small == 0
        ? sized
        : sized
            + "; %d of them below a quarter of --file-size %s"
                .formatted(small, config.output().fileSize());
  }

  private String columns() {
    return plan.select().projection().summary().stream()
        .map(ColumnSummary::describe)
        .collect(Collectors.joining("\n"));
  }
}
