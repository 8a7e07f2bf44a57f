package io.ringlake.testkit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Statements that change the schema. All go to one node, since another one learns of the first in
 * its own time, and each node is asked in the end: the driver's own wait asks the node of its
 * control connection what it has heard of the others, and ends when that one has not heard of the
 * change either.
 */
final class SchemaChange {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CqlSession session;

  private SchemaChange(CqlSession session) {
    this.session = session;
  }

  /**
   * Executes the statements in their order, and waits until all nodes that are not down know of
   * them.
   *
   * @throws IllegalStateException if a node does not after minutes
   */
  static void execute(CqlSession session, String... statements) {
    new SchemaChange(session).execute(statements);
  }

  private void execute(String... statements) {
    Node coordinator =
        nodes().stream()
            .filter(node -> node.getState() == NodeState.UP)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("The session has no node that is up"));
    for (String statement : statements) {
      session.execute(SimpleStatement.newInstance(statement).setNode(coordinator));
    }
    Patience.await(
        PATIENCE,
        this::allNodesAgree,
        () -> "The nodes do not agree about the schema after %s".formatted(PATIENCE));
  }

  private boolean allNodesAgree() {
    List<UUID> versions = new ArrayList<>();
    for (Node node : nodes()) {
      try {
        versions.add(
            session
                .execute(
                    SimpleStatement.newInstance("SELECT schema_version FROM system.local")
                        .setNode(node))
                .all()
                .get(0)
                .getUuid(0));
      } catch (DriverException e) {
        return false;
      }
    }
    return versions.stream().distinct().count() == 1;
  }

  /** Also those that the session has not reached yet. */
  private List<Node> nodes() {
    return session.getMetadata().getNodes().values().stream()
        .filter(node -> node.getState() != NodeState.DOWN)
        .toList();
  }
}
