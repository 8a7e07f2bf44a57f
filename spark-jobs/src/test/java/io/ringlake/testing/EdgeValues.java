package io.ringlake.testing;

import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The least, the greatest and the oddest values of all CQL types, as the driver takes them. */
public final class EdgeValues {

  /** All that a column can have but counter; varchar is text. */
  public static final List<DataType> SCALARS =
      List.of(
          DataTypes.ASCII,
          DataTypes.BIGINT,
          DataTypes.BLOB,
          DataTypes.BOOLEAN,
          DataTypes.DATE,
          DataTypes.DECIMAL,
          DataTypes.DOUBLE,
          DataTypes.DURATION,
          DataTypes.FLOAT,
          DataTypes.INET,
          DataTypes.INT,
          DataTypes.SMALLINT,
          DataTypes.TEXT,
          DataTypes.TIME,
          DataTypes.TIMESTAMP,
          DataTypes.TIMEUUID,
          DataTypes.TINYINT,
          DataTypes.UUID,
          DataTypes.VARINT);

  private static final int LARGE_BLOB = 1 << 20;

  private EdgeValues() {}

  /** Values that are too large to be an element of a collection with all others. */
  public static List<Object> large(DataType type) {
    if (type.equals(DataTypes.BLOB)) {
      byte[] large = new byte[LARGE_BLOB];
      for (int i = 0; i < large.length; i++) {
        large[i] = (byte) (i * 31 + (i >> 8));
      }
      return List.of(ByteBuffer.wrap(large));
    }
    return type.equals(DataTypes.TEXT) ? List.of("\uD83D\uDE80".repeat(100_000)) : List.of();
  }

  /** Of a scalar type each value; of one with parts some values that hold all of their parts'. */
  public static List<Object> of(DataType type) {
    if (type instanceof ListType list) {
      return List.of(of(list.getElementType()), List.of());
    }
    if (type instanceof SetType set) {
      return List.of(new LinkedHashSet<>(of(set.getElementType())), new LinkedHashSet<>());
    }
    if (type instanceof MapType map) {
      return List.of(map(map), Map.of());
    }
    if (type instanceof TupleType tuple) {
      return List.of(
          tuple.newValue(firsts(tuple.getComponentTypes())),
          tuple.newValue(new Object[tuple.getComponentTypes().size()]));
    }
    if (type instanceof UserDefinedType userDefined) {
      return List.of(
          userDefined.newValue(firsts(userDefined.getFieldTypes())),
          userDefined.newValue(new Object[userDefined.getFieldTypes().size()]));
    }
    if (type instanceof VectorType vector) {
      List<Object> elements = of(vector.getElementType());
      return List.of(
          CqlVector.newInstance(
              IntStream.range(0, vector.getDimensions())
                  .mapToObj(i -> elements.get(i % elements.size()))
                  .toList()));
    }
    return scalars(type);
  }

  private static @Nullable Object[] firsts(List<DataType> types) {
    return types.stream().map(type -> of(type).get(0)).toArray();
  }

