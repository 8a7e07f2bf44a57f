package io.ringlake.testkit;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster of child processes, one for each node. */
final class ProcessCluster implements CassandraCluster {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ClusterSpec spec;
  private final Path lib;
  private final Ports ports;
  private final Path folder;
  private final LazySession session;
  private final List<ProcessNode> members = new CopyOnWriteArrayList<>();
  private int numbersGiven;

  private ProcessCluster(ClusterSpec spec, Path lib, Ports ports, Path folder) {
    this.spec = spec;
    this.lib = lib;
    this.ports = ports;
    this.folder = folder;
    this.session = new LazySession(spec.access());
  }

  static CassandraCluster start(ClusterSpec spec, Path lib) {
    ProcessCluster cluster =
        new ProcessCluster(spec, lib, Ports.free(spec.nodes()), temporaryFolder());
    try {
      for (int node = 1; node <= spec.nodes(); node++) {
        cluster.startNext();
      }
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  @Override
  public List<CassandraNode> nodes() {
    return List.copyOf(members);
  }

  @Override
  public CqlSession session() {
    return session.get(this);
  }

  @Override
  public CassandraNode addNode() {
    if (numbersGiven == ClusterSpec.MAX_NODES) {
      throw new IllegalStateException(
          "This cluster had %d nodes already; there is no address for another one."
              .formatted(numbersGiven));
    }
    List<ProcessNode> others = List.copyOf(members);
    ProcessNode joined = startNext();
    joined.requireThatItFetchedFrom(others);
    return joined;
  }

  @Override
  public void decommission(CassandraNode node) {
    ProcessNode leaving =
        members.stream()
            .filter(member -> member.equals(node))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Node %s is not in this cluster".formatted(node.address())));
    // Forced, since fewer nodes than a keyspace wants replicas are the test's business.
    leaving.nodetool("decommission", "--force");
    leaving.kill();
    members.remove(leaving);
  }

  @Override
  public void close() {
    session.close();
    members.forEach(ProcessNode::kill);
    members.clear();
    removeFolder();
  }

  /**
   * Waits until the nodes that can answer see each other, and the session sees the one that has
   * just come.
   */
  void awaitThatAllSee(ProcessNode newcomer) {
    List<ProcessNode> serving = members.stream().filter(ProcessNode::isServing).toList();
    Set<String> hosts = serving.stream().map(ProcessNode::host).collect(Collectors.toSet());
    for (ProcessNode node : serving) {
      Patience.await(
          PATIENCE,
          () -> Jmx.liveNodes(node.jmxPort()).containsAll(hosts),
          () ->
              "Node %s sees only %s of %s alive after %s. Its log %s ends with:%n%s"
                  .formatted(
                      node.host(),
                      Jmx.liveNodes(node.jmxPort()),
                      hosts,
                      PATIENCE,
                      node.logFile(),
                      node.logTail()));
    }
    session.awaitConnection(newcomer.address());
  }

  private ProcessNode startNext() {
    numbersGiven++;
    NodeSetup setup =
        new NodeSetup(spec, ports, numbersGiven, folder.resolve("node" + numbersGiven));
    ProcessNode node = new ProcessNode(setup, lib, this);
    members.add(node);
    node.start();
    return node;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("ringlake-cassandra-");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a folder for a cluster", e);
    }
  }

  private void removeFolder() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the folder of a cluster", e);
    }
  }
}
