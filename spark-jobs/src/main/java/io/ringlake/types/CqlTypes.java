package io.ringlake.types;

import io.ringlake.config.ValueForm;
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
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/**
 * The one table of CQL types and what they are in Spark: {@code docs/types.md} shows it. Nothing is
 * rounded or cut, nor turned into null unless that was asked for: what Spark has no type for is
 * kept as text or as a struct.
 */
public final class CqlTypes {

  private CqlTypes() {}

  /**
   * The decoder of a column's cells in the form that loses nothing; its {@link CellDecoder#type()}
   * is the column's type in Spark.
   *
   * @throws IllegalStateException if the type is not supported: the projection refuses it first
   */
  public static CellDecoder decoder(Column column) {
    return decoder(column, ValueForm.DEFAULT);
  }

  /** As {@link #decoder(Column)}, in a form that was chosen. */
  public static CellDecoder decoder(Column column, ValueForm form) {
    return decoder(column.type(), ValueSite.of(column, form));
  }

  /**
   * The decoder of those values of a column that its form does not hold, as text; null for all
   * others.
   *
   * @throws IllegalStateException if the form holds all values of the column, or they have parts
   */
  public static CellDecoder misfitText(Column column, ValueForm form) {
    if (decoder(column, form) instanceof BoundedDecoder bounded) {
      return new MisfitText(
          bounded,
          column.type() == Scalar.TIMESTAMP ? new TimeDecoders.TimestampText() : decoder(column));
    }
    throw new IllegalStateException(
        "All values of column %s fit, or have parts".formatted(column.name()));
  }

  private static CellDecoder decoder(CqlType type, ValueSite site) {
    if (type instanceof Scalar scalar) {
      return decoder(scalar, site);
    }
    ValueSite parts = site.ofParts();
    if (type instanceof ListOf list) {
      return new NestedDecoders.Elements(decoder(list.element(), parts));
    }
    if (type instanceof SetOf set) {
      return new NestedDecoders.Elements(decoder(set.element(), parts));
    }
    if (type instanceof MapOf map) {
      CellDecoder key = decoder(map.key(), site.ofKeys());
      CellDecoder value = decoder(map.value(), parts);
      return map.key().holdsMap()
          ? new NestedDecoders.EntryList(key, value)
          : new NestedDecoders.Entries(key, value, site);
    }
    if (type instanceof TupleOf tuple) {
      List<CellDecoder> decoders = decoders(tuple, parts);
      return new NestedDecoders.Fields(
          IntStream.range(0, decoders.size())
              .mapToObj(i -> field("_" + (i + 1), decoders.get(i)))
              .toList(),
          decoders);
    }
    if (type instanceof UserDefined userDefined) {
      List<CellDecoder> decoders = decoders(userDefined, parts);
      return new NestedDecoders.Fields(
          IntStream.range(0, decoders.size())
              .mapToObj(i -> field(userDefined.fields().get(i).name().name(), decoders.get(i)))
              .toList(),
          decoders);
    }
    if (type instanceof VectorOf vector) {
      return new NestedDecoders.Vector(
          decoder(vector.element(), parts), vector.dimensions(), bytes(vector.element()));
    }
    throw new IllegalStateException(
        "Column %s has type %s, which is not supported".formatted(site.column(), type.cql()));
  }

  private static List<CellDecoder> decoders(CqlType type, ValueSite site) {
    return type.parts().stream().map(part -> decoder(part, site)).toList();
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

  private static CellDecoder decoder(Scalar type, ValueSite site) {
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
      case VARINT -> number(new TextDecoders.Varint(), site);
      case DECIMAL -> number(new TextDecoders.Decimal(site), site);
      case UUID, TIMEUUID -> new TextDecoders.Uuid();
      case INET -> new TextDecoders.Inet();
      case DATE -> new TimeDecoders.Date();
      case TIMESTAMP -> new TimeDecoders.Timestamp(site);
      case DURATION -> new TimeDecoders.Duration();
    };
  }

  private static CellDecoder number(TextDecoders.UnboundedNumber text, ValueSite site) {
    DecimalType type = site.decimal();
    return type == null ? text : new DecimalDecoder(text, type, site);
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
