package io.ringlake.types;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import java.nio.ByteBuffer;

/** Values as a page holds them. */
final class PageBytes {

  private PageBytes() {}

  /** What the driver's codec makes of a value, somewhere inside of a larger array. */
  static <T> ByteBuffer bytes(TypeCodec<T> codec, T value) {
    ByteBuffer bytes = codec.encode(value, ProtocolVersion.DEFAULT);
    ByteBuffer page = ByteBuffer.allocate(bytes.remaining() + 7);
    page.position(3);
    page.put(bytes.duplicate());
    page.flip().position(3);
    return page.slice();
  }
}
