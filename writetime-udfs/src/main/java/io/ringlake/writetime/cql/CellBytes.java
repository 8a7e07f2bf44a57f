package io.ringlake.writetime.cql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The bytes that Cassandra stores for a value, from what the value is in Spark ({@code
 * docs/types.md}). Each method is named for its CQL type and gives an array of its own; none takes
 * or gives null. The formats are those of the <a
 * href="https://github.com/apache/cassandra/blob/trunk/doc/native_protocol_v5.spec">native
 * protocol</a>, section 6.
 *
 * <p>Public, since the code that Spark generates calls it.
 */
public final class CellBytes {

  private static final long MICROS_PER_MILLI = 1000;

  private CellBytes() {}

  /** Of ascii, text and varchar: UTF-8. */
  public static byte[] text(UTF8String value) {
    return value.getBytes().clone();
  }

  public static byte[] blob(byte[] value) {
    return value.clone();
  }

  public static byte[] bool(boolean value) {
    return new byte[] {(byte) (value ? 1 : 0)};
  }

  public static byte[] tinyint(byte value) {
    return new byte[] {value};
  }

  public static byte[] smallint(short value) {
    return ByteBuffer.allocate(Short.BYTES).putShort(value).array();
  }

  /** Of int: four bytes, most significant first. */
  public static byte[] int32(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  public static byte[] bigint(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  /** Of float: the bits as they are, those of NaN too. */
  public static byte[] float32(float value) {
    return int32(Float.floatToRawIntBits(value));
  }

  /** Of double: the bits as they are, those of NaN too. */
  public static byte[] float64(double value) {
    return bigint(Double.doubleToRawLongBits(value));
  }

  /**
   * The scale, then the digits without it: {@code 12.5} and {@code 12.50} are different bytes.
   *
   * @param value as {@link BigDecimal#BigDecimal(String)} reads it
   * @throws IllegalArgumentException if it is no number
   */
  public static byte[] decimal(UTF8String value) {
    BigDecimal number;
    try {
      number = new BigDecimal(value.toString());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not a decimal: expected digits such as 12.50 or 1E+400".formatted(value), e);
    }
    byte[] unscaled = number.unscaledValue().toByteArray();
    return ByteBuffer.allocate(Integer.BYTES + unscaled.length)
        .putInt(number.scale())
        .put(unscaled)
        .array();
  }

  /**
   * As few bytes of two's complement as hold the number.
   *
   * @param value as {@link BigInteger#BigInteger(String)} reads it
   * @throws IllegalArgumentException if it is no whole number
   */
  public static byte[] varint(UTF8String value) {
    try {
      return new BigInteger(value.toString()).toByteArray();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not a varint: expected decimal digits such as -42".formatted(value), e);
    }
  }

  /**
   * Of uuid and timeuuid.
   *
   * @throws IllegalArgumentException if it is no uuid of 36 characters
   */
  public static byte[] uuid(UTF8String value) {
    return UuidText.bytes(value);
  }

  /**
   * Four or sixteen bytes; names are not looked up.
   *
   * @throws IllegalArgumentException if it is no address
   */
  public static byte[] inet(UTF8String value) {
    return InetText.bytes(value);
  }

  /** Of days since the epoch, which CQL counts from the middle of an unsigned int. */
  public static byte[] date(int daysSinceEpoch) {
    return int32(daysSinceEpoch ^ Integer.MIN_VALUE);
  }

  /** Of nanoseconds since midnight. */
  public static byte[] time(long nanosOfDay) {
    return bigint(nanosOfDay);
  }

  /** Of microseconds since the epoch. CQL has milliseconds: what is left of one is cut off. */
  public static byte[] timestamp(long microsSinceEpoch) {
    return bigint(Math.floorDiv(microsSinceEpoch, MICROS_PER_MILLI));
  }
}
