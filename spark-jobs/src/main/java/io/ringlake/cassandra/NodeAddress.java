package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.metadata.Node;
import java.net.InetSocketAddress;

/** A node's address as our plans, messages and preferred locations spell it. */
public final class NodeAddress {

  private NodeAddress() {}

  /** {@code host:port}, where host is the address without a name of it being looked up. */
  public static String of(Node node) {
    if (node.getEndPoint().resolve() instanceof InetSocketAddress address) {
      return address.getHostString() + ":" + address.getPort();
    }
    return node.getEndPoint().toString();
  }

  /** The host of {@code host:port}. */
  public static String host(String hostAndPort) {
    return hostAndPort.substring(0, hostAndPort.lastIndexOf(':'));
  }
}
