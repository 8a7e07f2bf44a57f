package io.ringlake.projection;

import io.ringlake.config.CellConfig;
import io.ringlake.config.CollectionWritetime;
import io.ringlake.config.ColumnChoice;
import io.ringlake.config.DecimalTypes;
import io.ringlake.config.OnOverflow;
import io.ringlake.config.ValueConfig;
import io.ringlake.config.WrittenRange;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.ServerVersion;
import io.ringlake.schema.Table;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellSuffixes;
import java.util.Arrays;
import java.util.List;

/** Projections to look at, and the settings that they follow from. */
final class Projections {

  static final ColumnChoice NONE = new ColumnChoice.None();
  static final ColumnChoice ALL = new ColumnChoice.All();

  private Projections() {}

  static Projection planWritten(
      Table table, ColumnChoice columns, WrittenRange range, ServerVersion version) {
    return new ProjectionPlanner(columns, ValueConfig.DEFAULT, cells(NONE, NONE, false), version)
        .plan(table, range);
  }

  static Projection planValues(Table table, String decimalAs, OnOverflow onOverflow) {
    return new ProjectionPlanner(
            ALL,
            new ValueConfig(DecimalTypes.parse(decimalAs), onOverflow),
            cells(NONE, NONE, false),
            new ServerVersion(5, 0, 0))
        .plan(table, WrittenRange.ALL);
  }

  static Projection plan(Table table, ColumnChoice columns, CellConfig cells) {
    return plan(table, columns, cells, new ServerVersion(5, 0, 0));
  }

  static Projection plan(
      Table table, ColumnChoice columns, CellConfig cells, ServerVersion version) {
    return new ProjectionPlanner(columns, ValueConfig.DEFAULT, cells, version)
        .plan(table, WrittenRange.ALL);
  }

  static CellConfig cells(ColumnChoice writetime, ColumnChoice ttl, boolean expiresAt) {
    return cells(writetime, ttl, expiresAt, CollectionWritetime.LIST);
  }

  /** Without expiries. */
  static CellConfig inStruct(ColumnChoice writetime, ColumnChoice ttl) {
    return new CellConfig(
        writetime,
        ttl,
        false,
        CollectionWritetime.LIST,
        CellLayout.STRUCT,
        CellSuffixes.DEFAULT,
        false);
  }

  static CellConfig cells(
      ColumnChoice writetime,
      ColumnChoice ttl,
      boolean expiresAt,
      CollectionWritetime collections) {
    return new CellConfig(
        writetime, ttl, expiresAt, collections, CellLayout.COLUMNS, CellSuffixes.DEFAULT, false);
  }

  static ColumnChoice named(String... names) {
    return new ColumnChoice.Named(Arrays.stream(names).map(Identifier::new).toList());
  }

  static List<String> names(Projection projection) {
    return projection.columns().stream().map(OutputColumn::name).toList();
  }
}
