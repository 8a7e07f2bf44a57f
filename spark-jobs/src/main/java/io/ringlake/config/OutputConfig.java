package io.ringlake.config;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the rows go.
 *
 * @param output a path without a slash at its end, with the variables {@code {keyspace}} and {@code
 *     {table}}
 * @param compression a Parquet codec's name in lower case, as Spark spells it
 * @param partitionBy as typed but for spaces, empty for none: {@code year(ts),month(ts),region}
 * @param keepPartitionColumns whether files also hold the columns that name their folders
 * @param fileSize what a file should have on disk
 */
public record OutputConfig(
    String output,
    OutputFormat format,
    WriteMode mode,
    String compression,
    String partitionBy,
    boolean keepPartitionColumns,
    DataSize fileSize) {

  static final List<String> COMPRESSIONS = List.of("zstd", "snappy", "gzip", "uncompressed");
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern FOLDER = Pattern.compile("[^/:]/");
  private static final Set<String> VARIABLES = Set.of("keyspace", "table");

  /**
   * Checks the output and the codec.
   *
   * @throws IllegalArgumentException if one is not allowed
   */
  public OutputConfig {
    output = output(output);
    if (!COMPRESSIONS.contains(compression)) {
      throw new IllegalArgumentException(
          "Compression %s is not one of %s".formatted(compression, COMPRESSIONS));
    }
  }

  static OutputConfig from(Settings settings) {
    return new OutputConfig(
        settings.required("output", OutputConfig::output, "/data/lake/{keyspace}/{table}"),
        settings.constant("format", OutputFormat.values()),
        settings.constant("mode", WriteMode.values()),
        settings.value("compression", ValueFormat.oneOf(COMPRESSIONS)),
        settings.value("partition-by", ValueFormat.compactText()),
        settings.value("keep-partition-columns", ValueFormat.bool()),
        settings.value("file-size", DataSize::parse));
  }

  private static String output(String text) {
    String output = ValueFormat.path().parse(text);
    Matcher variable = VARIABLE.matcher(output);
    while (variable.find()) {
      if (!VARIABLES.contains(variable.group(1))) {
        throw new IllegalArgumentException(
            "where %s is not a variable. Use {keyspace} and {table}.".formatted(variable.group()));
      }
    }
    int firstVariable = output.indexOf('{');
    if (firstVariable >= 0 && !FOLDER.matcher(output.substring(0, firstVariable)).find()) {
      throw new IllegalArgumentException(
          "where no folder stands before the first variable. The report and the checkpoint of the"
              + " run need one.");
    }
    return output.replaceFirst("(?<=[^/:])/+$", "");
  }
}
