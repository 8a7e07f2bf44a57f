package io.ringlake.projection;

import static io.ringlake.projection.Projections.ALL;
import static io.ringlake.projection.Projections.named;
import static io.ringlake.projection.Projections.names;
import static io.ringlake.projection.Projections.planWritten;
import static io.ringlake.projection.Tables.PARCELS;
import static io.ringlake.projection.Tables.VISITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.config.WrittenRange;
import io.ringlake.schema.ServerVersion;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrittenTestsTest {

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
}
