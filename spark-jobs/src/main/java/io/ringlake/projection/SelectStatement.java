package io.ringlake.projection;

import static java.util.stream.Collectors.joining;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query of one span: the only place that writes a SELECT. It has two bind variables, both
 * bigint: the span's exclusive start and its inclusive end.
 *
 * @param filter relations of CQL joined by AND, as an operator typed them; null for none
 * @param relations further ones
 * @param allowFiltering whether the server may read rows that the filter then drops; it refuses a
 *     filter that needs that otherwise
 */
public record SelectStatement(
    Projection projection,
    @Nullable String filter,
    List<Relation> relations,
    boolean allowFiltering) {

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
    relations = List.copyOf(relations);
    if (filter == null && relations.isEmpty() && allowFiltering) {
      throw new IllegalArgumentException("Filtering is allowed without a filter");
    }
  }

  /** A query that the server answers without reading rows which the filter drops, or refuses. */
  public SelectStatement(Projection projection, @Nullable String filter) {
    this(projection, filter, List.of(), false);
  }

  /** The same query with ALLOW FILTERING. */
  public SelectStatement allowingFiltering() {
    return new SelectStatement(projection, filter, relations, true);
  }

  /** The rows of the same query that fulfil a relation too. */
  public SelectStatement with(Relation relation) {
    List<Relation> more = new ArrayList<>(relations);
    more.add(relation);
    return new SelectStatement(projection, filter, more, allowFiltering);
  }

  /**
   * Whether relations name the partitions: then the server looks those up whose token is in the
   * span, and goes through no others.
   */
  public boolean namesPartitions() {
    return relations.stream()
        .map(Relation::column)
        .toList()
        .containsAll(projection.table().partitionKey());
  }

  /** The same rows with other columns. */
  public SelectStatement withProjection(Projection other) {
    return new SelectStatement(other, filter, relations, allowFiltering);
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
            .collect(joining(", ", "token(", ")"));
    return "SELECT %s FROM %s WHERE %s > ? AND %s <= ?%s%s%s"
        .formatted(
            projection.items().stream().map(SelectStatement::cql).collect(joining(", ")),
            projection.table().name().cql(),
            token,
            token,
            filter == null ? "" : " AND " + filter.strip(),
            relations.stream().map(relation -> " AND " + relation.cql()).collect(joining()),
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
