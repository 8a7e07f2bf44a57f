package io.ringlake.writetime.cql;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Murmur3 of 128 bits with seed 0 as Cassandra has it: the bytes after the last whole block are
 * taken as signed, which is not what the <a
 * href="https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp">reference</a> does,
 * but what all tokens of all clusters are made with ({@code
 * org.apache.cassandra.utils.MurmurHash#hash3_x64_128}).
 */
final class Murmur3 {

  private static final int BLOCK_BYTES = 16;
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private Murmur3() {}

  /** The first 64 of the 128 bits. */
  static long firstHalf(byte[] key) {
    long h1 = 0;
    long h2 = 0;
    int tail = key.length / BLOCK_BYTES * BLOCK_BYTES;
    ByteBuffer blocks = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < tail; at += BLOCK_BYTES) {
      h1 ^= mixFirst(blocks.getLong(at));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= mixSecond(blocks.getLong(at + Long.BYTES));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }

    h1 ^= mixFirst(signedBytes(key, tail, Math.min(key.length, tail + Long.BYTES)));
    h2 ^= mixSecond(signedBytes(key, tail + Long.BYTES, key.length));
    h1 ^= key.length;
    h2 ^= key.length;
    h1 += h2;
    h2 += h1;
    return finish(h1) + finish(h2);
  }

  /** 0 if the end is not after the start. */
  private static long signedBytes(byte[] key, int start, int end) {
    long word = 0;
    for (int i = start; i < end; i++) {
      word ^= ((long) key[i]) << ((i - start) * Byte.SIZE);
    }
    return word;
  }

  private static long mixFirst(long k1) {
    return Long.rotateLeft(k1 * C1, 31) * C2;
  }

  private static long mixSecond(long k2) {
    return Long.rotateLeft(k2 * C2, 33) * C1;
  }

  private static long finish(long hash) {
    long k = hash;
    k ^= k >>> 33;
    k *= 0xff51afd7ed558ccdL;
    k ^= k >>> 33;
    k *= 0xc4ceb9fe1a85ec53L;
    k ^= k >>> 33;
    return k;
  }
}
