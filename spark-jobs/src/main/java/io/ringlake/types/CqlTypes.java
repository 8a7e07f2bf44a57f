package io.ringlake.types;

import io.ringlake.schema.Column;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.writetime.CellAspect;

/**
 * The one table of CQL types and what they are in Spark: {@code docs/types.md} shows it. Nothing is
 * rounded, cut or turned into null: what Spark has no type for is kept as text or as a struct.
 */
public final class CqlTypes {

  private CqlTypes() {}

  /**
   * The decoder of a column's cells; its {@link CellDecoder#type()} is the column's type in Spark.
   *
   * @throws IllegalStateException if the type is not supported: the projection refuses it first
   */
  public static CellDecoder decoder(Column column) {
    if (!(column.type() instanceof Scalar scalar)) {
      throw new IllegalStateException(
          "Column %s has type %s, which is not supported"
              .formatted(column.name(), column.type().cql()));
    }
    return switch (scalar) {
      case ASCII, TEXT -> new TextDecoders.Text();
      case BLOB -> new TextDecoders.Blob();
      case BOOLEAN -> new NumberDecoders.Bool();
      case TINYINT -> new NumberDecoders.Int8();
      case SMALLINT -> new NumberDecoders.Int16();
      case INT -> new NumberDecoders.Int32();
      case BIGINT, COUNTER -> new NumberDecoders.Int64();
      case FLOAT -> new NumberDecoders.Float32();
      case DOUBLE -> new NumberDecoders.Float64();
      case VARINT -> new TextDecoders.Varint();
      case DECIMAL -> new TextDecoders.Decimal();
      case UUID, TIMEUUID -> new TextDecoders.Uuid();
      case INET -> new TextDecoders.Inet();
      case DATE -> new TimeDecoders.Date();
      case TIME -> new TimeDecoders.TimeOfDay();
      case TIMESTAMP -> new TimeDecoders.Timestamp(column.name().toString());
      case DURATION -> new TimeDecoders.Duration();
    };
  }

  /**
   * The decoder of what is known about a cell: a write time is a bigint; a TTL, from which an
   * expiry is reckoned, an int.
   */
  public static CellDecoder decoder(CellAspect aspect) {
    return switch (aspect) {
      case WRITETIME -> new NumberDecoders.Int64();
      case TTL, EXPIRES_AT -> new NumberDecoders.Int32();
    };
  }
}
