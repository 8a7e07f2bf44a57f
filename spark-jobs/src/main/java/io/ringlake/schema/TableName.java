package io.ringlake.schema;

import java.io.Serializable;

/** The exact name of a table or materialized view. */
public record TableName(Identifier keyspace, Identifier table)
    implements Comparable<TableName>, Serializable {

  /** The table named {@code keyspace.table}, both exactly as stored, without quotes. */
  public static TableName of(String keyspace, String table) {
    return new TableName(new Identifier(keyspace), new Identifier(table));
  }

  /** The name as CQL reads it. */
  public String cql() {
    return keyspace.cql() + "." + table.cql();
  }

  /** The name as an operator may type it, for example {@code shop."Orders"}. */
  @Override
  public String toString() {
    return keyspace + "." + table;
  }

  @Override
  public int compareTo(TableName other) {
    int byKeyspace = keyspace.compareTo(other.keyspace);
    return byKeyspace != 0 ? byKeyspace : table.compareTo(other.table);
  }
}
