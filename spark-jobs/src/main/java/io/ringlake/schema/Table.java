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
 * @param ddl the CQL that makes the table, as the cluster prints it
 */
public record Table(TableName name, UUID id, List<Column> columns, String ddl) {

  public Table {
    columns = List.copyOf(columns);
    if (columns.stream().noneMatch(column -> column.kind() == ColumnKind.PARTITION_KEY)) {
      throw new IllegalArgumentException("Table %s has no partition key".formatted(name));
    }
  }

  public List<Column> partitionKey() {
    return columns.stream().filter(column -> column.kind() == ColumnKind.PARTITION_KEY).toList();
  }

  public boolean hasStaticColumns() {
    return columns.stream().anyMatch(column -> column.kind() == ColumnKind.STATIC);
  }

  public Optional<Column> column(Identifier name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
