package io.ringlake.projection;

import static io.ringlake.projection.Projections.ALL;
import static io.ringlake.projection.Projections.NONE;
import static io.ringlake.projection.Projections.cells;
import static io.ringlake.projection.Projections.named;
import static io.ringlake.projection.Projections.names;
import static io.ringlake.projection.Projections.plan;
import static io.ringlake.projection.Tables.ORDERS;
import static io.ringlake.projection.Tables.VISITS;
import static io.ringlake.projection.Tables.column;
import static io.ringlake.projection.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.CellConfig;
import io.ringlake.config.CollectionWritetime;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Table;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellSuffixes;
import org.junit.jupiter.api.Test;

class ProjectionPlannerTest {

  @Test
  void readsOnlyValuesUnlessMoreIsAskedFor() {
    Projection projection = plan(ORDERS, ALL, cells(NONE, NONE, false));

    assertThat(names(projection)).containsExactly("id", "Region", "ts", "country", "name", "total");
    assertThat(projection.leftOut()).isEmpty();
  }

  @Test
  void putsWriteTimesAndTtlsAfterTheValuesAndLeavesKeysOutWithTheReason() {
    Projection projection = plan(ORDERS, ALL, cells(ALL, ALL, true));

    assertThat(names(projection))
        .containsExactly(
            "id",
            "Region",
            "ts",
            "country",
            "name",
            "total",
            "country_writetime",
            "name_writetime",
            "total_writetime",
            "country_ttl",
            "name_ttl",
            "total_ttl",
            "country_expires_at",
            "name_expires_at",
            "total_expires_at");
    assertThat(projection.leftOut())
        .hasSize(9)
        .extracting(LeftOut::reason)
        .containsOnly("part of the primary key, which has no cell of its own");
    assertThat(projection.leftOut()).noneMatch(LeftOut::byName);
  }

  @Test
  void readsATtlOnceForItsExpiryToo() {
    Projection projection = plan(ORDERS, named("id"), cells(NONE, named("name"), true));

    assertThat(projection.items())
        .extracting(item -> item.function() + " " + item.column().name())
        .containsExactly("VALUE id", "TTL name");
    assertThat(projection.columns())
        .extracting(OutputColumn::name, OutputColumn::selectIndex)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("id", 0),
            org.assertj.core.groups.Tuple.tuple("name_ttl", 1),
            org.assertj.core.groups.Tuple.tuple("name_expires_at", 1));
  }

  @Test
  void readsExpiriesOfAllColumnsIfNoTtlIsAskedFor() {
    assertThat(names(plan(ORDERS, named("id", "name"), cells(NONE, NONE, true))))
        .containsExactly("id", "name", "name_expires_at");
  }

  @Test
  void keepsTheOrderInWhichColumnsAreNamed() {
    assertThat(names(plan(ORDERS, named("total", "id"), cells(ALL, NONE, false))))
        .containsExactly("total", "id", "total_writetime");
  }

  @Test
  void readsTheWriteTimeOfAColumnWhoseValueIsNotExported() {
    assertThat(names(plan(ORDERS, named("id"), cells(named("name"), NONE, false))))
        .containsExactly("id", "name_writetime");
  }

  @Test
  void leavesOutCountersAndSaysWhy() {
    assertThat(plan(VISITS, ALL, cells(ALL, NONE, false)).leftOut())
        .extracting(LeftOut::reason)
        .containsExactly(
            "part of the primary key, which has no cell of its own",
            "a counter, whose write time and TTL Cassandra does not tell");
  }

  @Test
  void warnsOfAWriteTimeAskedForByNameThatIsNotThere() {
    Projection projection = plan(ORDERS, ALL, cells(named("ts", "name"), NONE, false));

    assertThat(projection.leftOut())
        .singleElement()
        .satisfies(left -> assertThat(left.column()).hasToString("ts"))
        .matches(LeftOut::byName);
  }

  @Test
  void refusesAWriteTimeThatIsNotThereIfStrict() {
    CellConfig strict =
        new CellConfig(
            named("ts", "name"),
            NONE,
            false,
            CollectionWritetime.LIST,
            CellLayout.COLUMNS,
            CellSuffixes.DEFAULT,
            true);

    assertThatThrownBy(() -> plan(ORDERS, ALL, strict))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            """
            RL-USAGE-006 Table shop.orders does not have what is asked for by name: writetime of ts \
            (part of the primary key, which has no cell of its own).
            Take these columns out of --writetime and --ttl, or run without --strict.""");
  }

  @Test
  void isNotStrictAboutTheStar() {
    CellConfig strict =
        new CellConfig(
            ALL,
            NONE,
            false,
            CollectionWritetime.LIST,
            CellLayout.COLUMNS,
            CellSuffixes.DEFAULT,
            true);

    assertThat(names(plan(VISITS, ALL, strict))).containsExactly("page", "visits");
  }

  @Test
  void namesEveryUnknownColumnAndWhatMayBeMeant() {
    assertThatThrownBy(
            () -> plan(ORDERS, named("id", "region"), cells(named("nam"), named("x"), false)))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            """
            RL-USAGE-003 Table shop.orders has no column region (--columns), x (--ttl), nam \
            (--writetime).
            Names are exact, as stored. Near ones are: "Region", name.""");
  }

  @Test
  void listsTheColumnsIfNoneIsNear() {
    assertThatThrownBy(() -> plan(VISITS, named("customer"), cells(NONE, NONE, false)))
        .hasMessage(
            """
            RL-USAGE-003 Table shop.visits has no column customer (--columns).
            Names are exact, as stored. Its columns are: page, visits.""");
  }

  @Test
  void refusesAColumnNamedTwice() {
    assertThatThrownBy(() -> plan(ORDERS, named("id", "id"), cells(NONE, NONE, false)))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            """
            RL-USAGE-001 Columns of table shop.orders are named more than once: id twice in --columns.
            Name each column once.""");
  }

  @Test
  void refusesTypesThatAreNotCqlsAllAtOnce() {
    CqlType custom = new CqlType.Custom("org.example.Type");
    Table table =
        table(
            "odd",
            column("id", Scalar.INT, ColumnKind.PARTITION_KEY),
            column("a", custom, ColumnKind.REGULAR),
            column("b", new CqlType.ListOf(custom, true), ColumnKind.REGULAR));

    assertThatThrownBy(() -> plan(table, ALL, cells(NONE, NONE, false)))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            """
            RL-USAGE-004 Columns of table shop.odd have types that are not CQL's own: a \
            'org.example.Type', b frozen<list<'org.example.Type'>>.
            Name the columns to export without them: --columns 'id'.""");
  }

  @Test
  void tellsForEachColumnWhatIsDoneAndWhy() {
    CellConfig cells = cells(ALL, ALL, false);

    assertThat(plan(ORDERS, named("id", "ts", "country"), cells).summary())
        .extracting(ColumnSummary::describe)
        .containsExactly(
            "id (uuid, partition key): value; writetime, ttl left out: part of the primary key,"
                + " which has no cell of its own",
            "\"Region\" (text, partition key): value not exported: not named by --columns",
            "ts (timestamp, clustering): value; writetime, ttl left out: part of the primary key,"
                + " which has no cell of its own",
            "country (text, static): value; writetime as country_writetime; ttl as country_ttl",
            "name (text, regular): value not exported: not named by --columns",
            "total (decimal, regular): value not exported: not named by --columns");
  }
}
