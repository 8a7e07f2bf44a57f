package io.ringlake.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.writetime.CellAspect;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExtremeTest {

  private static final CellDecoder GREATEST = CqlTypes.extremeOf(CellAspect.WRITETIME, true);
  private static final CellDecoder LEAST = CqlTypes.extremeOf(CellAspect.WRITETIME, false);
  private static final CellDecoder LONGEST = CqlTypes.extremeOf(CellAspect.TTL, true);
  private static final CellDecoder SHORTEST = CqlTypes.extremeOf(CellAspect.TTL, false);

  private static ByteBuffer bigints(@Nullable Long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + values.length * 12).putInt(values.length);
    for (Long value : values) {
      bytes.putInt(value == null ? -1 : Long.BYTES);
      if (value != null) {
        bytes.putLong(value);
      }
    }
    return bytes.flip();
  }

  private static ByteBuffer ints(@Nullable Integer... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + values.length * 8).putInt(values.length);
    for (Integer value : values) {
      bytes.putInt(value == null ? -1 : Integer.BYTES);
      if (value != null) {
        bytes.putInt(value);
      }
    }
    return bytes.flip();
  }

  @Test
  void findsTheGreatestAndTheLeastWriteTime() {
    ByteBuffer bytes = bigints(127L, null, 128L, -5L, 256L);

    assertThat(GREATEST.getLong(bytes)).isEqualTo(256);
    assertThat(LEAST.getLong(bytes)).isEqualTo(-5);
  }

  @Test
  void takesACellWithoutATtlForTheOneThatLivesLongest() {
    assertThat(LONGEST.getInt(ints(127, 128))).isEqualTo(128);
    assertThat(LONGEST.isNull(ints(127, null))).isTrue();
    assertThat(SHORTEST.getInt(ints(128, null, 127))).isEqualTo(127);
  }

  @Test
  void isNullWithoutACell() {
    assertThat(GREATEST.isNull(null)).isTrue();
    assertThat(GREATEST.isNull(bigints())).isTrue();
    assertThat(LEAST.isNull(bigints(null, null))).isTrue();
    assertThat(SHORTEST.isNull(ints())).isTrue();
  }
}
