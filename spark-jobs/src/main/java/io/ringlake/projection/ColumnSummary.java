package io.ringlake.projection;

import io.ringlake.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What becomes of one column of a table.
 *
 * @param outputs what is read of it: its value, its aspects
 * @param leftOut what is not, and why
 */
public record ColumnSummary(Column column, List<OutputColumn> outputs, List<LeftOut> leftOut) {

  public ColumnSummary {
    outputs = List.copyOf(outputs);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * The summary in one line, for example {@code id (uuid, partition key): value; writetime, ttl
   * left out: part of the primary key, which has no cell of its own}.
   */
  public String describe() {
    List<String> parts = new ArrayList<>();
    boolean hasValue = outputs.stream().anyMatch(OutputColumn::isValue);
    parts.add(hasValue ? "value" : "value not exported: not named by --columns");
    for (OutputColumn output : outputs) {
      if (!output.isValue()) {
        parts.add("%s as %s".formatted(output.content().word(), output.name()));
      }
    }
    Map<String, List<String>> whatByReason = new LinkedHashMap<>();
    for (LeftOut left : leftOut) {
      whatByReason
          .computeIfAbsent(
              (left.asNull() ? "null: " : "left out: ") + left.reason(),
              reason -> new ArrayList<>())
          .add(left.aspect().fieldName());
    }
    whatByReason.forEach(
        (reason, aspects) -> parts.add("%s %s".formatted(String.join(", ", aspects), reason)));
    return "%s (%s, %s): %s"
        .formatted(
            column.name(),
            column.type().cql(),
            column.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            String.join("; ", parts));
  }
}
