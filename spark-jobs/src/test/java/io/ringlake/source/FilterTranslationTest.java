package io.ringlake.source;

import static org.apache.spark.sql.connector.expressions.Expressions.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.config.CellConfig;
import io.ringlake.config.CollectionWritetime;
import io.ringlake.config.ColumnChoice;
import io.ringlake.config.ValueConfig;
import io.ringlake.config.WrittenRange;
import io.ringlake.projection.Projection;
import io.ringlake.projection.ProjectionPlanner;
import io.ringlake.projection.Relation;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.ServerVersion;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellSuffixes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTranslationTest {

  /** A clustering column of each type, named as the type, beside columns of other kinds. */
  private static final Projection PROJECTION = projection();

  private final FilterTranslation translation =
      new FilterTranslation(PROJECTION, Set.of(new Identifier("status"), new Identifier("owner")));

  @ParameterizedTest
  @CsvSource({"=,=", "<,<", "<=,<=", ">,>", ">=,>="})
  void comparesClusteringColumns(String spark, String cql) {
    assertThat(cql(spark, "int", literal(5))).isEqualTo("\"int\" %s 5".formatted(cql));
  }

  @Test
  void comparesEachTypeAsItIsWritten() {
    UUID uuid = UUID.fromString("50554d6e-29bb-11e5-b345-feff819cdc9f");

    assertThat(cql("=", "tinyint", literal((byte) -1))).isEqualTo("\"tinyint\" = -1");
    assertThat(cql("=", "smallint", literal((short) -1))).isEqualTo("\"smallint\" = -1");
    assertThat(cql("=", "bigint", literal(Long.MIN_VALUE)))
        .isEqualTo("\"bigint\" = -9223372036854775808");
    assertThat(cql("=", "boolean", literal(true))).isEqualTo("\"boolean\" = true");
    assertThat(cql("=", "text", literal("it's"))).isEqualTo("\"text\" = 'it''s'");
    assertThat(cql("=", "ascii", literal("a"))).isEqualTo("\"ascii\" = 'a'");
    assertThat(cql("=", "uuid", literal(uuid.toString()))).isEqualTo("\"uuid\" = " + uuid);
    assertThat(cql("=", "timeuuid", literal(uuid.toString()))).isEqualTo("\"timeuuid\" = " + uuid);
    assertThat(cql("<", "timestamp", literal(Instant.parse("1969-12-31T23:59:59.999Z"))))
        .isEqualTo("\"timestamp\" < -1");
    assertThat(cql(">=", "date", literal(LocalDate.of(2026, 11, 20))))
        .isEqualTo("\"date\" >= '2026-11-20'");
  }

  @Test
  void listsValuesButNotNull() {
    Expression nothing = new LiteralValue<>(null, DataTypes.IntegerType);

    assertThat(cql("IN", "int", literal(1), nothing, literal(2))).isEqualTo("\"int\" IN (1, 2)");
    assertThat(relation("IN", "int", nothing)).isEmpty();
    assertThat(relation("=", "int", nothing)).isEmpty();
  }

  @Test
  void leavesLongListsToSpark() {
    List<Expression> values = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      values.add(literal(i));
    }

    assertThat(relation("IN", "int", values.subList(0, 100).toArray(new Expression[0])))
        .isPresent();
    assertThat(relation("IN", "int", values.toArray(new Expression[0]))).isEmpty();
  }

  @Test
  void comparesThePartitionKeyForEquality() {
    assertThat(cql("=", "key", literal("a"))).isEqualTo("\"key\" = 'a'");
    assertThat(cql("IN", "key", literal("a"), literal("b"))).isEqualTo("\"key\" IN ('a', 'b')");
    assertThat(relation("<", "key", literal("a"))).isEmpty();
    assertThat(relation(">=", "number", literal(1))).isEmpty();
  }

  @Test
  void comparesColumnsThatHaveAnIndexForEquality() {
    assertThat(cql("=", "status", literal("paid"))).isEqualTo("\"status\" = 'paid'");
    assertThat(relation("IN", "status", literal("paid"))).isEmpty();
    assertThat(relation("=", "note", literal("paid"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner", "status_writetime", "no_such_column", "nested.int"})
  void leavesOtherColumnsToSpark(String name) {
    assertThat(relation("=", name, literal("x"))).isEmpty();
    assertThat(relation("=", name, literal(1L))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Scalar.class,
      names = {"TEXT", "ASCII", "UUID", "TIMEUUID", "BOOLEAN"})
  void leavesTheOrderToSparkWhereItMayBeAnother(Scalar type) {
    Expression value =
        type == Scalar.BOOLEAN ? literal(true) : literal("50554d6e-29bb-11e5-b345-feff819cdc9f");

    assertThat(relation("<", type.cql(), value)).isEmpty();
    assertThat(relation("=", type.cql(), value)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"decimal", "varint", "inet"})
  void leavesToSparkWhatIsTextThereAndNotInCql(String type) {
    assertThat(relation("=", type, literal("1"))).isEmpty();
  }

  @Test
  void leavesNumbersWithFractionsToSpark() {
    assertThat(relation("=", "double", literal(0.0))).isEmpty();
    assertThat(relation("=", "float", literal(0.0f))).isEmpty();
  }

  @Test
  void leavesToSparkWhatEqualsNoValueOfTheType() {
    assertThat(relation("=", "uuid", literal("50554D6E-29BB-11E5-B345-FEFF819CDC9F"))).isEmpty();
    assertThat(relation("=", "uuid", literal("1-1-1-1-1"))).isEmpty();
    assertThat(relation("=", "uuid", literal("x"))).isEmpty();
    assertThat(relation("=", "timestamp", literal(Instant.parse("2026-11-20T12:00:00.000001Z"))))
        .isEmpty();
    assertThat(relation("=", "date", literal(LocalDate.of(10_000, 1, 1)))).isEmpty();
    assertThat(relation("=", "date", literal(LocalDate.of(0, 1, 1)))).isEmpty();
    assertThat(
            relation(
                "=",
                "text",
                new LiteralValue<>(
                    UTF8String.fromBytes(new byte[] {(byte) 0xff}), DataTypes.StringType)))
        .isEmpty();
  }

  @Test
  void leavesToSparkTextsThatAnIndexMayNotHave() {
    FilterTranslation indexed =
        new FilterTranslation(
            PROJECTION, Set.of(new Identifier("status"), new Identifier("ascii")));
    Expression tooLong = literal("e".repeat(1025));

    assertThat(indexed.relation(equal("status", "é".repeat(512)))).isPresent();
    assertThat(indexed.relation(equal("status", "é".repeat(512) + "e"))).isEmpty();
    assertThat(indexed.relation(equal("ascii", "e".repeat(1025)))).isEmpty();
    assertThat(
            indexed.relation(
                new Predicate("IN", new Expression[] {column("ascii"), literal("short"), tooLong})))
        .isEmpty();
    assertThat(indexed.relation(equal("key", "é".repeat(600)))).isPresent();
  }

  private static Predicate equal(String name, String value) {
    return new Predicate("=", new Expression[] {column(name), literal(value)});
  }

  @Test
  void leavesToSparkWhatIsNoComparisonOfAColumnWithValues() {
    assertThat(relation("=", "int", column("int"))).isEmpty();
    assertThat(relation("=", "int", literal(1L))).isEmpty();
    assertThat(relation("STARTS_WITH", "text", literal("a"))).isEmpty();
    assertThat(relation("IS_NOT_NULL", "int")).isEmpty();
    assertThat(
            translation.relation(new Predicate("=", new Expression[] {literal(1), column("int")})))
        .isEmpty();
  }

  /** A literal with Spark's own value, as a filter has it. */
  private static Expression literal(Object value) {
    Literal literal = Literal$.MODULE$.apply(value);
    return new LiteralValue<>(literal.value(), literal.dataType());
  }

  private String cql(String comparison, String name, Expression... values) {
    return relation(comparison, name, values).orElseThrow().cql();
  }

  private Optional<Relation> relation(String comparison, String name, Expression... values) {
    List<Expression> operands = new ArrayList<>();
    operands.add(column(name));
    operands.addAll(List.of(values));
    return translation.relation(new Predicate(comparison, operands.toArray(new Expression[0])));
  }

  private static Projection projection() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(new Identifier("key"), Scalar.TEXT, ColumnKind.PARTITION_KEY));
    columns.add(new Column(new Identifier("number"), Scalar.INT, ColumnKind.PARTITION_KEY));
    for (Scalar type : Scalar.values()) {
      if (type != Scalar.COUNTER && type != Scalar.DURATION) {
        columns.add(new Column(new Identifier(type.cql()), type, ColumnKind.CLUSTERING));
      }
    }
    columns.add(new Column(new Identifier("owner"), Scalar.TEXT, ColumnKind.STATIC));
    columns.add(new Column(new Identifier("status"), Scalar.TEXT, ColumnKind.REGULAR));
    columns.add(new Column(new Identifier("note"), Scalar.TEXT, ColumnKind.REGULAR));
    Table table = new Table(TableName.of("shop", "orders"), new UUID(0, 1), columns, false, "");
    CellConfig cells =
        new CellConfig(
            new ColumnChoice.All(),
            new ColumnChoice.None(),
            false,
            CollectionWritetime.LIST,
            CellLayout.COLUMNS,
            CellSuffixes.DEFAULT,
            false);
    return new ProjectionPlanner(
            new ColumnChoice.All(), ValueConfig.DEFAULT, cells, new ServerVersion(5, 0, 0))
        .plan(table, WrittenRange.ALL);
  }
}
