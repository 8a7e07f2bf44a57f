package io.ringlake.projection;

import static io.ringlake.projection.Tables.ORDERS;
import static io.ringlake.projection.Tables.PARCELS;
import static io.ringlake.projection.Tables.VISITS;
import static io.ringlake.projection.Tables.column;
import static io.ringlake.projection.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.CellConfig;
import io.ringlake.config.CollectionWritetime;
import io.ringlake.config.ColumnChoice;
import io.ringlake.config.DecimalTypes;
import io.ringlake.config.OnOverflow;
import io.ringlake.config.ValueConfig;
import io.ringlake.config.ValueForm;
import io.ringlake.config.WrittenRange;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.ServerVersion;
import io.ringlake.schema.Table;
import io.ringlake.writetime.CellAspect;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellSuffixes;
import io.ringlake.writetime.CellsOf;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DecimalType;
import org.junit.jupiter.api.Test;

class ProjectionPlannerTest {

  private static final ColumnChoice NONE = new ColumnChoice.None();
  private static final ColumnChoice ALL = new ColumnChoice.All();

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
  void readsAWriteTimeOfEachCellOfWhatIsNotFrozen() {
    Projection projection = plan(PARCELS, named("id"), cells(named("tags", "sizes"), NONE, false));

    assertThat(names(projection)).containsExactly("id", "tags_writetime", "sizes_writetime");
    assertThat(projection.columns())
        .extracting(OutputColumn::cells)
        .containsExactly(CellsOf.ONE, CellsOf.EACH, CellsOf.ONE);
    assertThat(projection.leftOut()).isEmpty();
  }

  @Test
  void asksTheServerForTheGreatestWriteTimeAndForAllTtls() {
    Projection projection =
        plan(
            PARCELS,
            named("id"),
            cells(named("tags"), named("tags"), true, CollectionWritetime.MAX));

    assertThat(projection.items())
        .extracting(SelectItem::function)
        .containsExactly(
            SelectItem.Function.VALUE, SelectItem.Function.MAXWRITETIME, SelectItem.Function.TTL);
  }

  @Test
  void keepsTheTypeOfWriteTimesThatACassandraBefore5DoesNotTell() {
    Projection projection =
        plan(PARCELS, named("id"), cells(named("tags"), NONE, false), new ServerVersion(4, 1, 10));

    assertThat(projection.items()).hasSize(1);
    assertThat(projection.columns().get(1))
        .isEqualTo(
            new OutputColumn(
                "tags_writetime",
                PARCELS.column(new Identifier("tags")).orElseThrow(),
                new OutputColumn.Aspect(CellAspect.WRITETIME, CellsOf.EACH),
                -1));
    assertThat(projection.leftOut())
        .containsExactly(
            new LeftOut(
                new Identifier("tags"),
                CellAspect.WRITETIME,
                "not frozen, so stored as many cells, of which Cassandra 4.1.10 does not tell (5.0"
                    + " does)",
                true,
                true));
  }

  @Test
  void asksForNothingThatTheClusterDoesNotTellWhenPruned() {
    Projection pruned =
        plan(PARCELS, named("id"), cells(named("tags"), NONE, false), new ServerVersion(4, 1, 10))
            .prune(Set.of("id", "tags_writetime"));

    assertThat(names(pruned)).containsExactly("id", "tags_writetime");
    assertThat(new SelectStatement(pruned, null).cql()).startsWith("SELECT \"id\" FROM");
  }

  @Test
  void showsNullForFrozenCollectionsThatACassandraBefore405DoesNotTell() {
    Projection projection =
        plan(PARCELS, named("id"), cells(named("sizes"), NONE, false), new ServerVersion(4, 0, 4));

    assertThat(projection.items()).hasSize(1);
    assertThat(projection.columns().get(1).isTold()).isFalse();
    assertThat(projection.columns().get(1).cells()).isEqualTo(CellsOf.ONE);
    assertThat(projection.leftOut())
        .extracting(LeftOut::reason)
        .containsExactly("a collection, of which Cassandra 4.0.4 does not tell (4.0.5 does)");
  }

