package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestkitMainTest {

  @Test
  void startsOnePlainNodeUnlessTold() {
    assertThat(TestkitMain.spec(List.of("start"))).isEqualTo(ClusterSpec.ofNodes(1));
  }

  @Test
  void readsItsFlags() {
    assertThat(
            TestkitMain.spec(
                List.of("start", "--nodes", "3", "--num-tokens", "1", "--version", "4.0")))
        .isEqualTo(ClusterSpec.ofNodes(3).withNumTokens(1).withVersion(CassandraVersion.V4_0));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> TestkitMain.spec(List.of("stop"))).hasMessage(TestkitMain.USAGE);
    assertThatThrownBy(() -> TestkitMain.spec(List.of("start", "--node", "3")))
        .hasMessage("Unknown flag --node. " + TestkitMain.USAGE);
    assertThatThrownBy(() -> TestkitMain.spec(List.of("start", "--nodes")))
        .hasMessage("--nodes has no value. " + TestkitMain.USAGE);
    assertThatThrownBy(() -> TestkitMain.spec(List.of("start", "--nodes", "three")))
        .hasMessage("--nodes is 'three', not a number");
  }
}
