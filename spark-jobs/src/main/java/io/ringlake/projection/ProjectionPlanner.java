package io.ringlake.projection;

import io.ringlake.config.CellConfig;
import io.ringlake.config.ColumnChoice;
import io.ringlake.config.OnOverflow;
import io.ringlake.config.ValueConfig;
import io.ringlake.config.ValueForm;
import io.ringlake.config.WrittenRange;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.projection.OutputColumn.Aspect;
import io.ringlake.projection.OutputColumn.MisfitText;
import io.ringlake.projection.OutputColumn.Value;
import io.ringlake.schema.Column;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.NearNames;
import io.ringlake.schema.ServerVersion;
import io.ringlake.schema.Table;
import io.ringlake.text.Listing;
import io.ringlake.writetime.CellAspect;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellsOf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides what is read of a table: values, write times, TTLs and expiries, under which names.
 *
 * <ul>
 *   <li>{@code --columns} decides which values are exported, and their order; keys are not forced.
 *   <li>{@code --writetime} and {@code --ttl} by name may ask for columns whose values are not
 *       exported; {@code *} means the exported ones.
 *   <li>{@code --expires-at} goes with the columns of {@code --ttl}; without that, with all that
 *       {@code *} means, and no TTLs are exported.
 *   <li>Values that do not fit into their column are told as {@code --on-overflow} says.
 *   <li>What has no write time is left out, with the reason.
 *   <li>What has many, one a cell, is told as {@code --collection-writetime} says; where the
 *       cluster does not tell it, its column has the same type and is null.
 *   <li>Names in the output differ by more than case, since Spark and most readers of Parquet do
 *       not tell names apart that do not.
 * </ul>
 */
public final class ProjectionPlanner {

  private final ColumnChoice columns;
  private final ValueConfig values;
  private final CellConfig cells;
  private final ServerVersion version;

  /**
   * @param columns the values exported: all or named ones
   * @param values what becomes of those that Spark has no type for
   * @param cells write times, TTLs and expiries
   * @param version the lowest in the cluster
   */
  public ProjectionPlanner(
      ColumnChoice columns, ValueConfig values, CellConfig cells, ServerVersion version) {
    this.columns = columns;
    this.values = values;
    this.cells = cells;
    this.version = version;
  }

  /**
   * Plans the scan of one table: of the rows that were written in a range of time. If that is
   * bounded, the write times of all columns are read that have any.
   *
   * @throws RunFailure if the table lacks a column that is named, one is named twice, a decimal is
   *     asked for where there is none, a type is not one of CQL's, two names of the output clash,
   *     or, if the settings are strict, a write time is asked for by name where there is none
   */
  public Projection plan(Table table, WrittenRange written) {
    checkNames(table);
    checkDecimals(table);
    List<Column> selected = selected(table);
    checkTypes(table, selected);

    SelectList select = new SelectList();
    selected.forEach(column -> addValue(select, column));
    List<LeftOut> leftOut = new ArrayList<>();
    choices()
        .forEach(
            (aspect, choice) -> {
              boolean byName = choice instanceof ColumnChoice.Named;
              for (Column column : byName ? named(table, choice) : selected) {
                String reason = whyNone(column);
                if (!reason.isEmpty()) {
                  leftOut.add(new LeftOut(column.name(), aspect, reason, byName, false));
                  continue;
                }
                String name = outputName(column, aspect);
                Aspect content = new Aspect(aspect, cellsOf(column));
                String whyUntold = whyUntold(column);
                if (whyUntold.isEmpty()) {
                  select.add(name, column, content);
                } else {
                  select.addUntold(name, column, content);
                  leftOut.add(new LeftOut(column.name(), aspect, whyUntold, byName, true));
                }
              }
            });
    checkStrict(table, leftOut);
    checkClashes(table, select.columns());
    if (select.columns().isEmpty()) {
      throw new IllegalStateException("Nothing is selected of table " + table.name());
    }
    WrittenTests tests = tests(table, written);
    tests.tested().forEach(select::addUnseen);
    return new Projection(table, cells.layout(), select.items(), select.columns(), leftOut, tests);
  }