  @Test
  void readsTheWriteTimesOfFieldsToTellWhichHaveAValue() {
    CqlType person =
        new CqlType.UserDefined(
            new Identifier("shop"),
            new Identifier("person"),
            List.of(new CqlType.UserDefined.Field(new Identifier("name"), Scalar.TEXT)),
            false);
    Table table =
        table(
            "t",
            column("id", Scalar.INT, ColumnKind.PARTITION_KEY),
            column("owner", person, ColumnKind.REGULAR));

    Projection projection =
        plan(table, named("id"), cells(NONE, named("owner"), true, CollectionWritetime.MAX));

    assertThat(projection.items())
        .extracting(SelectItem::function)
        .containsExactly(
            SelectItem.Function.VALUE, SelectItem.Function.TTL, SelectItem.Function.WRITETIME);
    assertThat(names(projection)).containsExactly("id", "owner_ttl", "owner_expires_at");
    assertThat(projection.prune(Set.of("owner_ttl")).items()).hasSize(2);
    assertThat(projection.prune(Set.of("id")).items()).hasSize(1);
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
    CellConfig struct =
        new CellConfig(
            ALL,
            NONE,
            false,
            CollectionWritetime.LIST,
            CellLayout.STRUCT,
            CellSuffixes.DEFAULT,
            false);
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
    CellConfig struct =
        new CellConfig(
            ALL,
            ALL,
            false,
            CollectionWritetime.LIST,
            CellLayout.STRUCT,
            CellSuffixes.DEFAULT,
            false);
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
  void dropsWhatAQueryDoesNotUse() {
    Projection projection = plan(ORDERS, ALL, cells(ALL, ALL, true));

    Projection pruned = projection.prune(Set.of("total", "name_expires_at", "id"));

    assertThat(names(pruned)).containsExactly("id", "total", "name_expires_at");
    assertThat(new SelectStatement(pruned, null).cql())
        .startsWith("SELECT \"id\", \"total\", TTL(\"name\") FROM");
  }

  @Test
  void stillReadsAColumnWhenOnlyRowsAreCounted() {
    Projection pruned = plan(ORDERS, named("name"), cells(NONE, NONE, false)).prune(Set.of());

    assertThat(pruned.columns()).isEmpty();
    assertThat(new SelectStatement(pruned, null).cql()).startsWith("SELECT \"id\" FROM");
  }

  @Test
  void prunesTheFieldsOfTheStruct() {
    CellConfig struct =
        new CellConfig(
            named("name"),
            ALL,
            false,
            CollectionWritetime.LIST,
            CellLayout.STRUCT,
            CellSuffixes.DEFAULT,
            false);
    Projection projection = plan(ORDERS, named("id", "name"), struct);

    assertThat(names(projection.prune(Set.of("_cells", "_cells.ttl.name"))))
        .containsExactly("_cells.ttl.name");
    assertThat(names(projection.prune(Set.of("id")))).containsExactly("id");
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

  @Test
  void keepsTheTextOfWhatMayNotFitAfterItsValue() {
    assertThat(names(planValues(ORDERS, "decimal(18,2)", OnOverflow.TEXT)))
        .containsExactly("id", "Region", "ts", "ts_text", "country", "name", "total", "total_text");
    assertThat(names(planValues(ORDERS, "", OnOverflow.TEXT)))
        .containsExactly("id", "Region", "ts", "ts_text", "country", "name", "total");
    assertThat(names(planValues(ORDERS, "total=decimal(18,2)", OnOverflow.NULL)))
        .containsExactly("id", "Region", "ts", "country", "name", "total");
  }

  @Test
  void readsAValueAndItsTextFromTheSameItem() {
    Projection projection = planValues(ORDERS, "total=decimal(18,2)", OnOverflow.TEXT);

    assertThat(projection.items()).hasSize(6);
    assertThat(projection.prune(Set.of("total_text")).columns())
        .singleElement()
        .isEqualTo(
            new OutputColumn(
                "total_text",
                ORDERS.column(new Identifier("total")).orElseThrow(),
                new OutputColumn.MisfitText(new ValueForm(new DecimalType(18, 2), OnOverflow.TEXT)),
                0));
  }

  @Test
  void refusesADecimalWhereThereIsNone() {
    assertThatThrownBy(
            () -> planValues(ORDERS, "name=decimal(9,0),ts=decimal(9,0)", OnOverflow.FAIL))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "RL-USAGE-001 --decimal-as names columns of table shop.orders that hold no decimal and"
                + " no varint: name (text), ts (timestamp).\nLeave them out of --decimal-as.");
    assertThatThrownBy(() -> planValues(ORDERS, "totl=decimal(9,0)", OnOverflow.FAIL))
        .hasMessage(
            "RL-USAGE-003 Table shop.orders has no column totl (--decimal-as).\nNames are exact, as"
                + " stored. Near ones are: total.");
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

  @Test
  void readsAllWriteTimesOfWhichRowsAreTested() {
    WrittenRange range = new WrittenRange(5L, null, WrittenRange.Match.ANY);

    Projection projection = planWritten(PARCELS, named("id"), range, new ServerVersion(5, 0, 0));

    assertThat(names(projection)).containsExactly("id");
    assertThat(projection.items())
        .extracting(item -> item.function() + " " + item.column().name())
        .containsExactly("VALUE id", "WRITETIME weight", "WRITETIME tags", "WRITETIME sizes");
    assertThat(projection.tests().tested()).isEqualTo(projection.items().subList(1, 4));
    assertThat(projection.tests().warnings()).isEmpty();
    assertThat(projection.prune(Set.of()).items()).isEqualTo(projection.tests().tested());
    assertThat(projection.prune(Set.of()).tests()).isEqualTo(projection.tests());
  }

  @Test
  void saysWhatIsNotTested() {
    WrittenRange range = new WrittenRange(5L, null, WrittenRange.Match.ANY);

    assertThat(planWritten(PARCELS, ALL, range, new ServerVersion(4, 1, 10)).tests().warnings())
        .containsExactly(
            "when tags was written is not tested: not frozen, so stored as many cells, of which"
                + " Cassandra 4.1.10 does not tell (5.0 does)");
    assertThat(planWritten(PARCELS, ALL, range, new ServerVersion(4, 0, 4)).tests().warnings())
        .hasSize(2)
        .contains(
            "when sizes was written is not tested: a collection, of which Cassandra 4.0.4 does not"
                + " tell (4.0.5 does)");
    assertThat(planWritten(PARCELS, ALL, range, new ServerVersion(4, 0, 5)).tests().warnings())
        .hasSize(1);
    assertThat(planWritten(VISITS, ALL, range, new ServerVersion(5, 0, 0)).tests().warnings())
        .containsExactly("no column has a write time that can be tested, so all rows are kept");
    assertThat(planWritten(VISITS, ALL, WrittenRange.ALL, new ServerVersion(5, 0, 0)).tests())
        .isEqualTo(WrittenTests.NONE);
  }

  private static Projection planWritten(
      Table table, ColumnChoice columns, WrittenRange range, ServerVersion version) {
    return new ProjectionPlanner(columns, ValueConfig.DEFAULT, cells(NONE, NONE, false), version)
        .plan(table, range);
  }

  private static Projection planValues(Table table, String decimalAs, OnOverflow onOverflow) {
    return new ProjectionPlanner(
            ALL,
            new ValueConfig(DecimalTypes.parse(decimalAs), onOverflow),
            cells(NONE, NONE, false),
            new ServerVersion(5, 0, 0))
        .plan(table, WrittenRange.ALL);
  }

  private static Projection plan(Table table, ColumnChoice columns, CellConfig cells) {
    return plan(table, columns, cells, new ServerVersion(5, 0, 0));
  }

  private static Projection plan(
      Table table, ColumnChoice columns, CellConfig cells, ServerVersion version) {
    return new ProjectionPlanner(columns, ValueConfig.DEFAULT, cells, version)
        .plan(table, WrittenRange.ALL);
  }

  private static CellConfig cells(ColumnChoice writetime, ColumnChoice ttl, boolean expiresAt) {
    return cells(writetime, ttl, expiresAt, CollectionWritetime.LIST);
  }

  private static CellConfig cells(
      ColumnChoice writetime,
      ColumnChoice ttl,
      boolean expiresAt,
      CollectionWritetime collections) {
    return new CellConfig(
        writetime, ttl, expiresAt, collections, CellLayout.COLUMNS, CellSuffixes.DEFAULT, false);
  }

  private static ColumnChoice named(String... names) {
    return new ColumnChoice.Named(Arrays.stream(names).map(Identifier::new).toList());
  }

  private static List<String> names(Projection projection) {
    return projection.columns().stream().map(OutputColumn::name).toList();
  }
}
