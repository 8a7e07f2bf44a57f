package io.ringlake.writetime.cql;

import java.nio.ByteBuffer;

/**
 * Partition keys and their tokens under the {@code Murmur3Partitioner}: {@code
 * org.apache.cassandra.dht.Murmur3Partitioner#getToken}. A key of one column is that column's
 * bytes; one of several is their {@link #append chain}.
 *
 * <p>Public, since the code that Spark generates calls it.
 */
public final class PartitionKey {

  private static final int MAX_COMPONENT_BYTES = 0xffff;

  private PartitionKey() {}

  /**
   * A key of several columns with one more: the length of its bytes in two, its bytes, a zero
   * ({@code org.apache.cassandra.db.marshal.CompositeType}).
   *
   * @param key the columns before; empty before the first
   * @throws IllegalArgumentException if the column has more than 65,535 bytes, which no key can
   */
  public static byte[] append(byte[] key, byte[] component) {
    if (component.length > MAX_COMPONENT_BYTES) {
      throw new IllegalArgumentException(
          "A column of a partition key has %d bytes: expected at most %d"
              .formatted(component.length, MAX_COMPONENT_BYTES));
    }
    return ByteBuffer.allocate(key.length + Short.BYTES + component.length + 1)
        .put(key)
        .putShort((short) component.length)
        .put(component)
        .put((byte) 0)
        .array();
  }

  /**
   * Where a key lies on the ring. As in Cassandra, {@link Long#MIN_VALUE} is the token of the empty
   * key alone, which no table can hold; a key that hashes to it has {@link Long#MAX_VALUE}.
   */
  public static long token(byte[] key) {
    if (key.length == 0) {
      return Long.MIN_VALUE;
    }
    long hash = Murmur3.firstHalf(key);
    return hash == Long.MIN_VALUE ? Long.MAX_VALUE : hash;
  }
}
