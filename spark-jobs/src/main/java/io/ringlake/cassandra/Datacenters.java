package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The datacenter that a session reads from. */
final class Datacenters {

  private Datacenters() {}

  /**
   * @param asked the datacenter that was asked for, null if it is inferred from the contact points
   * @throws RunFailure if the cluster has no node in it: the driver would then find no node for any
   *     request
   */
  static void check(CqlSession session, @Nullable String asked) {
    if (asked == null) {
      return;
    }
    TreeSet<String> known = new TreeSet<>();
    session.getMetadata().getNodes().values().stream()
        .map(Node::getDatacenter)
        .filter(Objects::nonNull)
        .forEach(known::add);
    if (!known.contains(asked)) {
      throw new RunFailure(
          ErrorCode.WRONG_DATACENTER,
          "local-datacenter is '%s', but the cluster's datacenters are: %s."
              .formatted(asked, String.join(", ", known)),
          "Set --local-datacenter to one of them.");
    }
  }
}