  private WrittenTests tests(Table table, WrittenRange written) {
    if (!written.isBounded()) {
      return WrittenTests.NONE;
    }
    List<SelectItem> tested = new ArrayList<>();
    List<Untested> untested = new ArrayList<>();
    for (Column column : table.columns()) {
      if (!whyNone(column).isEmpty()) {
        continue;
      }
      String whyUntold = whyUntold(column);
      if (whyUntold.isEmpty()) {
        tested.add(new SelectItem(column, SelectItem.Function.WRITETIME));
      } else {
        untested.add(new Untested(column.name(), whyUntold));
      }
    }
    return new WrittenTests(written, tested, untested);
  }

  /**
   * What is asked for, aspect by aspect, in the order of the output; aspects not asked for lack.
   */
  private Map<CellAspect, ColumnChoice> choices() {
    Map<CellAspect, ColumnChoice> choices = new EnumMap<>(CellAspect.class);
    if (!(cells.writetime() instanceof ColumnChoice.None)) {
      choices.put(CellAspect.WRITETIME, cells.writetime());
    }
    boolean ttl = !(cells.ttl() instanceof ColumnChoice.None);
    if (ttl) {
      choices.put(CellAspect.TTL, cells.ttl());
    }
    if (cells.expiresAt()) {
      choices.put(CellAspect.EXPIRES_AT, ttl ? cells.ttl() : new ColumnChoice.All());
    }
    return choices;
  }

  /** A value and, if some may not fit and are to be kept as text, the column of that. */
  private void addValue(SelectList select, Column column) {
    ValueForm form = values.formOf(column);
    String name = column.name().name();
    select.add(name, column, new Value(form));
    if (form.onOverflow() == OnOverflow.TEXT && form.bounds(column.type())) {
      select.add(name + OutputColumn.TEXT_SUFFIX, column, new MisfitText(form));
    }
  }

  private List<Column> selected(Table table) {
    return columns instanceof ColumnChoice.Named ? named(table, columns) : table.columns();
  }

  private static List<Column> named(Table table, ColumnChoice choice) {
    return names(choice).stream().map(name -> table.column(name).orElseThrow()).toList();
  }

  private static List<Identifier> names(ColumnChoice choice) {
    return choice instanceof ColumnChoice.Named named ? named.names() : List.of();
  }

