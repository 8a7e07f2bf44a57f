package io.ringlake.checkpoint;

import io.ringlake.config.WriteMode;
import io.ringlake.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a command wants of one table, and what that table is now: the side that a stored plan is
 * compared with.
 *
 * @param tableId of the table as it is now
 * @param schema of the table as it is now, as {@link ScanPlan#schemaOf} writes it
 * @param identity the settings that decide the output
 * @param target what would be written to
 * @param runId null if the command names none
 * @param restart whether the checkpoint is to be given up first
 */
public record TableRequest(
    TableName table,
    UUID tableId,
    List<String> schema,
    SortedMap<String, String> identity,
    String target,
    WriteMode mode,
    @Nullable String runId,
    boolean restart) {

  public TableRequest {
    schema = List.copyOf(schema);
  }

  /** In which identity settings, and in which target, a plan differs from this command. */
  List<Difference> settingsThatDiffer(ScanPlan plan) {
    List<Difference> differences = new ArrayList<>(settingsThatDiffer(plan, identity));
    if (!plan.target().equals(target)) {
      differences.add(new Difference("target", plan.target(), target));
    }
    return differences;
  }

  /** In which identity settings a plan differs from those given. */
  public static List<Difference> settingsThatDiffer(
      ScanPlan plan, SortedMap<String, String> identity) {
    return differences("", plan.identity(), identity);
  }

  /** In what the table differs now from the one that was planned for. */
  List<Difference> tableChanges(ScanPlan plan) {
    List<Difference> differences = new ArrayList<>();
    if (!plan.tableId().equals(tableId)) {
      differences.add(
          new Difference(
              "table id (dropped and made again)", plan.tableId().toString(), tableId.toString()));
    }
    List<Difference> columns = differences("column ", byName(plan.schema()), byName(schema));
    differences.addAll(columns);
    if (columns.isEmpty() && !plan.schema().equals(schema)) {
      differences.add(
          new Difference(
              "order of the columns", String.join(", ", plan.schema()), String.join(", ", schema)));
    }
    return differences;
  }

  private static List<Difference> differences(
      String prefix, Map<String, String> stored, Map<String, String> now) {
    TreeSet<String> keys = new TreeSet<>(stored.keySet());
    keys.addAll(now.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(stored.get(key), now.get(key)))
        .map(key -> new Difference(prefix + key, stored.get(key), now.get(key)))
        .toList();
  }

  /** Types by name, of columns written {@code name type}; a quoted name may hold spaces. */
  private static Map<String, String> byName(List<String> schema) {
    return schema.stream()
        .collect(
            Collectors.toMap(
                column -> column.substring(0, endOfName(column)),
                column -> column.substring(endOfName(column) + 1),
                (one, other) -> one + " and " + other,
                TreeMap::new));
  }

  private static int endOfName(String column) {
    return column.startsWith("\"") ? column.lastIndexOf("\" ") + 1 : column.indexOf(' ');
  }
}
