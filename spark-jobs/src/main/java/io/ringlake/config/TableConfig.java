package io.ringlake.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the table of a catalog is beside its rows.
 *
 * @param sortBy what rows are sorted by within a file, the first term first; empty for nothing
 * @param properties of the table if it is made
 */
public record TableConfig(List<SortTerm> sortBy, Map<String, String> properties) {

  private static final Pattern TERM =
      Pattern.compile(
          "(?:\"((?:[^\"]|\"\")+)\"|([^\\s\",]+))(?:\\s+(asc|desc))?", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMA_OUTSIDE_QUOTES =
      Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  /** What S3 Tables does by itself, and where it keeps files. */
  private static final Pattern OF_THE_SERVICE =
      Pattern.compile(
          "history\\.expire\\..*|write\\.(data|metadata|object-storage|folder-storage)\\.path");

  /** What says of a table's property what it is. */
  private static final Map<String, String> DECIDED =
      Map.of(
          "write.parquet.compression-codec", "compression",
          "write.target-file-size-bytes", "file-size",
          "write.distribution-mode", "Ringlake, which needs hash",
          "ringlake.table", "table");

  /**
   * A column to sort by; nulls come first where it ascends, last where it descends.
   *
   * @param column its exact name in the output
   */
  public record SortTerm(String column, boolean descends) {

    /** As it is typed. */
    @Override
    public String toString() {
      boolean isPlain = column.matches("[^\\s\",]+");
      return (isPlain ? column : "\"" + column.replace("\"", "\"\"") + "\"")
          + (descends ? " desc" : "");
    }
  }

  public TableConfig {
    sortBy = List.copyOf(sortBy);
    properties = Map.copyOf(properties);
  }

  static TableConfig from(Settings settings, OutputFormat format) {
    TableConfig config =
        new TableConfig(
            settings.value("sort-by", TableConfig::terms),
            settings.value("table-properties", TableConfig::properties));
    if (format == OutputFormat.S3_TABLES) {
      config.properties().keySet().stream()
          .filter(key -> OF_THE_SERVICE.matcher(key).matches())
          .sorted()
          .forEach(
              key ->
                  settings.problem(
                      "table-properties",
                      ("table-properties has %s, which S3 Tables decides. Leave it out; see"
                              + " min-snapshots-to-keep and max-snapshot-age.")
                          .formatted(key)));
    }
    if (!format.isIceberg()) {
      meaningless(settings, "sort-by", format);
    }
    if (!format.isTable()) {
      meaningless(settings, "table-properties", format);
    }
    return config;
  }

  private static void meaningless(Settings settings, String key, OutputFormat format) {
    settings.meaningless(
        key, "%s means nothing to format %s. Leave it out.".formatted(key, format.word()));
  }

  private static List<SortTerm> terms(String text) {
    List<SortTerm> terms = new ArrayList<>();
    for (String part : text.isBlank() ? new String[0] : COMMA_OUTSIDE_QUOTES.split(text, -1)) {
      Matcher term = TERM.matcher(part.strip());
      if (!term.matches()) {
        throw new IllegalArgumentException(
            "where '%s' is not a column. Use its name and desc if it descends, for example"
                    .formatted(part.strip())
                + " 'ordered_at desc,order_id'.");
      }
      String column = term.group(1) == null ? term.group(2) : term.group(1).replace("\"\"", "\"");
      if (terms.stream().anyMatch(other -> other.column().equals(column))) {
        throw new IllegalArgumentException("where %s is there twice.".formatted(column));
      }
      terms.add(new SortTerm(column, "desc".equalsIgnoreCase(term.group(3))));
    }
    return terms;
  }

  private static Map<String, String> properties(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "where '%s' is not a property. Use KEY=VALUE without a comma, for example"
                    .formatted(part.strip())
                + " write.metadata.compression-codec=gzip.");
      }
      String key = part.substring(0, equals).strip();
      String decidedBy = DECIDED.get(key);
      if (decidedBy != null) {
        throw new IllegalArgumentException(
            "where %s is decided by %s. Leave it out.".formatted(key, decidedBy));
      }
      if (properties.put(key, part.substring(equals + 1).strip()) != null) {
        throw new IllegalArgumentException("where %s is there twice.".formatted(key));
      }
    }
    return properties;
  }
}
