package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSpecTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 6})
  void refusesAClusterOfNoneOrOfTooManyNodes(int nodes) {
    assertThatThrownBy(() -> ClusterSpec.ofNodes(nodes))
        .hasMessage("A cluster of %d nodes cannot be started. Ask for 1 to 5.".formatted(nodes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 257})
  void refusesANodeWithNoneOrTooManyTokens(int numTokens) {
    assertThatThrownBy(() -> ClusterSpec.ofNodes(1).withNumTokens(numTokens))
        .hasMessage("A node cannot have %d tokens. Ask for 1 to 256.".formatted(numTokens));
  }

  @Test
  void isPlainOnlyAsOneNodeWithoutAnySetting() {
    ClusterSpec plain = ClusterSpec.ofNodes(1);

    assertThat(plain.isOnePlainNode()).isTrue();
    assertThat(plain.withNodes(2).isOnePlainNode()).isFalse();
    assertThat(plain.withNumTokens(1).isOnePlainNode()).isFalse();
    assertThat(plain.withPartitioner(Partitioner.RANDOM).isOnePlainNode()).isFalse();
    assertThat(plain.withAccess(Access.PASSWORD).isOnePlainNode()).isFalse();
  }

  @Test
  void knowsItsVersionsByNumber() {
    assertThat(CassandraVersion.of("5.0")).isEqualTo(CassandraVersion.V5_0);
    assertThatThrownBy(() -> CassandraVersion.of("3.11"))
        .hasMessage("The testkit has no Cassandra 3.11. Use one of: 4.0, 4.1, 5.0.");
  }
}
