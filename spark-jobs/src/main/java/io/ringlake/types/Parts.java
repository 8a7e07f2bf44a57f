package io.ringlake.types;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a nested value from its bytes, one after another, each as a slice that shares
 * them. Their notation is that of the <a
 * href="https://github.com/apache/cassandra/blob/trunk/doc/native_protocol_v5.spec">native
 * protocol</a>, sections 3 and 6; bytes that end too early are an {@link
 * IndexOutOfBoundsException}.
 */
final class Parts {

  private final ByteBuffer bytes;
  private int at;

  Parts(ByteBuffer bytes) {
    this.bytes = bytes;
    this.at = bytes.position();
  }

  boolean hasMore() {
    return at < bytes.limit();
  }

  /** The number of elements or entries that follow. */
  int count() {
    int count = bytes.getInt(at);
    at += Integer.BYTES;
    return count;
  }

  /** A value after its length; null where the length is negative. */
  @Nullable ByteBuffer value() {
    int length = count();
    return length < 0 ? null : next(length);
  }

  /** The next so many bytes. */
  ByteBuffer next(int length) {
    ByteBuffer part = bytes.slice(at, length);
    at += length;
    return part;
  }

  /**
   * A value after its length as an unsigned vint: the leading ones of the first byte count the
   * bytes that follow, most significant first, as {@code VIntCoding} of Cassandra says.
   */
  ByteBuffer valueOfVintLength() {
    int first = bytes.get(at++) & 0xff;
    int following = Integer.numberOfLeadingZeros(~(first << 24));
    long length = first & (0xff >> following);
    for (int i = 0; i < following; i++) {
      length = (length << Byte.SIZE) | (bytes.get(at++) & 0xff);
    }
    return next(Math.toIntExact(length));
  }

  /** What lies between two places. */
  ByteBuffer between(int start, int end) {
    return bytes.slice(start, end - start);
  }

  /** The place of the next part. */
  int place() {
    return at;
  }
}
