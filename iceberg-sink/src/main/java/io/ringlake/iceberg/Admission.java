package io.ringlake.iceberg;

import io.ringlake.iceberg.TargetRefused.Reason;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;

/** Whether a table that is there takes a new pass. */
final class Admission {

  private final TableDefinition definition;
  private final IcebergTarget.Pass pass;

  Admission(TableDefinition definition, IcebergTarget.Pass pass) {
    this.definition = definition;
    this.pass = pass;
  }

  /**
   * @throws TargetRefused if the table has what the pass cannot write to, or beside
   */
  void require(Table table) {
    if (pass.mode() == IcebergTarget.Mode.ERROR) {
      requireEmpty(table);
    }
    if (!definition.partitioning().isEmpty()) {
      requirePartitioning(table);
    }
    if (!definition.sorting().isEmpty()) {
      requireSorting(table);
    }
    requirePartitionColumns(table);
    if (pass.mode() == IcebergTarget.Mode.APPEND) {
      requireNothingGivenUp(table);
    }
  }

  private void requireEmpty(Table table) {
    if (!"0".equals(rowsIn(table))) {
      throw new TargetRefused(
          Reason.NOT_EMPTY,
          "Table %s has %s rows.".formatted(definition.name(), rowsIn(table)),
          "Use --mode append to add to them or --mode overwrite to replace them.");
    }
  }

  /** As the table counts them; others may have written without counting. */
  static String rowsIn(Table table) {
    Snapshot current = table.currentSnapshot();
    return current == null
        ? "0"
        : current.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "some");
  }

  private void requirePartitioning(Table table) {
    List<String> wanted = definition.partitioning().stream().map(Object::toString).toList();
    List<String> found =
        table.spec().fields().stream()
            .filter(field -> !field.transform().isVoid()) // what became of one that was dropped
            .map(
                field -> {
                  String column = table.schema().findColumnName(field.sourceId());
                  return spelled(field.transform().toString(), column);
                })
            .toList();
    if (!found.equals(wanted)) {
      throw new TargetRefused(
          Reason.LAYOUT,
          "Table %s is partitioned by %s, not by %s."
              .formatted(definition.name(), spelled(found), spelled(wanted)),
          "Leave --partition-by out to go by the table, or write to another one.");
    }
  }

  private void requireSorting(Table table) {
    SortOrder wanted = definition.sortOrder(table.schema());
    if (!table.sortOrder().sameOrder(wanted)) {
      throw new TargetRefused(
          Reason.LAYOUT,
          "Table %s is sorted by %s, not by %s."
              .formatted(
                  definition.name(), spelled(table, table.sortOrder()), spelled(table, wanted)),
          "Leave --sort-by out to go by the table, or write to another one.");
    }
  }

  private static String spelled(Table table, SortOrder order) {
    return spelled(
        order.fields().stream()
            .map(
                field -> {
                  String column = table.schema().findColumnName(field.sourceId());
                  String term =
                      field.transform().isIdentity()
                          ? column
                          : spelled(field.transform().toString(), column);
                  return "%s %s %s"
                      .formatted(
                          term,
                          field.direction().name().toLowerCase(Locale.ROOT),
                          field.nullOrder().toString().toLowerCase(Locale.ROOT));
                })
            .toList());
  }

  /** {@code bucket[16]} of Iceberg as {@link PartitionTransform} spells it. */
  private static String spelled(String transform, String column) {
    int bracket = transform.indexOf('[');
    return bracket < 0
        ? "%s(%s)".formatted(transform, column)
        : "%s(%s, %s)"
            .formatted(
                transform.substring(0, bracket),
                transform.substring(bracket + 1, transform.length() - 1),
                column);
  }

  private static String spelled(List<String> transforms) {
    return transforms.isEmpty() ? "nothing" : String.join(", ", transforms);
  }

  /** Rows of a pass that was given up cannot be told from others once they are in main. */
  private void requireNothingGivenUp(Table table) {
    History history = History.of(table, table.currentSnapshot(), Ledger.Entry.NO_SNAPSHOT, pass);
    if (!history.isWhole() && !pass.givenUp().isEmpty()) {
      throw new TargetRefused(
          Reason.IN_DOUBT,
          "Whether table %s has rows of a pass that was given up cannot be told: its history was"
                  .formatted(definition.name())
              + " expired.",
          "Export with --mode overwrite, or with another --checkpoint if you know that it has"
              + " none.");
    }
  }

  /** Rows without what the table is partitioned by would all be in its partition of nulls. */
  private void requirePartitionColumns(Table table) {
    for (PartitionField field : table.spec().fields()) {
      String column = table.schema().findColumnName(field.sourceId());
      if (!field.transform().isVoid() && definition.schema().findField(column) == null) {
        throw new TargetRefused(
            Reason.LAYOUT,
            "Table %s is partitioned by its column %s, which the rows do not have."
                .formatted(definition.name(), column),
            "Give the --partition-by or the --columns that make it, or write to another table.");
      }
    }
  }
}
