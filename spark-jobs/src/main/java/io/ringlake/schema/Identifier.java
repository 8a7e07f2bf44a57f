package io.ringlake.schema;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * The exact name of a keyspace, table, column, type or field, as Cassandra stores it: case matters.
 *
 * @param name not empty
 */
public record Identifier(String name) implements Comparable<Identifier>, Serializable {

  private static final Pattern UNQUOTED = Pattern.compile("[a-z][a-z0-9_]*");

  public Identifier {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("An identifier is empty");
    }
  }

  /** The name as CQL reads it, always in double quotes: the only place that quotes a name. */
  public String cql() {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The name as an operator may type it: in double quotes only where it needs them. */
  @Override
  public String toString() {
    return UNQUOTED.matcher(name).matches() ? name : cql();
  }

  @Override
  public int compareTo(Identifier other) {
    return name.compareTo(other.name);
  }
}
