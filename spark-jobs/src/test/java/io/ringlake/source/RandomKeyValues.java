package io.ringlake.source;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.ringlake.testing.RandomValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Values of all types that a partition key can have, as the driver takes them; of those that {@link
 * RandomValues} draws from a part of their range, from all of it.
 */
final class RandomKeyValues {

  /** Varchar is text. */
  static final List<DataType> TYPES =
      List.of(
          DataTypes.ASCII,
          DataTypes.TEXT,
          DataTypes.BLOB,
          DataTypes.BOOLEAN,
          DataTypes.TINYINT,
          DataTypes.SMALLINT,
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.FLOAT,
          DataTypes.DOUBLE,
          DataTypes.DECIMAL,
          DataTypes.VARINT,
          DataTypes.UUID,
          DataTypes.TIMEUUID,
          DataTypes.INET,
          DataTypes.DATE,
          DataTypes.TIME,
          DataTypes.TIMESTAMP);

  private static final int MOST_CHARACTERS = 40;
  private static final int MOST_DAYS = 10_000_000;

  /** In milliseconds before and after the epoch: some 30,000 years. */
  private static final long MOST_MILLIS = 1_000_000_000_000_000L;

  private final Random random;
  private final RandomValues values;
  private final Map<DataType, IntFunction<Object>> wider;

  RandomKeyValues(long seed) {
    random = new Random(seed);
    values = new RandomValues(random);
    wider =
        Map.of(
            DataTypes.ASCII,
            least -> new String(printable(length(least)), StandardCharsets.US_ASCII),
            DataTypes.TEXT,
            least -> text(length(least)),
            DataTypes.BLOB,
            least -> ByteBuffer.wrap(bytes(length(least))),
            // All NaNs as the one that Java has: Spark keeps no other.
            DataTypes.FLOAT,
            least -> Float.intBitsToFloat(Float.floatToIntBits(bitsAsFloat())),
            DataTypes.DOUBLE,
            least -> Double.longBitsToDouble(Double.doubleToLongBits(bitsAsDouble())),
            DataTypes.TIMEUUID,
            least -> Uuids.startOf(random.nextLong(MOST_MILLIS / 1000)),
            DataTypes.DATE,
            least -> LocalDate.ofEpochDay(random.nextInt(-MOST_DAYS, MOST_DAYS)),
            DataTypes.TIMESTAMP,
            least -> Instant.ofEpochMilli(random.nextLong(-MOST_MILLIS, MOST_MILLIS)));
  }

  /**
   * A value of a type.
   *
   * @param leastLength of texts and blobs: a key of one column cannot be empty
   */
  Object next(DataType type, int leastLength) {
    IntFunction<Object> draw = wider.get(type);
    return draw == null ? values.of(type) : draw.apply(leastLength);
  }

  private int length(int least) {
    return random.nextInt(least, MOST_CHARACTERS);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] printable(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(' ', 0x7f);
    }
    return bytes;
  }

  /** Characters of one to four bytes. */
  private String text(int length) {
    StringBuilder text = new StringBuilder();
    while (text.codePointCount(0, text.length()) < length) {
      int character = random.nextInt(1 << random.nextInt(1, 21));
      if (Character.isDefined(character) && Character.getType(character) != Character.SURROGATE) {
        text.appendCodePoint(character);
      }
    }
    return text.toString();
  }

  private float bitsAsFloat() {
    return Float.intBitsToFloat(random.nextInt());
  }

  private double bitsAsDouble() {
    return Double.longBitsToDouble(random.nextLong());
  }
}
