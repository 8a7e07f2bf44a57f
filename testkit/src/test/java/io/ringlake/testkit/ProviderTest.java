package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderTest {

  private static final ClusterSpec PLAIN =
      ClusterSpec.ofNodes(1).withVersion(CassandraVersion.V5_0);
  private static final Optional<Path> JARS = Optional.of(Path.of("lib"));
  private static final Optional<Path> NO_JARS = Optional.empty();

  @Test
  void prefersAProcessWhereTheJarsAreThere() {
    assertThat(Provider.choose(PLAIN, null, JARS, ProviderTest::notAsked))
        .isEqualTo(Provider.PROCESS);
  }

  @Test
  void takesAContainerWhereThereAreNoJarsAndAnEngineAnswers() {
    assertThat(Provider.choose(PLAIN, null, NO_JARS, () -> true)).isEqualTo(Provider.CONTAINER);
  }

  @Test
  void obeysTheProperty() {
    assertThat(Provider.choose(PLAIN, "container", JARS, ProviderTest::notAsked))
        .isEqualTo(Provider.CONTAINER);
    assertThat(Provider.choose(PLAIN, "process", NO_JARS, ProviderTest::notAsked))
        .isEqualTo(Provider.PROCESS);
  }

  @Test
  void refusesAPropertyThatNamesNoProvider() {
    assertThatThrownBy(() -> Provider.choose(PLAIN, "docker", JARS, ProviderTest::notAsked))
        .hasMessage(
            "ringlake.testkit.provider is 'docker', which is no way to run Cassandra."
                + " Use one of: process, container.");
  }

  @Test
  void saysHowToGetTheJarsWhenNeitherWayIsOpen() {
    assertThatThrownBy(() -> Provider.choose(PLAIN, null, NO_JARS, () -> false))
        .hasMessageStartingWith("The jars of cassandra-5.0 are not there")
        .hasMessageEndingWith(
            "Run: mvn -B -ntp generate-resources -f testkit/cassandra-5.0."
                + " No Docker engine answers either.");
  }

  @Test
  void doesNotTakeAContainerForSeveralNodes() {
    assertThatThrownBy(
            () -> Provider.choose(ClusterSpec.ofNodes(3), null, NO_JARS, ProviderTest::notAsked))
        .hasMessageEndingWith("A container would do for one node without special settings only.");
  }

  @Test
  void refusesSeveralNodesInAContainerThatWasAskedFor() {
    assertThatThrownBy(() -> Provider.CONTAINER.start(ClusterSpec.ofNodes(3)))
        .hasMessageStartingWith("A container runs one node without special settings, not ")
        .hasMessageEndingWith("Use -Dringlake.testkit.provider=process.");
  }

  private static boolean notAsked() {
    throw new AssertionError("The engine need not be asked");
  }
}
