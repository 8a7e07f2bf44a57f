package io.ringlake.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.schema.CqlType.Scalar;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void needsAPartitionKey() {
    assertThatThrownBy(
            () ->
                new Table(
                    TableName.of("shop", "orders"),
                    UUID.randomUUID(),
                    List.of(column("total", Scalar.DECIMAL, ColumnKind.REGULAR)),
                    false,
                    ""))
        .hasMessage("Table shop.orders has no partition key");
  }

  @Test
  void tellsTypesThatAreStoredAsManyCells() {
    assertThat(Scalar.UUID.isMultiCell()).isFalse();
    assertThat(new CqlType.ListOf(Scalar.TEXT, false).isMultiCell()).isTrue();
    assertThat(new CqlType.ListOf(Scalar.TEXT, true).isMultiCell()).isFalse();
    assertThat(new CqlType.VectorOf(Scalar.FLOAT, 3).isMultiCell()).isFalse();
  }

  @Test
  void spellsTypesAsCqlDoes() {
    CqlType address =
        new CqlType.UserDefined(
            new Identifier("shop"),
            new Identifier("address"),
            List.of(new CqlType.UserDefined.Field(new Identifier("zip"), Scalar.INT)),
            true);
    CqlType map = new CqlType.MapOf(Scalar.TEXT, address, false);
    CqlType tuple = new CqlType.TupleOf(List.of(Scalar.INT, new CqlType.SetOf(Scalar.INET, true)));

    assertThat(map.cql()).isEqualTo("map<text, frozen<\"shop\".\"address\">>");
    assertThat(tuple.cql()).isEqualTo("frozen<tuple<int, frozen<set<inet>>>>");
    assertThat(new CqlType.VectorOf(Scalar.FLOAT, 3).cql()).isEqualTo("vector<float, 3>");
    assertThat(new CqlType.Custom("org.example.T").cql()).isEqualTo("'org.example.T'");
  }

  private static Column column(String name, CqlType type, ColumnKind kind) {
    return new Column(new Identifier(name), type, kind);
  }
}
