package io.ringlake.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.ringlake.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells when it is over: the contents of {@code report.json}, field by field in this
 * order. Fields keep their names and meanings; new ones may come. {@code docs/progress.md} lists
 * them.
 *
 * @param version of this format
 * @param ringlake version of Ringlake
 * @param spark version of Spark
 * @param job for example {@code export}
 * @param runId as given, else made by us
 * @param applicationId Spark's name for this attempt, null if it ended before Spark began
 * @param exitCode of the process
 * @param error the first one; null if none ended the run
 * @param resumeCommand what to run to go on, free of secrets; null if nothing is left to do
 * @param tables in the order of the run
 */
@JsonPropertyOrder({
  "version",
  "ringlake",
  "spark",
  "job",
  "runId",
  "applicationId",
  "startedAt",
  "endedAt",
  "outcome",
  "exitCode",
  "error",
  "resumeCommand",
  "totals",
  "tables"
})
public record RunReport(
    int version,
    String ringlake,
    String spark,
    String job,
    String runId,
    @Nullable String applicationId,
    Instant startedAt,
    Instant endedAt,
    Outcome outcome,
    int exitCode,
    @Nullable ErrorReport error,
    @Nullable String resumeCommand,
    List<TableReport> tables) {

  /** The version that this code writes. */
  public static final int VERSION = 1;

  public RunReport {
    tables = List.copyOf(tables);
  }

  /** Sums over the tables. */
  @JsonProperty
  public Totals totals() {
    return new Totals(
        tables.size(),
        sum(TableReport::spans),
        sum(TableReport::spansDone),
        sum(table -> table.read().spans()),
        sum(table -> table.read().rows()),
        sum(table -> table.written() == null ? 0 : table.written().rows()),
        sum(table -> table.written() == null ? 0 : table.written().bytes()),
        sum(table -> table.written() == null ? 0 : table.written().files()));
  }

  private long sum(ToLongFunction<TableReport> figure) {
    return tables.stream().mapToLong(figure).sum();
  }

  /**
   * What became of the tables, in a few lines for people, without a line end at the end. The error
   * that ends the process and the command that resumes are not in it: whoever ends it tells them.
   */
  public String summary() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s %s: %s in %s"
            .formatted(job, runId, outcome, Figures.time(Duration.between(startedAt, endedAt))));
    tables.forEach(table -> text.append('\n').append(table.summary(error)));
    return text.toString();
  }

  /**
   * Sums over the tables of a run.
   *
   * @param spansRead by this attempt
   * @param rowsRead by this attempt
   * @param rows written, in all attempts
   * @param bytes written, in all attempts
   * @param files written, in all attempts
   */
  public record Totals(
      int tables,
      long spans,
      long spansDone,
      long spansRead,
      long rowsRead,
      long rows,
      long bytes,
      long files) {}
}
