package io.ringlake.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * The ports of one cluster: a block of seven that nobody listens on. One for CQL and one for the
 * nodes among themselves, the same at every node's address, then one for JMX per node, since JMX
 * listens on 127.0.0.1 only.
 *
 * @param first the lowest port of the block
 */
record Ports(int first) {

  /** Below the ports that Linux gives to outgoing connections, which come and go. */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;
  private static final int BLOCK = 2 + ClusterSpec.MAX_NODES;
  private static final int TRIES = 1_000;

  /** Ports that are free at the addresses of the first so many nodes. */
  static Ports free(int nodes) {
    RandomGenerator random = RandomGenerator.getDefault();
    for (int tried = 0; tried < TRIES; tried++) {
      Ports ports = new Ports(random.nextInt(LOWEST, HIGHEST - BLOCK));
      if (ports.areFree(nodes)) {
        return ports;
      }
    }
    throw new IllegalStateException(
        ("No %d ports in a row are free between %d and %d on 127.0.0.1 to 127.0.0.%d. Does each of"
                + " these addresses exist (macOS: sudo ifconfig lo0 alias 127.0.0.2)?")
            .formatted(BLOCK, LOWEST, HIGHEST, nodes));
  }

  /** A port at 127.0.0.1 that nobody listens on. */
  static int freeOne() {
    return free(1).first();
  }

  int cql() {
    return first;
  }

  int storage() {
    return first + 1;
  }

  int jmx(int node) {
    return first + 1 + node;
  }

  private boolean areFree(int nodes) {
    for (int node = 1; node <= nodes; node++) {
      if (!isFree(NodeSetup.host(node), cql()) || !isFree(NodeSetup.host(node), storage())) {
        return false;
      }
    }
    for (int node = 1; node <= ClusterSpec.MAX_NODES; node++) {
      if (!isFree(NodeSetup.host(1), jmx(node))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
