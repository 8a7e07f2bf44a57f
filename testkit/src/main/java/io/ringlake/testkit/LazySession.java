package io.ringlake.testkit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The session of a cluster; opened when first asked for, so that a cluster needs no driver. */
final class LazySession {

  private final Access access;
  private @Nullable CqlSession session;

  LazySession(Access access) {
    this.access = access;
  }

  synchronized CqlSession get(CassandraCluster cluster) {
    if (session == null) {
      session = Driver.open(cluster, access);
    }
    return session;
  }

  /**
   * Waits until the session, if it was ever asked for, is connected with a node that has started or
   * goes on. The driver finds out by itself, but in its own time.
   */
  synchronized void awaitConnection(InetSocketAddress address) {
    CqlSession open = session;
    if (open != null) {
      Patience.await(
          Driver.MINUTES,
          () -> Driver.isConnected(open, address),
          () ->
              "The session has no connection with %s after %s".formatted(address, Driver.MINUTES));
    }
  }

  synchronized void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  /** Apart, so that the driver's classes are not looked for before a session is. */
  private static final class Driver {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MINUTES = Duration.ofMinutes(2);

    static boolean isConnected(CqlSession session, InetSocketAddress address) {
      return session.getMetadata().getNodes().values().stream()
          .filter(node -> node.getEndPoint().resolve().equals(address))
          .anyMatch(node -> answers(session, node));
    }

    private static boolean answers(CqlSession session, Node node) {
      try {
        session.execute(
            SimpleStatement.newInstance("SELECT key FROM system.local")
                .setNode(node)
                .setTimeout(PATIENCE));
        return true;
      } catch (DriverException e) {
        return false;
      }
    }

    static CqlSession open(CassandraCluster cluster, Access access) {
      CqlSessionBuilder builder =
          CqlSession.builder()
              .addContactPoints(cluster.contactPoints())
              .withLocalDatacenter(cluster.localDatacenter())
              .withConfigLoader(
                  DriverConfigLoader.programmaticBuilder()
                      .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(60))
                      .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
                      .withDuration(DefaultDriverOption.CONNECTION_SET_KEYSPACE_TIMEOUT, PATIENCE)
                      .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
                      .withDuration(
                          DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, MINUTES)
                      .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, PATIENCE)
                      // Who makes a table waits until the session has read the schema again. On
                      // several nodes that is as well: not all know of it at once.
                      .withDuration(
                          DefaultDriverOption.METADATA_SCHEMA_WINDOW,
                          cluster.nodes().size() == 1 ? Duration.ZERO : Duration.ofSeconds(1))
                      .withDuration(
                          DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                      .withDuration(
                          DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(1))
                      .build());
      if (access == Access.PASSWORD) {
        builder.withAuthCredentials(CassandraCluster.SUPERUSER, CassandraCluster.SUPERUSER);
      }
      return builder.build();
    }
  }
}
