package io.ringlake.types;

import static io.ringlake.types.PageBytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.ringlake.writetime.CellAspect;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldCellsTest {

  private static final CellDecoder LONGEST = CqlTypes.extremeOf(CellAspect.TTL, true);

  /** A list whose elements may be null, as Cassandra tells figures of fields. */
  private static ByteBuffer list(@Nullable ByteBuffer... elements) {
    ByteBuffer list = ByteBuffer.allocate(Integer.BYTES + 12 * elements.length);
    list.putInt(elements.length);
    for (ByteBuffer element : elements) {
      if (element == null) {
        list.putInt(-1);
      } else {
        list.putInt(element.remaining()).put(element.duplicate());
      }
    }
    return list.flip();
  }

  private static ByteBuffer ttl(int seconds) {
    return bytes(TypeCodecs.INT, seconds);
  }

  private static ByteBuffer time() {
    return bytes(TypeCodecs.BIGINT, 1000L);
  }

  @Test
  void leavesOutFieldsWithoutAValue() {
    ByteBuffer ttls = list(ttl(60), null, ttl(90));

    ByteBuffer present = FieldCells.present(ttls, list(time(), null, time()));

    assertThat(LONGEST.isNull(ttls)).isTrue();
    assertThat(LONGEST.isNull(present)).isFalse();
    assertThat(LONGEST.getInt(present)).isEqualTo(90);
  }

  @Test
  void keepsFieldsThatLiveForEver() {
    ByteBuffer present = FieldCells.present(list(ttl(60), null), list(time(), time()));

    assertThat(LONGEST.isNull(present)).isTrue();
  }

  @Test
  void refusesFiguresOfOtherFields() {
    assertThatThrownBy(() -> FieldCells.present(list(ttl(60)), list(time(), time())))
        .hasMessage("2 write times for 1 figures of fields");
  }
}
