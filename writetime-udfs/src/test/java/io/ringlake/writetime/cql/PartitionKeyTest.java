package io.ringlake.writetime.cql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartitionKeyTest {

  @Test
  void framesEachColumn() {
    byte[] key = PartitionKey.append(new byte[0], new byte[] {7});

    assertThat(key).containsExactly(0, 1, 7, 0);
    assertThat(PartitionKey.append(key, new byte[0])).containsExactly(0, 1, 7, 0, 0, 0, 0);
  }

  @Test
  void takesAColumnOfAsManyBytesAsTwoBytesCanSay() {
    byte[] key = PartitionKey.append(new byte[0], new byte[65_535]);

    assertThat(key).hasSize(65_538).startsWith(0xff, 0xff);
    assertThatThrownBy(() -> PartitionKey.append(key, new byte[65_536]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A column of a partition key has 65536 bytes: expected at most 65535");
  }

  @Test
  void hasTheLeastTokenForTheEmptyKeyOnly() {
    assertThat(PartitionKey.token(new byte[0])).isEqualTo(Long.MIN_VALUE);
    assertThat(PartitionKey.token(new byte[1])).isNotEqualTo(Long.MIN_VALUE);
  }
}
