package io.ringlake.projection;

import static io.ringlake.projection.Projections.ALL;
import static io.ringlake.projection.Projections.NONE;
import static io.ringlake.projection.Projections.cells;
import static io.ringlake.projection.Projections.inStruct;
import static io.ringlake.projection.Projections.named;
import static io.ringlake.projection.Projections.names;
import static io.ringlake.projection.Projections.plan;
import static io.ringlake.projection.Tables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.config.CellConfig;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrunedProjectionTest {

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
    CellConfig struct = inStruct(named("name"), ALL);
    Projection projection = plan(ORDERS, named("id", "name"), struct);

    assertThat(names(projection.prune(Set.of("_cells", "_cells.ttl.name"))))
        .containsExactly("_cells.ttl.name");
    assertThat(names(projection.prune(Set.of("id")))).containsExactly("id");
  }
}
