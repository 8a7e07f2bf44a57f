package io.ringlake.projection;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of one span: the only place that writes a SELECT. It has two bind variables, both
 * bigint: the span's exclusive start and its inclusive end.
 *
 * @param filter relations of CQL joined by AND, as an operator typed them; null for none
 * @param allowFiltering whether the server may read rows that the filter then drops; it refuses a
 *     filter that needs that otherwise
 */
public record SelectStatement(
    Projection projection, @Nullable String filter, boolean allowFiltering) {

  /**
   * What a filter is made of, as far as it matters: texts and quoted names, which may hold
   * anything; another clause; words; what would end the filter, begin a comment or bind a variable.
   */
  private static final Pattern PARTS =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\\$\\$.*?\\$\\$"
              + "|(?<clause>(?:LIMIT|PER\\s+PARTITION|(?:ORDER|GROUP)\\s+BY|ALLOW\\s+FILTERING)\\b)"
              + "|\\w+|(?<sign>;|--|//|/\\*|\\?|'|\"|\\$\\$)",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  /**
   * @throws RunFailure if the filter is empty, or holds more than relations: another clause, a
   *     comment, a bind variable, a quote that does not end
   */
  public SelectStatement {
    if (filter != null) {
      check(filter);
    }
    if (filter == null && allowFiltering) {
      throw new IllegalArgumentException("Filtering is allowed without a filter");
    }
  }

  /** A query that the server answers without reading rows which the filter drops, or refuses. */
  public SelectStatement(Projection projection, @Nullable String filter) {
    this(projection, filter, false);
  }

  /** The same query with ALLOW FILTERING. */
  public SelectStatement allowingFiltering() {
    return new SelectStatement(projection, filter, true);
  }

  /** The same rows with other columns. */
  public SelectStatement withProjection(Projection other) {
    return new SelectStatement(other, filter, allowFiltering);
  }

  private static void check(String filter) {
    if (filter.isBlank()) {
      throw refusal("it is empty");
    }
    Matcher parts = PARTS.matcher(filter);
    while (parts.find()) {
      String clause = parts.group("clause");
      if (clause != null) {
        throw refusal("it holds the clause %s".formatted(clause.toUpperCase(Locale.ROOT)));
      }
      String sign = parts.group("sign");
      if (sign != null) {
        throw refusal("it holds %s outside of a text".formatted(sign));
      }
    }
  }

  private static RunFailure refusal(String why) {
    return new RunFailure(
        ErrorCode.BAD_FILTER,
        "--filter is not a list of CQL relations: %s.".formatted(why),
        "Give what stands between WHERE and the next clause: region = 'eu' AND total > 10.");
  }

  /** The query in CQL. */
  public String cql() {
    String token =
        projection.table().partitionKey().stream()
            .map(column -> column.name().cql())
            .collect(Collectors.joining(", ", "token(", ")"));
    return "SELECT %s FROM %s WHERE %s > ? AND %s <= ?%s%s"
        .formatted(
            projection.items().stream().map(SelectStatement::cql).collect(Collectors.joining(", ")),
            projection.table().name().cql(),
            token,
            token,
            filter == null ? "" : " AND " + filter.strip(),
            allowFiltering ? " ALLOW FILTERING" : "");
  }

  private static String cql(SelectItem item) {
    String name = item.column().name().cql();
    return switch (item.function()) {
      case VALUE -> name;
      case WRITETIME, MAXWRITETIME, TTL -> "%s(%s)".formatted(item.function(), name);
    };
  }
}
