package io.ringlake.writetime.cql;

import java.nio.ByteBuffer;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The time in a uuid of version 1 (CQL's timeuuid): <a
 * href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-1">RFC 9562, section 5.1</a>.
 *
 * <p>Public, since the code that Spark generates calls it.
 */
public final class TimeUuid {

  /** From the uuid's epoch, 1582-10-15 00:00 UTC, to that of Unix. */
  private static final long EPOCH_IN_TICKS = 0x01b21dd213814000L;

  private static final long TICKS_PER_MICRO = 10;

  private TimeUuid() {}

  /**
   * Microseconds since the epoch; the uuid counts tenths of one, which are cut off.
   *
   * @throws IllegalArgumentException if the text is no uuid or one of another version, which holds
   *     no time
   */
  public static long micros(UTF8String text) {
    ByteBuffer uuid = ByteBuffer.wrap(UuidText.bytes(text));
    long low = Integer.toUnsignedLong(uuid.getInt());
    long middle = Short.toUnsignedLong(uuid.getShort());
    long versionAndHigh = Short.toUnsignedLong(uuid.getShort());
    long version = versionAndHigh >> 12;
    if (version != 1) {
      throw new IllegalArgumentException(
          "'%s' is a uuid of version %d, which holds no time: expected version 1 (timeuuid)"
              .formatted(text, version));
    }
    long ticks = (versionAndHigh & 0x0fff) << 48 | middle << 32 | low;
    return Math.floorDiv(ticks - EPOCH_IN_TICKS, TICKS_PER_MICRO);
  }
}
