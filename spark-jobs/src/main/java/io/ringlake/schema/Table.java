package io.ringlake.schema;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A table or materialized view as the cluster describes it.
 *
 * @param id changes when the table is dropped and made again
 * @param columns partition key in its order, clustering columns in theirs, then the others in the
 *     order that Cassandra lists them in; never empty
 * @param isCompact whether it is {@code WITH COMPACT STORAGE}
 * @param ddl the CQL that makes the table, as the cluster prints it
 */
public record Table(TableName name, UUID id, List<Column> columns, boolean isCompact, String ddl) {

  public Table {
    columns = List.copyOf(columns);
    if (columns.stream().noneMatch(column -> column.kind() == ColumnKind.PARTITION_KEY)) {
      throw new IllegalArgumentException("Table %s has no partition key".formatted(name));
    }
  }

  public List<Column> partitionKey() {
    return columns.stream().filter(column -> column.kind() == ColumnKind.PARTITION_KEY).toList();
  }

  /**
   * Whether a row can be without some of the clustering columns, or all: one of a partition that
   * has static columns only, or of a table with compact storage, where those after the first need
   * not be given.
   */
  public boolean mayLackClustering() {
    return isCompact || columns.stream().anyMatch(column -> column.kind() == ColumnKind.STATIC);
  }

  public Optional<Column> column(Identifier name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
