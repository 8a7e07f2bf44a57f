package io.ringlake.source;

import static java.util.stream.Collectors.joining;

import io.ringlake.checkpoint.Difference;
import io.ringlake.checkpoint.PlanFile;
import io.ringlake.checkpoint.ScanPlan;
import io.ringlake.checkpoint.TableRequest;
import io.ringlake.config.DataSize;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.ring.RingPart;
import io.ringlake.schema.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The plan that a stream follows: the one that an export has stored; or, for a stream that somebody
 * starts without one, that of its first start, kept in the source's own folder of Spark's
 * checkpoint.
 */
final class StreamPlan {

  private final TableScan scan;
  private final Configuration hadoop;

  StreamPlan(TableScan scan, Configuration hadoop) {
    this.scan = scan;
    this.hadoop = hadoop;
  }

  /**
   * @param sourceFolder the source's folder in Spark's checkpoint
   * @throws RunFailure if the stored plan is damaged, or reads something else than this scan
   */
  ScanPlan of(String sourceFolder, int slots, DataSize fileSize) {
    String given = scan.config().plan();
    PlanFile file =
        new PlanFile(given != null ? new Path(given) : new Path(sourceFolder, "plan.json"), hadoop);
    ScanPlan plan =
        file.read()
            .orElseGet(
                () -> {
                  if (given != null) {
                    throw new IllegalStateException("There is no plan at " + given);
                  }
                  ScanPlan made = make(slots, fileSize);
                  file.write(made);
                  return made;
                });
    if (given == null) {
      requireSameOptions(plan);
    }
    requireSame("query", withoutFiltering(plan.cql()), withoutFiltering(scan.select().cql()));
    requireSame("part of the ring", plan.part(), scan.ringChoice().part());
    requireSame("columns", plan.schema(), schema());
    requireSame(
        "table id (another one: dropped and made again)",
        plan.tableId(),
        scan.projection().table().id());
    return plan;
  }

  private void requireSame(String what, Object stored, Object now) {
    if (!stored.equals(now)) {
      throw new RunFailure(
          ErrorCode.CHECKPOINT_DIFFERS,
          "The stored plan of %s has the %s %s, now it is %s."
              .formatted(scan.projection().table().name(), what, stored, now),
          "Use the options that the query began with, or a new checkpoint.");
    }
  }

  /** Whether the cluster wants that said depends on its indexes, and decides no row. */
  private static String withoutFiltering(String cql) {
    return cql.replaceFirst(" ALLOW FILTERING$", "");
  }

  private List<String> schema() {
    return ScanPlan.schemaOf(scan.projection().columnsRead());
  }

  private void requireSameOptions(ScanPlan plan) {
    List<Difference> differences = TableRequest.settingsThatDiffer(plan, scan.config().identity());
    if (!differences.isEmpty()) {
      throw new RunFailure(
          ErrorCode.CHECKPOINT_DIFFERS,
          "The stored plan of %s has other options: %s."
              .formatted(
                  scan.projection().table().name(),
                  differences.stream().map(Difference::toString).collect(joining("; "))),
          "Use the options that the query began with, or a new checkpoint.");
    }
  }

  private ScanPlan make(int slots, DataSize fileSize) {
    Table table = scan.projection().table();
    RingPart part = scan.ringChoice().part();
    SpanSizing sizing = scan.sizing(slots, fileSize);
    return new ScanPlan(
        ScanPlan.VERSION,
        "stream",
        UUID.randomUUID(),
        Set.of(),
        table.name().toString(),
        table.id(),
        schema(),
        scan.config().identity(),
        scan.select().cql(),
        part,
        scan.ring().spans(part, sizing.spans()),
        sizing.batchSpans(),
        sizing.taskSpans(),
        "",
        Instant.now());
  }
}
