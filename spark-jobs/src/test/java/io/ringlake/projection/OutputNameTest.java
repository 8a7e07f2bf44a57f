package io.ringlake.projection;

import static io.ringlake.projection.Projections.ALL;
import static io.ringlake.projection.Projections.NONE;
import static io.ringlake.projection.Projections.cells;
import static io.ringlake.projection.Projections.inStruct;
import static io.ringlake.projection.Projections.named;
import static io.ringlake.projection.Projections.names;
import static io.ringlake.projection.Projections.plan;
import static io.ringlake.projection.Projections.planValues;
import static io.ringlake.projection.Tables.column;
import static io.ringlake.projection.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.CellConfig;
import io.ringlake.config.CollectionWritetime;
import io.ringlake.config.OnOverflow;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.Table;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellSuffixes;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputNameTest {

  @Test
  void refusesFieldsThatReadersDoNotTellApart() {
    CqlType type =
        new CqlType.UserDefined(
            new Identifier("shop"),
            new Identifier("pair"),
            List.of(
                new CqlType.UserDefined.Field(new Identifier("a"), Scalar.INT),
                new CqlType.UserDefined.Field(new Identifier("A"), Scalar.INT)),
            true);
    Table table =
        table(
            "odd",
            column("id", Scalar.INT, ColumnKind.PARTITION_KEY),
            column("pairs", new CqlType.SetOf(type, false), ColumnKind.REGULAR));

    assertThatThrownBy(() -> plan(table, ALL, cells(NONE, NONE, false)))
        .hasMessage(
            """
            RL-USAGE-005 Names clash in the output of table shop.odd: fields a and "A" of type pair \
            in column pairs differ only in case.
            Leave the column out, with --columns.""");
  }

  @Test
  void refusesANameThatIsAColumnOfTheTableWhateverItsCase() {
    Table table =
        table(
            "t",
            column("id", Scalar.INT, ColumnKind.PARTITION_KEY),
            column("a", Scalar.INT, ColumnKind.REGULAR),
            column("A_Writetime", Scalar.INT, ColumnKind.REGULAR),
            column("a_ttl", Scalar.INT, ColumnKind.REGULAR));

    assertThatThrownBy(() -> plan(table, named("id", "a"), cells(named("a"), named("a"), false)))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            """
            RL-USAGE-005 Names clash in the output of table shop.t: a_writetime would name the \
            writetime of a, but also "A_Writetime"; a_ttl would name the ttl of a, but also a_ttl.
            Choose another ending with --writetime-suffix. Choose another ending with --ttl-suffix.""");

    CellConfig renamed =
        new CellConfig(
            named("a"),
            NONE,
            false,
            CollectionWritetime.LIST,
            CellLayout.COLUMNS,
            new CellSuffixes("_w", "_t", "_e"),
            false);
    assertThat(names(plan(table, named("a"), renamed))).containsExactly("a", "a_w");
  }

  @Test
  void refusesColumnsThatDifferOnlyInCase() {
    Table table =
        table(
            "t",
            column("id", Scalar.INT, ColumnKind.PARTITION_KEY),
            column("ID", Scalar.INT, ColumnKind.REGULAR));

    assertThatThrownBy(() -> plan(table, ALL, cells(NONE, NONE, false)))
        .hasMessage(
            """
            RL-USAGE-005 Names clash in the output of table shop.t: columns id and "ID" differ only in \
            case, which Spark and most readers of Parquet ignore.
            Export one of them, with --columns.""");
    assertThat(names(plan(table, named("ID"), cells(NONE, NONE, false)))).containsExactly("ID");
  }

  @Test
  void namesFieldsOfTheStructByTheirPath() {
    CellConfig struct = inStruct(ALL, NONE);
    Table table =
        table(
            "t",
            column("id", Scalar.INT, ColumnKind.PARTITION_KEY),
            column("a", Scalar.INT, ColumnKind.REGULAR),
            column("a_writetime", Scalar.INT, ColumnKind.REGULAR));

    assertThat(names(plan(table, ALL, struct)))
        .containsExactly(
            "id", "a", "a_writetime", "_cells.writetime.a", "_cells.writetime.a_writetime");
  }

  @Test
  void refusesATableWithTheNameOfTheStruct() {
    CellConfig struct = inStruct(ALL, ALL);
    Table table =
        table(
            "t",
            column("id", Scalar.INT, ColumnKind.PARTITION_KEY),
            column("_cells", Scalar.INT, ColumnKind.REGULAR));

    assertThatThrownBy(() -> plan(table, ALL, struct))
        .hasMessage(
            """
            RL-USAGE-005 Names clash in the output of table shop.t: "_cells" would name the struct of \
            write times, but also "_cells".
            Use --cell-layout columns.""");
  }

  @Test
  void refusesTheTextOfAColumnThatWouldNameAnother() {
    Table table =
        table(
            "t",
            column("id", Scalar.INT, ColumnKind.PARTITION_KEY),
            column("at", Scalar.TIMESTAMP, ColumnKind.REGULAR),
            column("at_text", Scalar.TEXT, ColumnKind.REGULAR));

    assertThatThrownBy(() -> planValues(table, "", OnOverflow.TEXT))
        .hasMessageContaining(
            "at_text would name the text of values of at that do not fit, but also at_text")
        .hasMessageContaining("Use --on-overflow null or fail.");
  }
}
