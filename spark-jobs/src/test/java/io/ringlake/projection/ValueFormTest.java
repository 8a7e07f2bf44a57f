package io.ringlake.projection;

import static io.ringlake.projection.Projections.names;
import static io.ringlake.projection.Projections.planValues;
import static io.ringlake.projection.Tables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.OnOverflow;
import io.ringlake.config.ValueForm;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.Identifier;
import java.util.Set;
import org.apache.spark.sql.types.DecimalType;
import org.junit.jupiter.api.Test;

class ValueFormTest {

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
}
