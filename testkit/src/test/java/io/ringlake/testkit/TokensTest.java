package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokensTest {

  @Test
  void areTheSameAtEveryStart() {
    assertThat(Tokens.murmur3(1, 2)).isEqualTo("-4964420948893066024,7564655870752979346");
  }

  @Test
  void areAsManyAsAskedForAndNoTwoNodesShareOne() {
    List<Long> ofAllNodes =
        IntStream.rangeClosed(1, ClusterSpec.MAX_NODES)
            .mapToObj(node -> tokens(node, 256))
            .flatMap(Collection::stream)
            .toList();

    assertThat(ofAllNodes).hasSize(256 * ClusterSpec.MAX_NODES).doesNotHaveDuplicates();
  }

  private static List<Long> tokens(int node, int count) {
    return Arrays.stream(Tokens.murmur3(node, count).split(",")).map(Long::parseLong).toList();
  }
}
