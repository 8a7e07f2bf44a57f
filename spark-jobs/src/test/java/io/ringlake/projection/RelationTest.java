package io.ringlake.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.projection.Relation.Comparison;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RelationTest {

  private static final Column COLUMN =
      new Column(new Identifier("say \"when\""), Scalar.TEXT, ColumnKind.CLUSTERING);

  @Test
  void isWrittenInCql() {
    assertThat(relation(Comparison.LESS, -5L).cql()).isEqualTo("\"say \"\"when\"\"\" < -5");
    assertThat(relation(Comparison.AT_MOST, true).cql()).endsWith(" <= true");
    assertThat(relation(Comparison.GREATER, LocalDate.of(44, 3, 15)).cql())
        .endsWith(" > '0044-03-15'");
    assertThat(relation(Comparison.AT_LEAST, new UUID(0, 7)).cql())
        .endsWith(" >= 00000000-0000-0000-0000-000000000007");
    assertThat(relation(Comparison.IN, 1L, 2L).cql()).endsWith(" IN (1, 2)");
  }

  @Test
  void quotesTexts() {
    assertThat(relation(Comparison.EQUAL, "it's; -- '' \" ?").cql())
        .endsWith(" = 'it''s; -- '''' \" ?'");
    assertThat(relation(Comparison.EQUAL, "").cql()).endsWith(" = ''");
  }

  @Test
  void cannotExistInAWrongState() {
    assertThatThrownBy(() -> relation(Comparison.EQUAL, 1L, 2L))
        .hasMessage("Column \"say \"\"when\"\"\" is compared by EQUAL with 2 values");
    assertThatThrownBy(() -> relation(Comparison.IN))
        .hasMessage("Column \"say \"\"when\"\"\" is compared by IN with 0 values");
    assertThatThrownBy(() -> relation(Comparison.EQUAL, 1.5))
        .hasMessage("A value of class java.lang.Double has no literal in CQL");
  }

  private static Relation relation(Comparison comparison, Object... values) {
    return new Relation(COLUMN, comparison, List.of(values));
  }
}
