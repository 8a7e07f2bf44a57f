package io.ringlake.config;

import static org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils.escapePathName;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All settings of an export.
 *
 * @param tables not empty
 * @param exclude tables left out of what globs name
 * @param identity the settings that decide the output, by key, in canonical spelling: fixed for a
 *     checkpoint, free of secrets. A key that has no value is there with an empty one
 * @param sourceOptions options of {@code format("ringlake")} that say the same of the cluster, the
 *     rows and their cells as this; the table is not among them, nor what has its default
 */
public record ExportConfig(
    List<TablePattern> tables,
    List<TablePattern> exclude,
    ConnectionConfig connection,
    ReadConfig read,
    ValueConfig values,
    CellConfig cells,
    OutputConfig output,
    RunConfig run,
    SortedMap<String, String> identity,
    SortedMap<String, String> sourceOptions) {

  private static final Pattern PLAIN_PART = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if there is no table
   */
  public ExportConfig {
    tables = List.copyOf(tables);
    exclude = List.copyOf(exclude);
    identity = Collections.unmodifiableSortedMap(new TreeMap<>(identity));
    sourceOptions = Collections.unmodifiableSortedMap(new TreeMap<>(sourceOptions));
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("An export has no table");
    }
  }

  /**
   * The export that the settings of a job ask for.
   *
   * @throws io.ringlake.failure.RunFailure with all problems of the settings, if there are any
   */
  public static ExportConfig from(Settings settings) {
    List<TablePattern> tables = settings.value("table", TablePattern::parseList);
    if (settings.isUnset("table")) {
      settings.problem("table", "table is missing. Set it, for example to shop.orders or shop.*.");
    }
    List<TablePattern> exclude = settings.value("exclude", TablePattern::parseList);
    ConnectionConfig connection = ConnectionConfig.from(settings);
    ReadConfig read = ReadConfig.from(settings);
    ValueConfig values = ValueConfig.from(settings);
    CellConfig cells = CellConfig.from(settings);
    OutputConfig output = OutputConfig.from(settings);
    RunConfig run = RunConfig.from(settings);
    settings.raiseProblems();
    SortedMap<String, String> sourceOptions = settings.given(Scope.SOURCE);
    sourceOptions.remove("table");
    return new ExportConfig(
        tables,
        exclude,
        connection,
        read,
        values,
        cells,
        output,
        run,
        settings.identity(),
        sourceOptions);
  }

  /** The keys of settings that were given and count only when a pass begins, in order. */
  public List<String> plannedSettings() {
    SettingsReference reference = SettingsReference.load();
    return sourceOptions.keySet().stream()
        .filter(
            key -> reference.find(key, Scope.SOURCE).orElseThrow().kind() == Setting.Kind.PLANNED)
        .toList();
  }

  /** Whether the output is one table's: decided by the form of the argument, not by matches. */
  public boolean namesOneTable() {
    return tables.size() == 1 && tables.get(0).isExact();
  }

  /**
   * Where a table's rows go; what a path cannot hold of its names is escaped as in Hive folders,
   * what the name of a table cannot stands in backticks.
   */
  public String outputOf(TableName table) {
    String path = output.output();
    if (output.format() == OutputFormat.S3_TABLES) {
      return nameInBucket(table);
    }
    if (output.isNamed()) {
      return path.replace("{keyspace}", partOfName(table.keyspace().name()))
          .replace("{table}", partOfName(table.table().name()));
    }
    if (path.indexOf('{') < 0 && !namesOneTable()) {
      path += "/{keyspace}/{table}";
    }
    return path.replace("{keyspace}", escapePathName(table.keyspace().name()))
        .replace("{table}", escapePathName(table.table().name()));
  }

  private String nameInBucket(TableName table) {
    String name = S3TablesConfig.nameOf(output.output(), table);
    if (name.startsWith(".") || name.endsWith(".") || name.startsWith("aws")) {
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS,
          "Table %s would be %s in the table bucket, which is no name there."
              .formatted(table, name),
          "Give it another one with --output: letters, digits and underscores, the namespace not"
              + " beginning with aws.");
    }
    return name;
  }

  private static String partOfName(String name) {
    return PLAIN_PART.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
  }

  /**
   * Refuses tables that would be written over each other.
   *
   * @throws RunFailure if two of them have the same output
   */
  public void checkOutputs(Collection<TableName> names) {
    Map<String, TableName> byOutput = new HashMap<>();
    for (TableName name : names) {
      // Some catalogs do not tell names apart that differ in case only.
      String target = output.isNamed() ? outputOf(name).toLowerCase(Locale.ROOT) : outputOf(name);
      TableName other = byOutput.putIfAbsent(target, name);
      if (other != null) {
        throw new RunFailure(
            ErrorCode.BAD_SETTINGS,
            "Tables %s and %s would both be written to %s.".formatted(other, name, outputOf(name)),
            output.isNamed()
                ? "Give each a table of its own: let --output end with {keyspace}.{table}."
                : "Give each a folder of its own: let --output end with {keyspace}/{table}.");
      }
    }
  }

  /** The folder that all tables' outputs lie in, or the output of the only one. */
  private String outputRoot() {
    String path = output.output();
    int variable = path.indexOf('{');
    return variable < 0 ? path : path.substring(0, Math.max(0, path.lastIndexOf('/', variable)));
  }

  /** The folder of the report: beside the outputs, or beside the checkpoints of tables. */
  public String reportFolder() {
    return (output.isNamed() ? checkpointRoot() : outputRoot()) + "/_ringlake";
  }

  /** The folder of the checkpoints of all tables: as set, else in {@link #outputRoot}. */
  public String checkpointRoot() {
    String checkpoint = run.checkpoint();
    return checkpoint == null ? outputRoot() + "/_ringlake/checkpoint" : checkpoint;
  }
}
