package io.ringlake.projection;

import io.ringlake.schema.Column;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A condition on one column that CQL can check: {@code "total" > 10}.
 *
 * @param values one, of {@link Comparison#IN} at least one: each a Long, Boolean, String, UUID or
 *     LocalDate. A Long stands for a timestamp too, in milliseconds since the epoch
 */
public record Relation(Column column, Comparison comparison, List<Object> values) {

  /** How a column is compared with values. */
  public enum Comparison {
    EQUAL("="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    IN("IN");

    private final String cql;

    Comparison(String cql) {
      this.cql = cql;
    }
  }

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if their number is wrong, or one has another class
   */
  public Relation {
    values = List.copyOf(values);
    if (values.isEmpty() || (comparison != Comparison.IN && values.size() > 1)) {
      throw new IllegalArgumentException(
          "Column %s is compared by %s with %d values"
              .formatted(column.name(), comparison, values.size()));
    }
    values.forEach(Relation::literal);
  }

  /** The relation in CQL. */
  public String cql() {
    String literals = values.stream().map(Relation::literal).collect(Collectors.joining(", "));
    return "%s %s %s"
        .formatted(
            column.name().cql(),
            comparison.cql,
            comparison == Comparison.IN ? "(" + literals + ")" : literals);
  }

  /** The only place that writes a value in CQL. */
  private static String literal(Object value) {
    if (value instanceof Long || value instanceof Boolean || value instanceof UUID) {
      return value.toString();
    }
    if (value instanceof String || value instanceof LocalDate) {
      return "'" + value.toString().replace("'", "''") + "'";
    }
    throw new IllegalArgumentException(
        "A value of %s has no literal in CQL".formatted(value.getClass()));
  }
}
