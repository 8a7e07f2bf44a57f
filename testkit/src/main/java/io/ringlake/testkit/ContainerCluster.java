package io.ringlake.testkit;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.cassandra.CassandraContainer;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A cluster that is one container of the official image, run by Testcontainers, whose reaper
 * removes it when this JVM is gone.
 */
final class ContainerCluster implements CassandraCluster {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** What Docker gives a process to end before it kills it; draining takes longer than its 10 s. */
  private static final int STOP_SECONDS = 60;

  private static final int CQL_PORT = 9042;

  private final CassandraContainer container;
  private final Path logFile;
  private final LazySession session = new LazySession(Access.EVERYONE);
  private final Node node = new Node();

  private ContainerCluster(CassandraContainer container, Path logFile) {
    this.container = container;
    this.logFile = logFile;
  }

  static boolean engineAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @SuppressWarnings("resource") // the cluster closes its container
  static CassandraCluster start(ClusterSpec spec) {
    if (!spec.isOnePlainNode()) {
      throw new IllegalStateException(
          "A container runs one node without special settings, not %s. Use -D%s=process."
              .formatted(spec, Provider.PROPERTY));
    }
    Path logFile = temporaryFile();
    CassandraContainer container =
        new CassandraContainer("cassandra:" + spec.version().number())
            // Its own way of waiting wants cqlsh, which needs a Python that not every image has.
            .waitingFor(
                Wait.forLogMessage(".*Starting listening for CQL clients.*", 1)
                    .withStartupTimeout(PATIENCE))
            .withLogConsumer(frame -> append(logFile, frame));
    // A port that Docker chooses would be another one after a restart.
    container.setPortBindings(
        List.of("%s:%d:%d".formatted(NodeSetup.host(1), Ports.free(1).cql(), CQL_PORT)));
    ContainerCluster cluster = new ContainerCluster(container, logFile);
    try {
      container.start();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  @Override
  public List<CassandraNode> nodes() {
    return List.of(node);
  }

  @Override
  public CqlSession session() {
    return session.get(this);
  }

  @Override
  public CassandraNode addNode() {
    throw new IllegalStateException(
        "A container cluster is one node and stays so. Use -D%s=process."
            .formatted(Provider.PROPERTY));
  }

  @Override
  public void decommission(CassandraNode leaving) {
    throw new IllegalStateException("The only node of a cluster cannot leave it");
  }

  @Override
  public void close() {
    session.close();
    container.stop();
    try {
      Files.deleteIfExists(logFile);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the log of a container", e);
    }
  }

  private static Path temporaryFile() {
    try {
      return Files.createTempFile("ringlake-cassandra-", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a log file for a container", e);
    }
  }

  private static void append(Path logFile, OutputFrame frame) {
    try {
      Files.write(
          logFile,
          frame.getUtf8String().getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the log of a container", e);
    }
  }

  private final class Node implements CassandraNode {

    @Override
    public InetSocketAddress address() {
      return container.getContactPoint();
    }

    @Override
    public Path logFile() {
      return logFile;
    }

    @Override
    public boolean isRunning() {
      return container.isRunning();
    }

    @Override
    public void start() {
      if (isRunning()) {
        throw new IllegalStateException("The container is running already");
      }
      container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
      awaitAnswer();
    }

    @Override
    public void stop() {
      container
          .getDockerClient()
          .stopContainerCmd(container.getContainerId())
          .withTimeout(STOP_SECONDS)
          .exec();
    }

    @Override
    public void kill() {
      container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void pause() {
      container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void proceed() {
      container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
      awaitAnswer();
    }

    private void awaitAnswer() {
      Patience.await(
          PATIENCE,
          () -> CqlPort.answers(address()),
          () -> "The container answers no CQL after %s".formatted(PATIENCE));
      session.awaitConnection(address());
    }

    @Override
    public String nodetool(String... arguments) {
      String[] command = new String[arguments.length + 1];
      command[0] = "nodetool";
      System.arraycopy(arguments, 0, command, 1, arguments.length);
      try {
        ExecResult result = container.execInContainer(command);
        if (result.getExitCode() != 0) {
          throw new IllegalStateException(
              "nodetool failed with exit code %d:%n%s%s"
                  .formatted(result.getExitCode(), result.getStdout(), result.getStderr()));
        }
        return result.getStdout();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot run nodetool in the container", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while nodetool ran", e);
      }
    }
  }
}
