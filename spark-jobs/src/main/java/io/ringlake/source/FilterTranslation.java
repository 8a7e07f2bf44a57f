package io.ringlake.source;

import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.projection.Relation;
import io.ringlake.projection.Relation.Comparison;
import io.ringlake.schema.Column;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.types.CqlTypes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Which of Spark's filters CQL can say too: equality on columns of the partition key, any
 * comparison of clustering columns, and equality on columns that have an index. A relation lets
 * through every row that its filter does, since both compare alike; Spark applies the filter again,
 * so it may let through more, as an index that does not tell upper from lower case.
 */
final class FilterTranslation {

  private static final Map<String, Comparison> COMPARISONS =
      Map.of(
          "=", Comparison.EQUAL,
          "<", Comparison.LESS,
          "<=", Comparison.AT_MOST,
          ">", Comparison.GREATER,
          ">=", Comparison.AT_LEAST,
          "IN", Comparison.IN);

  /** Types that CQL and Spark put in the same order. The others are only compared for equality. */
  private static final Set<Scalar> SAME_ORDER =
      EnumSet.of(
          Scalar.TINYINT,
          Scalar.SMALLINT,
          Scalar.INT,
          Scalar.BIGINT,
          Scalar.TIMESTAMP,
          Scalar.DATE);

  /** Longer lists make a query that the cluster is slow to plan. */
  private static final int MOST_VALUES = 100;

  /**
   * An index may lack longer texts: storage-attached ones leave out those above a threshold of the
   * node, by default 8 KB ({@code sai_string_term_size_fail_threshold}).
   */
  private static final int MOST_INDEXED_BYTES = 1024;

  private static final long MICROS_PER_MILLI = 1000;
  private static final int LAST_YEAR = 9999;

  private final Projection projection;
  private final Set<Identifier> indexed;

  /**
   * @param indexed columns that have an index on their value
   */
  FilterTranslation(Projection projection, Set<Identifier> indexed) {
    this.projection = projection;
    this.indexed = Set.copyOf(indexed);
  }

  /** The relation for a filter, empty if there is none. */
  Optional<Relation> relation(Predicate filter) {
    Comparison comparison = COMPARISONS.get(filter.name());
    Expression[] operands = filter.children();
    if (comparison == null || operands.length == 0) {
      return Optional.empty();
    }
    Column column = column(operands[0]);
    if (column == null || !canCheck(column, comparison)) {
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (Expression operand : List.of(operands).subList(1, operands.length)) {
      if (!(operand instanceof Literal<?> literal)) {
        return Optional.empty();
      }
      if (literal.value() == null && comparison == Comparison.IN) {
        continue; // nothing is equal to null
      }
      Object value = value(column, literal);
      if (value == null || mayBeLacking(column, literal)) {
        return Optional.empty();
      }
      values.add(value);
    }
    if (values.isEmpty() || values.size() > MOST_VALUES) {
      return Optional.empty();
    }
    return Optional.of(new Relation(column, comparison, values));
  }

  /** The column whose value an expression names; null if it names something else. */
  private @Nullable Column column(Expression expression) {
    if (!(expression instanceof NamedReference reference) || reference.fieldNames().length != 1) {
      return null;
    }
    String name = reference.fieldNames()[0];
    for (OutputColumn output : projection.columns()) {
      if (output.isValue() && output.name().equals(name)) {
        return output.column();
      }
    }
    return null;
  }

  private boolean canCheck(Column column, Comparison comparison) {
    if (!(column.type() instanceof Scalar type)) {
      return false;
    }
    return switch (column.kind()) {
      case PARTITION_KEY -> comparison == Comparison.EQUAL || comparison == Comparison.IN;
      case CLUSTERING ->
          comparison == Comparison.EQUAL
              || comparison == Comparison.IN
              || SAME_ORDER.contains(type);
      case REGULAR -> comparison == Comparison.EQUAL && indexed.contains(column.name());
      case STATIC -> false;
    };
  }

  /** Whether an index may not have the rows of a value. */
  private boolean mayBeLacking(Column column, Literal<?> literal) {
    return indexed.contains(column.name())
        && literal.value() instanceof UTF8String text
        && text.numBytes() > MOST_INDEXED_BYTES;
  }

  /**
   * The value that CQL compares with where Spark compares with a literal; null if there is none.
   */
  private static @Nullable Object value(Column column, Literal<?> literal) {
    Object value = literal.value();
    if (value == null || !literal.dataType().equals(CqlTypes.decoder(column).type())) {
      return null;
    }
    return switch ((Scalar) column.type()) {
      case TINYINT, SMALLINT, INT, BIGINT -> ((Number) value).longValue();
      case BOOLEAN -> value;
      case TEXT, ASCII -> text((UTF8String) value);
      case UUID, TIMEUUID -> uuid(value.toString());
      case TIMESTAMP -> millis((long) value);
      case DATE -> date((int) value);
      // These have no order or equality in Spark that is CQL's: some are text there.
      case BLOB, COUNTER, DECIMAL, DOUBLE, DURATION, FLOAT, INET, TIME, VARINT -> null;
    };
  }

  /** Null for bytes that are not UTF-8: they would turn into something else. */
  private static @Nullable String text(UTF8String value) {
    String text = value.toString();
    return UTF8String.fromString(text).equals(value) ? text : null;
  }

  /** Null for what is not spelled as rows have it, and so equals none. */
  private static @Nullable UUID uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equals(text) ? uuid : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Long millis(long micros) {
    return micros % MICROS_PER_MILLI == 0 ? micros / MICROS_PER_MILLI : null;
  }

  private static @Nullable LocalDate date(int days) {
    LocalDate date = LocalDate.ofEpochDay(days);
    return date.getYear() >= 1 && date.getYear() <= LAST_YEAR ? date : null;
  }
}
