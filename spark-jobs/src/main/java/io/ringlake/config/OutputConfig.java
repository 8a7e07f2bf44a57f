package io.ringlake.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows go.
 *
 * @param output a path without a slash at its end, or the name of a table with its catalog as in
 *     SQL; with the variables {@code {keyspace}} and {@code {table}}
 * @param compression one of the format's
 * @param partitionBy as typed but for spaces, empty for none: {@code year(ts),month(ts),region}
 * @param keepPartitionColumns whether files also hold the columns that name their folders
 * @param fileSize what a file should have on disk
 * @param mergeSchema whether a Delta table that is there gets the columns that it lacks
 * @param text how values are spelled in text
 * @param table what a table is beside its rows
 * @param s3Tables the table bucket; null for other formats
 */
public record OutputConfig(
    String output,
    OutputFormat format,
    WriteMode mode,
    String compression,
    String partitionBy,
    boolean keepPartitionColumns,
    DataSize fileSize,
    boolean mergeSchema,
    TextConfig text,
    TableConfig table,
    @Nullable S3TablesConfig s3Tables) {

  static final String DEFAULT_COMPRESSION = "default";
  private static final String DELTA_CATALOG = "spark_catalog.";
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern FOLDER = Pattern.compile("[^/:]/");
  private static final Set<String> VARIABLES = Set.of("keyspace", "table");

  /**
   * Checks the output and the codec.
   *
   * @throws IllegalArgumentException if one is not allowed
   */
  public OutputConfig {
    output = place(format, output);
    if ((s3Tables == null) == (format == OutputFormat.S3_TABLES)) {
      throw new IllegalArgumentException(
          "Format %s with table bucket %s".formatted(format, s3Tables));
    }
    if (!format.compressions().contains(compression)) {
      throw new IllegalArgumentException(
          "Compression %s is not one of %s".formatted(compression, format.compressions()));
    }
  }

  static OutputConfig from(Settings settings) {
    OutputFormat format = settings.constant("format", OutputFormat.values());
    String output = settings.required("output", text -> place(format, text), example(format));
    if (format != OutputFormat.DELTA) {
      settings.meaningless(
          "merge-schema", "merge-schema means nothing to other formats than delta. Leave it out.");
    }
    if (format.isTable()) {
      settings.meaningless(
          "keep-partition-columns",
          "keep-partition-columns means nothing to tables, which keep all columns. Leave it out.");
    }
    if (isNamed(format, output)) {
      if (settings.isUnset("checkpoint")) {
        settings.problem(
            "checkpoint",
            "checkpoint is missing, and a table has no folder for it. Set it, for example to"
                + " /data/checkpoints.");
      }
    }
    return new OutputConfig(
        output,
        format,
        settings.constant("mode", WriteMode.values()),
        settings.value("compression", compression(format)),
        settings.value("partition-by", ValueFormat.compactText()),
        settings.value("keep-partition-columns", ValueFormat.bool()),
        settings.value("file-size", DataSize::parse),
        settings.value("merge-schema", ValueFormat.bool()),
        TextConfig.from(settings, format),
        TableConfig.from(settings, format),
        S3TablesConfig.from(settings, format));
  }

  private static String example(OutputFormat format) {
    return switch (format) {
      case PARQUET, CSV, JSON, DELTA -> "/data/lake/{keyspace}/{table}";
      case ICEBERG -> "lake.{keyspace}.{table}";
      case S3_TABLES -> "{keyspace}.{table}";
    };
  }

  private static String place(OutputFormat format, String text) {
    if (format == OutputFormat.S3_TABLES) {
      String output = S3TablesConfig.output(text);
      checkVariables(output);
      return output;
    }
    return isNamed(format, text) ? table(text) : path(text);
  }

  /** Whether the output is the name of a table, not a path. */
  public boolean isNamed() {
    return isNamed(format, output);
  }

  private static boolean isNamed(OutputFormat format, String output) {
    return format.isIceberg()
        || (format == OutputFormat.DELTA && output.strip().startsWith(DELTA_CATALOG));
  }

  private static ValueFormat<String> compression(OutputFormat format) {
    List<String> words = new ArrayList<>(format.compressions());
    words.add(0, DEFAULT_COMPRESSION);
    return text -> {
      String word = ValueFormat.oneOf(words).parse(text);
      return word.equals(DEFAULT_COMPRESSION) ? format.compressions().get(0) : word;
    };
  }

  private static String table(String text) {
    String table = ValueFormat.text().parse(text);
    checkVariables(table);
    if (table.chars().filter(c -> c == '.').count() < 2 || table.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "which is not the name of a table in a catalog. Use catalog.namespace.table, for example"
              + " lake.shop.orders.");
    }
    return table;
  }

  private static void checkVariables(String output) {
    Matcher variable = VARIABLE.matcher(output);
    while (variable.find()) {
      if (!VARIABLES.contains(variable.group(1))) {
        throw new IllegalArgumentException(
            "where %s is not a variable. Use {keyspace} and {table}.".formatted(variable.group()));
      }
    }
  }

  private static String path(String text) {
    String output = ValueFormat.path().parse(text);
    checkVariables(output);
    int firstVariable = output.indexOf('{');
    if (firstVariable >= 0 && !FOLDER.matcher(output.substring(0, firstVariable)).find()) {
      throw new IllegalArgumentException(
          "where no folder stands before the first variable. The report and the checkpoint of the"
              + " run need one.");
    }
    return output.replaceFirst("(?<=[^/:])/+$", "");
  }
}
