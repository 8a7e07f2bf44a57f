package io.ringlake.source;

import static org.apache.spark.sql.connector.expressions.Expressions.column;
import static org.apache.spark.sql.connector.expressions.Expressions.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.config.SourceConfig;
import io.ringlake.config.WrittenRange;
import io.ringlake.projection.ProjectionPlanner;
import io.ringlake.projection.SelectStatement;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.ServerVersion;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** What needs no cluster: that it checks filters is shown by {@link SourceIT}. */
class RinglakeScanBuilderTest {

  private static final Table ORDERS =
      new Table(
          TableName.of("shop", "orders"),
          new UUID(0, 1),
          List.of(
              new Column(new Identifier("id"), Scalar.INT, ColumnKind.PARTITION_KEY),
              new Column(new Identifier("at"), Scalar.INT, ColumnKind.CLUSTERING),
              new Column(new Identifier("total"), Scalar.INT, ColumnKind.REGULAR),
              new Column(new Identifier("name"), Scalar.TEXT, ColumnKind.REGULAR)),
          false,
          "");

  private final RinglakeScanBuilder builder =
      new RinglakeScanBuilder(
          scan(
              Map.of(
                  "table", "shop.orders",
                  "writetime", "*",
                  "ttl", "*",
                  "cell-layout", "struct",
                  "pushdown", "false")));

  @Test
  void readsTheFieldsOfTheStructThatAreAskedFor() {
    StructType required =
        new StructType()
            .add("id", "int")
            .add("_cells", new StructType().add("ttl", new StructType().add("name", "int")));

    builder.pruneColumns(required);

    assertThat(builder.build().readSchema().simpleString())
        .isEqualTo("struct<id:int,_cells:struct<ttl:struct<name:int>>>");
    assertThat(builder.build().description())
        .isEqualTo(
            "ringlake shop.orders: SELECT \"id\", TTL(\"name\") FROM \"shop\".\"orders\" WHERE"
                + " token(\"id\") > ? AND token(\"id\") <= ? over the ring");
  }

  @Test
  void leavesTheStructOutIfNothingOfItIsAskedFor() {
    builder.pruneColumns(new StructType().add("total", "int"));

    assertThat(builder.build().readSchema().simpleString()).isEqualTo("struct<total:int>");
  }

  @Test
  void leavesFiltersToSparkIfToldSo() {
    Predicate[] filters = {new Predicate("=", new Expression[] {column("at"), literal(5)})};

    assertThat(builder.pushPredicates(filters)).isEqualTo(filters);
    assertThat(builder.pushedPredicates()).isEmpty();
    assertThat(builder.build().description()).doesNotContain("\"at\" =");
  }

  private static TableScan scan(Map<String, String> options) {
    SourceConfig config = SourceConfig.from(options);
    ProjectionPlanner planner =
        new ProjectionPlanner(
            config.read().columns(), config.values(), config.cells(), new ServerVersion(5, 0, 0));
    return new TableScan(
        config, new SelectStatement(planner.plan(ORDERS, WrittenRange.ALL), null), Set.of());
  }
}
