package io.ringlake.projection;

import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import java.util.List;
import java.util.UUID;

/** Tables to plan for. */
final class Tables {

  /** A table with every kind of column. */
  static final Table ORDERS =
      table(
          "orders",
          column("id", Scalar.UUID, ColumnKind.PARTITION_KEY),
          column("Region", Scalar.TEXT, ColumnKind.PARTITION_KEY),
          column("ts", Scalar.TIMESTAMP, ColumnKind.CLUSTERING),
          column("country", Scalar.TEXT, ColumnKind.STATIC),
          column("name", Scalar.TEXT, ColumnKind.REGULAR),
          column("total", Scalar.DECIMAL, ColumnKind.REGULAR));

  /** A table of counters. */
  static final Table VISITS =
      table(
          "visits",
          column("page", Scalar.TEXT, ColumnKind.PARTITION_KEY),
          column("visits", Scalar.COUNTER, ColumnKind.REGULAR));

  /** A table with types that have parts. */
  static final Table PARCELS =
      table(
          "parcels",
          column("id", Scalar.INT, ColumnKind.PARTITION_KEY),
          column("weight", Scalar.INT, ColumnKind.REGULAR),
          column("tags", new CqlType.SetOf(Scalar.TEXT, false), ColumnKind.REGULAR),
          column("sizes", new CqlType.ListOf(Scalar.INT, true), ColumnKind.REGULAR));

  private Tables() {}

  static Table table(String name, Column... columns) {
    return new Table(TableName.of("shop", name), new UUID(0, 1), List.of(columns), false, "");
  }

  static Column column(String name, CqlType type, ColumnKind kind) {
    return new Column(new Identifier(name), type, kind);
  }
}
