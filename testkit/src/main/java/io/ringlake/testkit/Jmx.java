package io.ringlake.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a node says of its cluster through JMX; far quicker than {@code nodetool} with its own JVM.
 */
final class Jmx {

  private Jmx() {}

  /**
   * The hosts of the nodes that this one sees alive, itself included; none if it does not answer.
   */
  @SuppressWarnings("BanJNDI") // at the other end is our own child, on this machine
  static Set<String> liveNodes(int port) {
    try (JMXConnector connector =
        JMXConnectorFactory.connect(
            new JMXServiceURL(
                "service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(port)))) {
      Object hosts =
          connector
              .getMBeanServerConnection()
              .getAttribute(
                  new ObjectName("org.apache.cassandra.db:type=StorageService"), "LiveNodes");
      return ((List<?>) hosts).stream().map(Object::toString).collect(Collectors.toSet());
    } catch (IOException | JMException e) {
      return Set.of();
    }
  }
}
