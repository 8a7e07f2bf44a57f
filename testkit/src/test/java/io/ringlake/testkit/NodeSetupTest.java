package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NodeSetupTest {

  private static final Ports PORTS = new Ports(21_000);

  @Test
  void givesEachNodeAnAddressAndAllTheSamePorts() {
    NodeSetup node = node(ClusterSpec.ofNodes(3), 2);

    assertThat(node.address()).isEqualTo(new InetSocketAddress("127.0.0.2", 21_000));
    assertThat(node.yaml())
        .contains("listen_address: 127.0.0.2\n", "rpc_address: 127.0.0.2\n")
        .contains("native_transport_port: 21000\n", "storage_port: 21001\n");
  }

  @Test
  void givesEachNodeAJmxPortOfItsOwn() {
    assertThat(node(ClusterSpec.ofNodes(5), 1).jmxPort()).isEqualTo(21_002);
    assertThat(node(ClusterSpec.ofNodes(5), 5).jmxPort()).isEqualTo(21_006);
  }

  @Test
  void foundersFetchNothingAndKnowThoseBeforeThem() {
    assertThat(node(ClusterSpec.ofNodes(3), 2).yaml())
        .contains("auto_bootstrap: false\n", "seeds: \"127.0.0.1:21001,127.0.0.2:21001\"");
  }

  @Test
  void aNodeThatJoinsFetchesItsShareFromTheFounders() {
    assertThat(node(ClusterSpec.ofNodes(2), 3).yaml())
        .contains("auto_bootstrap: true\n", "seeds: \"127.0.0.1:21001,127.0.0.2:21001\"");
  }

  @Test
  void passesOnPartitionerAccessAndTokens() {
    ClusterSpec spec =
        ClusterSpec.ofNodes(1)
            .withPartitioner(Partitioner.BYTE_ORDERED)
            .withAccess(Access.PASSWORD)
            .withNumTokens(4);

    assertThat(node(spec, 1).yaml())
        .contains("partitioner: org.apache.cassandra.dht.ByteOrderedPartitioner\n")
        .contains("authenticator: PasswordAuthenticator\n", "authorizer: CassandraAuthorizer\n")
        .contains("num_tokens: 4\n")
        .doesNotContain("initial_token"); // those we make are Murmur3's
  }

  private static NodeSetup node(ClusterSpec spec, int number) {
    return new NodeSetup(spec, PORTS, number, Path.of("/nodes/" + number));
  }
}
