package io.ringlake.types;

import io.ringlake.schema.Column;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.ListOf;
import io.ringlake.schema.CqlType.MapOf;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.CqlType.SetOf;
import io.ringlake.schema.CqlType.TupleOf;
import io.ringlake.schema.CqlType.UserDefined;
import io.ringlake.schema.CqlType.VectorOf;
import io.ringlake.writetime.CellAspect;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

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
    return decoder(column.type(), column.name().toString());
  }

  private static CellDecoder decoder(CqlType type, String column) {
    if (type instanceof Scalar scalar) {
      return decoder(scalar, column);
    }
    if (type instanceof ListOf list) {
      return new NestedDecoders.Elements(decoder(list.element(), column));
    }
    if (type instanceof SetOf set) {
      return new NestedDecoders.Elements(decoder(set.element(), column));
    }
    if (type instanceof MapOf map) {
      CellDecoder key = decoder(map.key(), column);
      CellDecoder value = decoder(map.value(), column);
      return map.key().holdsMap()
          ? new NestedDecoders.EntryList(key, value)
          : new NestedDecoders.Entries(key, value, column);
    }
    if (type instanceof TupleOf tuple) {
      List<CellDecoder> decoders = decoders(tuple, column);
      return new NestedDecoders.Fields(
          IntStream.range(0, decoders.size())
              .mapToObj(i -> field("_" + (i + 1), decoders.get(i)))
              .toList(),
          decoders);
    }
    if (type instanceof UserDefined userDefined) {
      List<CellDecoder> decoders = decoders(userDefined, column);
      return new NestedDecoders.Fields(
          IntStream.range(0, decoders.size())
              .mapToObj(i -> field(userDefined.fields().get(i).name().name(), decoders.get(i)))
              .toList(),
          decoders);
    }
    if (type instanceof VectorOf vector) {
      return new NestedDecoders.Vector(
          decoder(vector.element(), column), vector.dimensions(), bytes(vector.element()));
    }
    throw new IllegalStateException(
        "Column %s has type %s, which is not supported".formatted(column, type.cql()));
  }

  private static List<CellDecoder> decoders(CqlType type, String column) {
    return type.parts().stream().map(part -> decoder(part, column)).toList();
  }

  private static StructField field(String name, CellDecoder decoder) {
    return DataTypes.createStructField(name, decoder.type(), true);
  }

  /**
   * The width of a vector's elements, 0 if it varies: {@code valueLengthIfFixed} of the classes in
   * Cassandra's package {@code db.marshal}, by which a date or a smallint has none.
   */
  private static int bytes(CqlType element) {
    if (element instanceof VectorOf vector) {
      return vector.dimensions() * bytes(vector.element());
    }
    return element instanceof Scalar scalar
        ? switch (scalar) {
          case BOOLEAN -> 1;
          case INT, FLOAT -> Integer.BYTES;
          case BIGINT, DOUBLE, TIMESTAMP -> Long.BYTES;
          case UUID, TIMEUUID -> 2 * Long.BYTES;
          default -> 0;
        }
        : 0;
  }

  private static CellDecoder decoder(Scalar type, String column) {
    return switch (type) {
      case ASCII, TEXT -> new TextDecoders.Text();
      case BLOB -> new TextDecoders.Blob();
      case BOOLEAN -> new NumberDecoders.Bool();
      case TINYINT -> new NumberDecoders.Int8();
      case SMALLINT -> new NumberDecoders.Int16();
      case INT -> new NumberDecoders.Int32();
      case BIGINT, COUNTER, TIME -> new NumberDecoders.Int64(); // a time in nanoseconds
      case FLOAT -> new NumberDecoders.Float32();
      case DOUBLE -> new NumberDecoders.Float64();
      case VARINT -> new TextDecoders.Varint();
      case DECIMAL -> new TextDecoders.Decimal();
      case UUID, TIMEUUID -> new TextDecoders.Uuid();
      case INET -> new TextDecoders.Inet();
      case DATE -> new TimeDecoders.Date();
      case TIMESTAMP -> new TimeDecoders.Timestamp(column);
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

  /** The decoder of what is known about several cells, a list of what is known about each. */
  public static CellDecoder eachOf(CellAspect aspect) {
    return new NestedDecoders.Elements(decoder(aspect));
  }

  /**
   * The decoder of the greatest or least of what is known about several cells. A cell that has no
   * TTL lives longest of all, so that of several the greatest TTL is null if one has none.
   */
  public static CellDecoder extremeOf(CellAspect aspect, boolean greatest) {
    return new Extreme(decoder(aspect), greatest, greatest && aspect != CellAspect.WRITETIME);
  }
}
