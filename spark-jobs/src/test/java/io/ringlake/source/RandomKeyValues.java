package io.ringlake.source;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Values of all types that a partition key can have, as the driver takes them. */
final class RandomKeyValues {

  /** By their names in CQL; varchar is text. */
  static final List<String> TYPES =
      List.of(
          "ascii",
          "text",
          "blob",
          "boolean",
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "float",
          "double",
          "decimal",
          "varint",
          "uuid",
          "timeuuid",
          "inet",
          "date",
          "time",
          "timestamp");

  private static final int MOST_CHARACTERS = 40;
  private static final int MOST_BITS = 200;
  private static final int MOST_DAYS = 10_000_000;

  /** In milliseconds before and after the epoch: some 30,000 years. */
  private static final long MOST_MILLIS = 1_000_000_000_000_000L;

  private final Random random;

  RandomKeyValues(long seed) {
    random = new Random(seed);
  }

  /**
   * A value of a type.
   *
   * @param leastLength of texts and blobs: a key of one column cannot be empty
   */
  Object next(String type, int leastLength) {
    return switch (type) {
      case "ascii" -> new String(printable(length(leastLength)), StandardCharsets.US_ASCII);
      case "text" -> text(length(leastLength));
      case "blob" -> ByteBuffer.wrap(bytes(length(leastLength)));
      case "boolean" -> random.nextBoolean();
      case "tinyint" -> (byte) random.nextInt();
      case "smallint" -> (short) random.nextInt();
      case "int" -> random.nextInt();
      case "bigint" -> random.nextLong();
      // All NaNs as the one that Java has: Spark keeps no other.
      case "float" -> Float.intBitsToFloat(Float.floatToIntBits(bitsAsFloat()));
      case "double" -> Double.longBitsToDouble(Double.doubleToLongBits(bitsAsDouble()));
      case "decimal" -> new BigDecimal(integer(), random.nextInt(80) - 40);
      case "varint" -> integer();
      case "uuid" -> new UUID(random.nextLong(), random.nextLong());
      case "timeuuid" -> Uuids.startOf(random.nextLong(MOST_MILLIS / 1000));
      case "inet" -> address();
      case "date" -> LocalDate.ofEpochDay(random.nextInt(-MOST_DAYS, MOST_DAYS));
      case "time" -> LocalTime.ofNanoOfDay(random.nextLong(LocalTime.MAX.toNanoOfDay()));
      case "timestamp" -> Instant.ofEpochMilli(random.nextLong(-MOST_MILLIS, MOST_MILLIS));
      default -> throw new IllegalArgumentException(type);
    };
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

  private BigInteger integer() {
    BigInteger value = new BigInteger(random.nextInt(MOST_BITS), random);
    return random.nextBoolean() ? value : value.negate();
  }

  private InetAddress address() {
    try {
      return InetAddress.getByAddress(bytes(random.nextBoolean() ? 4 : 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
