package io.ringlake.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.ringlake.checkpoint.PassFigures;
import io.ringlake.failure.ErrorCode;
import io.ringlake.ring.RingChoice;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.Sample;
import io.ringlake.runtime.ScanCounts;
import io.ringlake.runtime.SpanFigures;
import io.ringlake.schema.TableName;
import io.ringlake.sink.Written;
import io.ringlake.text.Figures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of one table.
 *
 * @param passId names the pass in file names and in the target; null if the table failed before it
 *     had one
 * @param target what is written to: a path
 * @param error what ended it; null if nothing did
 * @param attempts how often a driver has worked on this pass, this one included; 0 if none did
 * @param ring the part of the ring that the export is about
 * @param spans of the plan, 0 if it has none yet
 * @param spansDone in all attempts
 * @param read by this attempt
 * @param found out about the rows in all attempts
 * @param written in all attempts: what the target holds of it; null until it is complete
 * @param phases of this attempt, in their order
 * @param columns that are read, in the table's order
 * @param warnings what the operator should know or change
 */
public record TableReport(
    @JsonSerialize(using = ToStringSerializer.class) TableName table,
    @Nullable String passId,
    String target,
    Outcome outcome,
    @Nullable ErrorReport error,
    int attempts,
    RingRead ring,
    int spans,
    int spansDone,
    Read read,
    Found found,
    @Nullable Written written,
    List<Phase> phases,
    List<ColumnReport> columns,
    List<String> warnings) {

  public TableReport {
    phases = List.copyOf(phases);
    columns = List.copyOf(columns);
    warnings = List.copyOf(warnings);
  }

  /** Whether it tells of the target as it is now: this driver, and no other, has worked on it. */
  public boolean tellsOfTheTarget() {
    boolean lostTheHold =
        error != null && error.code().equals(ErrorCode.CHECKPOINT_HELD.toString());
    return passId != null && !lostTheHold;
  }

  /** One line, one for each warning, and the error unless that is the one told for the run. */
  String summary(@Nullable ErrorReport told) {
    StringBuilder text = new StringBuilder("  %s %s: ".formatted(table, outcome));
    if (written != null) {
      text.append(Figures.count(written.rows(), "row"))
          .append(" in ")
          .append(Figures.count(written.files(), "file"))
          .append(" (")
          .append(Figures.bytes(written.bytes()))
          .append("), ");
    }
    text.append("%d of %s, ".formatted(spansDone, Figures.count(spans, "span")));
    if (ring.share() < 1) {
      text.append(ring.inDetail()).append(", ");
    }
    text.append("%d read now".formatted(read.spans()));
    if (attempts > 1) {
      text.append(" in attempt ").append(attempts);
    }
    if (found.rowsDropped() > 0) {
      text.append(
          ", %s dropped by write time".formatted(Figures.count(found.rowsDropped(), "row")));
    }
    text.append(", to ").append(target);
    warnings.forEach(warning -> text.append("\n    warning: ").append(warning));
    if (error != null && !error.equals(told)) {
      text.append("\n    ").append(error.code()).append(' ').append(error.message());
    }
    return text.toString();
  }

  /**
   * Which part of the ring the rows are of.
   *
   * @param share of the whole ring, above 0; 1 only if it is the whole ring
   * @param intervals without a gap, 1 for the whole ring
   * @param tokenRange as it was asked for, null for the whole ring
   * @param sample the share of {@link #tokenRange} that was asked for, null for all of it
   * @param sampleSeed null without a sample
   * @param inDetail all this for people
   */
  public record RingRead(
      double share,
      int intervals,
      @Nullable String tokenRange,
      @Nullable BigDecimal sample,
      @Nullable Integer sampleSeed,
      @JsonIgnore String inDetail) {

    public static RingRead of(RingChoice ring) {
      RingPart part = ring.part();
      Sample sample = ring.sample();
      return new RingRead(
          part.share(),
          part.pieces().size(),
          ring.tokenRange().isWholeRing() ? null : ring.tokenRange().toString(),
          sample == null ? null : sample.share(),
          sample == null ? null : sample.seed(),
          ring.inDetail());
    }
  }

  /**
   * What one attempt read, spans that it had to read again counted once.
   *
   * @param bytes of the cells of these rows
   * @param rowsFetched with those of task attempts that failed
   * @param pageRetries pages that were asked for again
   */
  public record Read(int spans, long rows, long bytes, long rowsFetched, long pageRetries) {

    /** Nothing was read. */
    public static final Read NOTHING = new Read(0, 0, 0, 0, 0);

    public static Read of(ScanCounts counts) {
      return new Read(
          counts.spansRead(),
          counts.rows(),
          counts.bytes(),
          counts.rowsFetched(),
          counts.pageRetries());
    }
  }

  /**
   * What was found out about the rows, in all attempts: of the batches that are committed.
   *
   * @param rowsDropped read and not exported, since they were not written when they should be
   * @param rowsWithoutWritetime exported although nothing tells when they were written
   * @param misfits how many values of each column are null since they do not fit into its type
   * @param cells the write times and TTLs of each column that has any
   * @param batchesUnknown batches of which this is not known, or not all: the figures are too low
   */
  public record Found(
      long rowsDropped,
      long rowsWithoutWritetime,
      SortedMap<String, Long> misfits,
      List<CellReport> cells,
      int batchesUnknown) {

    public Found {
      misfits = Collections.unmodifiableSortedMap(new TreeMap<>(misfits));
      cells = List.copyOf(cells);
    }

    public static Found of(PassFigures pass) {
      SpanFigures figures = pass.figures();
      return new Found(
          figures.rowsDropped(),
          figures.rowsWithoutWritetime(),
          figures.misfits(),
          figures.histograms().entrySet().stream()
              .map(column -> CellReport.of(column.getKey(), column.getValue()))
              .toList(),
          pass.batchesUnknown());
    }
  }

  /** One step of the work and how long it took. */
  public record Phase(String name, long millis) {

    public static Phase of(String name, Duration took) {
      return new Phase(name, took.toMillis());
    }
  }
}
