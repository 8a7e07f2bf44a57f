package io.ringlake.projection;

import static io.ringlake.projection.Projections.NONE;
import static io.ringlake.projection.Projections.cells;
import static io.ringlake.projection.Projections.named;
import static io.ringlake.projection.Projections.names;
import static io.ringlake.projection.Projections.plan;
import static io.ringlake.projection.Tables.PARCELS;
import static io.ringlake.projection.Tables.column;
import static io.ringlake.projection.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.config.CollectionWritetime;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.ServerVersion;
import io.ringlake.schema.Table;
import io.ringlake.writetime.CellAspect;
import io.ringlake.writetime.CellsOf;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectionWritetimeTest {

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
}
