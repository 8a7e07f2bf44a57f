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
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws values of any CQL type, as the driver takes them; dates, times and texts such that each
 * reader of a lake can show them.
 */
public final class RandomValues {

  private static final List<String> TEXTS = List.of("", "a", "naïve", "名前", "🚀 x", "|", "'\"");
  private static final int YEARS_TO_2100_IN_SECONDS = 4_102_444;

  private final Random random;
  private final Map<DataType, Supplier<Object>> scalars;

  public RandomValues(Random random) {
    this.random = random;
    this.scalars =
        Map.ofEntries(
            Map.entry(DataTypes.ASCII, () -> "a".repeat(random.nextInt(5))),
            Map.entry(DataTypes.BIGINT, random::nextLong),
            Map.entry(DataTypes.BLOB, () -> ByteBuffer.wrap(bytes(random.nextInt(9)))),
            Map.entry(DataTypes.BOOLEAN, random::nextBoolean),
            Map.entry(DataTypes.DATE, () -> LocalDate.of(1 + random.nextInt(9_999), 2, 28)),
            Map.entry(DataTypes.DECIMAL, () -> new BigDecimal(number(), random.nextInt(40) - 20)),
            Map.entry(DataTypes.DOUBLE, random::nextGaussian),
            Map.entry(DataTypes.DURATION, this::duration),
            Map.entry(DataTypes.FLOAT, () -> (float) random.nextGaussian()),
            Map.entry(DataTypes.INET, this::address),
            Map.entry(DataTypes.INT, random::nextInt),
            Map.entry(DataTypes.SMALLINT, () -> (short) random.nextInt()),
            Map.entry(DataTypes.TEXT, () -> TEXTS.get(random.nextInt(TEXTS.size()))),
            Map.entry(
                DataTypes.TIME, () -> LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L))),
            // From 1970 on: before, DuckDB's JDBC driver is a second off for fractions of one.
            Map.entry(
                DataTypes.TIMESTAMP,
                () -> Instant.ofEpochMilli(random.nextLong(1_000_000L * YEARS_TO_2100_IN_SECONDS))),
            Map.entry(DataTypes.TIMEUUID, () -> Uuids.startOf(random.nextInt(1_000_000_000))),
            Map.entry(DataTypes.TINYINT, () -> (byte) random.nextInt()),
            Map.entry(DataTypes.UUID, () -> new UUID(random.nextLong(), random.nextLong())),
            Map.entry(DataTypes.VARINT, this::number));
  }

  /** A value, never null at the top; a part of a tuple or user-defined type may be. */
  public Object of(DataType type) {
    if (type instanceof ListType list) {
      return some(list.getElementType()).toList();
    }
    if (type instanceof SetType set) {
      return new LinkedHashSet<>(some(set.getElementType()).toList());
    }
    if (type instanceof MapType map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      some(map.getKeyType()).forEach(key -> entries.put(key, of(map.getValueType())));
      return entries;
    }
    if (type instanceof TupleType tuple) {
      return tuple.newValue(parts(tuple.getComponentTypes()));
    }
    if (type instanceof UserDefinedType userDefined) {
      return userDefined.newValue(parts(userDefined.getFieldTypes()));
    }
    if (type instanceof VectorType vector) {
      return CqlVector.newInstance(
          Stream.generate(() -> of(vector.getElementType()))
              .limit(vector.getDimensions())
              .toList());
    }
    Supplier<Object> scalar = scalars.get(type);
    if (scalar == null) {
      throw new IllegalStateException("No value is drawn of " + type.asCql(true, true));
    }
    return scalar.get();
  }

  private Stream<Object> some(DataType type) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> of(type));
  }

  private @Nullable Object[] parts(List<DataType> types) {
    return types.stream().map(type -> random.nextInt(5) == 0 ? null : of(type)).toArray();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private BigInteger number() {
    return new BigInteger(1 + random.nextInt(200), random).subtract(BigInteger.valueOf(1 << 20));
  }

  private CqlDuration duration() {
    return CqlDuration.newInstance(
        random.nextInt(1_000), random.nextInt(1_000), random.nextLong(1L << 60));
  }

  private InetAddress address() {
    try {
      return InetAddress.getByAddress(bytes(random.nextBoolean() ? 4 : 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
