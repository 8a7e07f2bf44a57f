package io.ringlake.report;

import io.ringlake.projection.ColumnSummary;
import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.schema.Column;
import java.util.List;
import java.util.Locale;

/**
 * What was done with one column of the table.
 *
 * @param column its exact name
 * @param type as CQL spells it
 * @param kind {@code partition_key}, {@code clustering}, {@code static} or {@code regular}
 * @param output what of it is in the output
 * @param leftOut what is not, although it could be meant
 */
public record ColumnReport(
    String column, String type, String kind, List<Output> output, List<LeftOut> leftOut) {

  public ColumnReport {
    output = List.copyOf(output);
    leftOut = List.copyOf(leftOut);
  }

  /** All columns that a projection deals with, in the table's order. */
  public static List<ColumnReport> of(Projection projection) {
    return projection.summary().stream()
        .filter(column -> !(column.outputs().isEmpty() && column.leftOut().isEmpty()))
        .map(ColumnReport::of)
        .toList();
  }

  private static ColumnReport of(ColumnSummary summary) {
    Column column = summary.column();
    return new ColumnReport(
        column.name().name(),
        column.type().cql(),
        column.kind().name().toLowerCase(Locale.ROOT),
        summary.outputs().stream().map(Output::of).toList(),
        summary.leftOut().stream()
            .map(out -> new LeftOut(out.aspect().fieldName(), out.reason()))
            .toList());
  }

  /**
   * One thing that is in the output.
   *
   * @param what {@code value}, {@code misfit_text}, {@code writetime}, {@code ttl} or {@code
   *     expires_at}
   * @param name of the column that holds it; in the {@code struct} layout the path of the field
   */
  public record Output(String what, String name) {
    static Output of(OutputColumn column) {
      return new Output(column.content().word(), column.name());
    }
  }

  /** One thing that is not, and why. */
  public record LeftOut(String what, String reason) {}
}