  private void checkNames(Table table) {
    List<String> unknown = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    Set<String> near = new LinkedHashSet<>();
    List<String> known = table.columns().stream().map(column -> column.name().name()).toList();
    Map<String, Collection<Identifier>> named = new TreeMap<>();
    named.put("--columns", names(columns));
    named.put("--decimal-as", values.decimalTypes().byColumn().keySet());
    named.put("--ttl", names(cells.ttl()));
    named.put("--writetime", names(cells.writetime()));
    named.forEach(
        (setting, names) -> {
          Set<Identifier> seen = new HashSet<>();
          for (Identifier name : names) {
            if (table.column(name).isEmpty()) {
              unknown.add("%s (%s)".formatted(name, setting));
              near.addAll(NearNames.of(name.name(), known));
            } else if (!seen.add(name)) {
              twice.add("%s twice in %s".formatted(name, setting));
            }
          }
        });
    if (!unknown.isEmpty()) {
      throw new RunFailure(
          ErrorCode.UNKNOWN_COLUMN,
          "Table %s has no column %s.".formatted(table.name(), String.join(", ", unknown)),
          near.isEmpty()
              ? "Names are exact, as stored. Its columns are: %s.".formatted(listed(known))
              : "Names are exact, as stored. Near ones are: %s.".formatted(listed(near)));
    }
    if (!twice.isEmpty()) {
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS,
          "Columns of table %s are named more than once: %s."
              .formatted(table.name(), String.join(", ", twice)),
          "Name each column once.");
    }
  }

  private void checkDecimals(Table table) {
    List<String> without =
        values.decimalTypes().byColumn().keySet().stream()
            .map(name -> table.column(name).orElseThrow())
            .filter(column -> !column.type().holds(Set.of(Scalar.DECIMAL, Scalar.VARINT)))
            .map(column -> "%s (%s)".formatted(column.name(), column.type().cql()))
            .toList();
    if (!without.isEmpty()) {
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS,
          "--decimal-as names columns of table %s that hold no decimal and no varint: %s."
              .formatted(table.name(), String.join(", ", without)),
          "Leave them out of --decimal-as.");
    }
  }

  private static String listed(Collection<String> names) {
    return Listing.of(names.stream().map(Identifier::new).toList());
  }

  private static void checkTypes(Table table, List<Column> selected) {
    List<Column> unsupported =
        selected.stream().filter(column -> !isSupported(column.type())).toList();
    if (!unsupported.isEmpty()) {
      throw new RunFailure(
          ErrorCode.UNSUPPORTED_TYPE,
          "Columns of table %s have types that are not CQL's own: %s."
              .formatted(
                  table.name(),
                  unsupported.stream()
                      .map(column -> "%s %s".formatted(column.name(), column.type().cql()))
                      .collect(Collectors.joining(", "))),
          "Name the columns to export without them: --columns '%s'."
              .formatted(
                  selected.stream()
                      .filter(column -> isSupported(column.type()))
                      .map(column -> column.name().toString())
                      .collect(Collectors.joining(","))));
    }
  }

  /** Whether values of a type can be exported by this version. */
  private static boolean isSupported(CqlType type) {
    return !(type instanceof CqlType.Custom)
        && type.parts().stream().allMatch(ProjectionPlanner::isSupported);
  }

  /** Why a column has no write time and TTL; empty if it has. */
  private static String whyNone(Column column) {
    if (column.kind().isKey()) {
      return "part of the primary key, which has no cell of its own";
    }
    return column.type() == Scalar.COUNTER
        ? "a counter, whose write time and TTL Cassandra does not tell"
        : "";
  }

  private CellsOf cellsOf(Column column) {
    return column.type().isMultiCell() ? cells.collectionWritetime().cells() : CellsOf.ONE;
  }

  /** Why the cluster does not tell of a column's cells; empty if it does. */
  private String whyUntold(Column column) {
    if (column.type().isMultiCell() && !version.tellsOfElements()) {
      return "not frozen, so stored as many cells, of which Cassandra %s does not tell (5.0 does)"
          .formatted(version);
    }
    return column.type().isCollection() && !version.tellsOfFrozenCollections()
        ? "a collection, of which Cassandra %s does not tell (4.0.5 does)".formatted(version)
        : "";
  }

  private void checkStrict(Table table, List<LeftOut> leftOut) {
    String refused =
        leftOut.stream()
            .filter(LeftOut::byName)
            .map(
                left ->
                    "%s of %s (%s)"
                        .formatted(left.aspect().fieldName(), left.column(), left.reason()))
            .collect(Collectors.joining(", "));
    if (cells.strict() && !refused.isEmpty()) {
      throw new RunFailure(
          ErrorCode.NO_WRITETIME,
          "Table %s does not have what is asked for by name: %s.".formatted(table.name(), refused),
          "Take these columns out of --writetime and --ttl, or run without --strict.");
    }
  }

  private String outputName(Column column, CellAspect aspect) {
    return cells.layout() == CellLayout.STRUCT
        ? String.join(".", CellAspect.STRUCT_COLUMN, aspect.fieldName(), column.name().name())
        : cells.suffixes().columnName(column.name().name(), aspect);
  }

  private void checkClashes(Table table, List<OutputColumn> outputs) {
    Clashes clashes = new Clashes();
    for (OutputColumn output : outputs) {
      if (output.isValue()) {
        clashes.addValue(output.name());
        clashes.addFields(output.column());
      }
    }
    table.columns().forEach(column -> clashes.addOther(column.name().name()));
    for (OutputColumn output : outputs) {
      if (output.content() instanceof MisfitText) {
        clashes.add(
            output.name(),
            "the text of values of %s that do not fit".formatted(output.column().name()),
            "Use --on-overflow null or fail.");
      }
      CellAspect aspect = output.aspect();
      if (aspect == null) {
        continue;
      }
      String meaning = "the %s of %s".formatted(aspect.fieldName(), output.column().name());
      if (cells.layout() == CellLayout.STRUCT) {
        clashes.add(
            CellAspect.STRUCT_COLUMN, "the struct of write times", "Use --cell-layout columns.");
        clashes.add(output.name(), meaning, "Leave one of them out.");
      } else {
        clashes.add(
            output.name(),
            meaning,
            "Choose another ending with %s.".formatted(suffixOption(aspect)));
      }
    }
    clashes.refuse(table);
  }

  private static String suffixOption(CellAspect aspect) {
    return switch (aspect) {
      case WRITETIME -> "--writetime-suffix";
      case TTL -> "--ttl-suffix";
      case EXPIRES_AT -> "--expires-at-suffix";
    };
  }
}
