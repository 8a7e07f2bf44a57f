package io.ringlake.config;

import io.ringlake.schema.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the options of {@code format("ringlake")} ask for.
 *
 * @param pushdown whether filters of a query are handed to the cluster, where it can check them
 * @param plan path of a stored plan that the source follows, null for none
 * @param identity the options that decide the rows, by key, in canonical spelling
 */
public record SourceConfig(
    TableName table,
    ConnectionConfig connection,
    ReadConfig read,
    ValueConfig values,
    CellConfig cells,
    boolean pushdown,
    @Nullable String plan,
    SortedMap<String, String> identity) {

  public SourceConfig {
    identity = Collections.unmodifiableSortedMap(new TreeMap<>(identity));
  }

  /**
   * Reads the options; case does not matter in their keys.
   *
   * @throws io.ringlake.failure.RunFailure with all problems of the options, if there are any
   */
  public static SourceConfig from(Map<String, String> options) {
    Problems problems = new Problems();
    List<GivenValue> values = new ArrayList<>();
    options.forEach(
        (option, value) -> {
          String key = option.toLowerCase(Locale.ROOT);
          if (key.equals("path") || key.equals("paths")) {
            problems.add(
                "load() names a path, but a table is read. Use option(\"table\","
                    + " \"shop.orders\") and load() without a path.");
          } else {
            values.add(GivenValue.of(key, value));
          }
        });
    return from(new Settings(Scope.SOURCE, List.of(), values, problems));
  }

  static SourceConfig from(Settings settings) {
    List<TablePattern> tables = settings.value("table", TablePattern::parseList);
    if (settings.isUnset("table")) {
      settings.problem("table", "table is missing. Set it, for example to shop.orders.");
    } else if (tables.size() > 1 || !tables.stream().allMatch(TablePattern::isExact)) {
      settings.problem(
          "table", "table names more than one table. Name one, for example shop.orders.");
    }
    ConnectionConfig connection = ConnectionConfig.from(settings);
    ReadConfig read = ReadConfig.from(settings);
    ValueConfig values = ValueConfig.from(settings);
    CellConfig cells = CellConfig.from(settings);
    boolean pushdown = settings.value("pushdown", ValueFormat.bool());
    String plan = settings.optional("plan", ValueFormat.text());
    settings.raiseProblems();
    return new SourceConfig(
        tables.get(0).exactName(),
        connection,
        read,
        values,
        cells,
        pushdown,
        plan,
        settings.identity());
  }
}