  /** A map that has all values of both types, if its keys can be enough. */
  private static Map<Object, Object> map(MapType type) {
    List<Object> keys = new ArrayList<>(of(type.getKeyType()));
    List<Object> values = of(type.getValueType());
    for (int i = 0; keys.size() < values.size() && type.getKeyType().equals(DataTypes.TEXT); i++) {
      keys.add("k" + i);
    }
    // Java maps of Spark and JDBC take both zeros for one key.
    keys.removeAll(List.of(-0.0, -0.0f));
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), values.get(i % values.size()));
    }
    return map;
  }

  private static List<Object> scalars(DataType type) {
    if (type.equals(DataTypes.ASCII)) {
      return List.of("", "a", "\u0000\u007f", "|'\"\\\n");
    }
    if (type.equals(DataTypes.BIGINT)) {
      return List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
    }
    if (type.equals(DataTypes.BLOB)) {
      return List.of(ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[] {0, -1, 127, -128}));
    }
    if (type.equals(DataTypes.BOOLEAN)) {
      return List.of(false, true);
    }
    if (type.equals(DataTypes.DATE)) {
      return List.of(
          LocalDate.ofEpochDay(Integer.MIN_VALUE),
          LocalDate.of(-100_000, 1, 1),
          LocalDate.of(-44, 3, 15),
          LocalDate.of(1582, 10, 4),
          LocalDate.EPOCH,
          LocalDate.of(9999, 12, 31),
          LocalDate.of(100_000, 12, 31),
          LocalDate.ofEpochDay(Integer.MAX_VALUE));
    }
    if (type.equals(DataTypes.DECIMAL)) {
      return List.of(
          new BigDecimal("0"),
          new BigDecimal("0E-10"),
          new BigDecimal("-12.50"),
          new BigDecimal("1E+400"),
          new BigDecimal("-1E-400"),
          new BigDecimal("-" + "1234567890".repeat(10) + "." + "0987654321".repeat(10)));
    }
    if (type.equals(DataTypes.DOUBLE)) {
      return List.of(
          -0.0,
          0.0,
          Double.NaN,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.MIN_VALUE,
          -Double.MAX_VALUE);
    }
    if (type.equals(DataTypes.DURATION)) {
      return List.of(
          CqlDuration.newInstance(0, 0, 0),
          CqlDuration.newInstance(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE),
          CqlDuration.newInstance(-Integer.MAX_VALUE, -1, -Long.MAX_VALUE));
    }
    if (type.equals(DataTypes.FLOAT)) {
      return List.of(
          -0.0f,
          0.0f,
          Float.NaN,
          Float.NEGATIVE_INFINITY,
          Float.POSITIVE_INFINITY,
          Float.MIN_VALUE,
          -Float.MAX_VALUE);
    }
    if (type.equals(DataTypes.INET)) {
      return List.of(
          address("0.0.0.0"), address("255.255.255.255"), address("::"), address("2001:db8::ff"));
    }
    if (type.equals(DataTypes.INT)) {
      return List.of(Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE);
    }
    if (type.equals(DataTypes.SMALLINT)) {
      return List.of(Short.MIN_VALUE, (short) 0, Short.MAX_VALUE);
    }
    if (type.equals(DataTypes.TEXT)) {
      return List.of("", "nil", "naïve 名前 \uD83D\uDE80", "\u0000", "|'\"\\\n\r\t");
    }
    if (type.equals(DataTypes.TIME)) {
      return List.of(LocalTime.MIDNIGHT, LocalTime.of(12, 0, 0, 1), LocalTime.MAX);
    }
    if (type.equals(DataTypes.TIMESTAMP)) {
      return List.of(
          LocalDate.of(-100_000, 1, 1).atTime(0, 0, 0, 1_000_000).toInstant(ZoneOffset.UTC),
          Instant.parse("1883-11-18T12:03:58.001Z"),
          Instant.ofEpochMilli(-1),
          Instant.EPOCH,
          LocalDate.of(100_000, 12, 31).atTime(23, 59, 59, 999_000_000).toInstant(ZoneOffset.UTC));
    }
    if (type.equals(DataTypes.TIMEUUID)) {
      return List.of(
          UUID.fromString("00000000-0000-1000-8080-808080808080"),
          UUID.fromString("ffffffff-ffff-1fff-bf7f-7f7f7f7f7f7f"));
    }
    if (type.equals(DataTypes.TINYINT)) {
      return List.of(Byte.MIN_VALUE, (byte) 0, Byte.MAX_VALUE);
    }
    if (type.equals(DataTypes.UUID)) {
      return List.of(new UUID(0, 0), new UUID(-1, -1));
    }
    if (type.equals(DataTypes.VARINT)) {
      return List.of(
          BigInteger.ZERO,
          BigInteger.valueOf(Long.MIN_VALUE),
          BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE),
          BigInteger.TEN.pow(9_999).negate());
    }
    throw new IllegalArgumentException("No values of " + type.asCql(true, true));
  }

  private static InetAddress address(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
