package io.ringlake.writetime.sql;

import io.ringlake.writetime.cql.CellBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import scala.Option;

/**
 * The CQL types whose values can be turned into Cassandra's bytes, each with what it is in Spark
 * ({@code docs/types.md}): those that a partition key can have, and so all scalar types but counter
 * and duration.
 */
enum CqlType {
  ASCII(DataTypes.StringType, "text"),
  TEXT(DataTypes.StringType, "text"),
  VARCHAR(DataTypes.StringType, "text"),
  BLOB(DataTypes.BinaryType, "blob"),
  BOOLEAN(DataTypes.BooleanType, "bool"),
  TINYINT(DataTypes.ByteType, "tinyint"),
  SMALLINT(DataTypes.ShortType, "smallint"),
  INT(DataTypes.IntegerType, "int32"),
  BIGINT(DataTypes.LongType, "bigint"),
  FLOAT(DataTypes.FloatType, "float32"),
  DOUBLE(DataTypes.DoubleType, "float64"),
  DECIMAL(DataTypes.StringType, "decimal"),
  VARINT(DataTypes.StringType, "varint"),
  UUID(DataTypes.StringType, "uuid"),
  TIMEUUID(DataTypes.StringType, "uuid"),
  INET(DataTypes.StringType, "inet"),
  DATE(DataTypes.DateType, "date"),
  TIME(DataTypes.LongType, "time"),
  TIMESTAMP(DataTypes.TimestampType, "timestamp");

  @SuppressWarnings("ImmutableEnumChecker") // the types of Spark that stand here are
  private final DataType sparkType;

  private final String encoder;

  /**
   * @param encoder the method of {@link CellBytes}
   */
  CqlType(DataType sparkType, String encoder) {
    this.sparkType = sparkType;
    this.encoder = encoder;
  }

  /** The type of this name, in any case and with spaces around it. */
  static Optional<CqlType> named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.cql().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** All names, for messages. */
  static String names() {
    return Arrays.stream(values()).map(CqlType::cql).collect(Collectors.joining(", "));
  }

  /** Its name in CQL. */
  String cql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What values may be in Spark, for messages. */
  String sparkTypes() {
    return sparkType.catalogString()
        + switch (this) {
          case DECIMAL -> " or decimal";
          case VARINT -> ", a whole number or decimal without a fraction";
          default -> "";
        };
  }

  /**
   * A value in the type that this one is in Spark; null stays null.
   *
   * @param value resolved
   * @return empty if its type does not fit. Narrower integers fit, and null literals
   */
  Optional<Expression> inSpark(Expression value) {
    DataType given = value.dataType();
    if (given.equals(sparkType)) {
      return Optional.of(value);
    }
    if (given.equals(DataTypes.NullType) || fitsAfterCast(given)) {
      return Optional.of(new Cast(value, sparkType, Option.empty()));
    }
    return Optional.empty();
  }

  /**
   * The bytes of a value's cell, as an expression of type binary; null where the value is null.
   *
   * @param value of {@link #inSpark}
   */
  Expression bytes(Expression value) {
    return JavaCall.of(CellBytes.class, encoder, DataTypes.BinaryType, List.of(value));
  }

  /** Whether a cast gives the same value in {@link #sparkType}, for each value of the type. */
  private boolean fitsAfterCast(DataType given) {
    return switch (this) {
      case DECIMAL -> given instanceof DecimalType;
      case VARINT ->
          Integers.fits(given, DataTypes.LongType)
              || (given instanceof DecimalType number && number.scale() == 0);
      default -> Integers.fits(given, sparkType);
    };
  }
}
