package io.ringlake.testkit;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * One node of a {@link CassandraCluster}. It keeps its address and its data over stops and starts.
 */
public interface CassandraNode {

  /** Where it serves CQL. */
  InetSocketAddress address();

  /** The file with its log, there from the first start on; later starts append to it. */
  Path logFile();

  /** Whether its process is there; a paused one counts. */
  boolean isRunning();

  /**
   * Starts it after a {@link #stop} or {@link #kill}, and waits until it answers CQL, and the other
   * running nodes and the cluster's session see it.
   *
   * @throws IllegalStateException if it is running, or does not come up
   */
  void start();

  /** Ends it in good order (SIGTERM): it drains and flushes. */
  void stop();

  /**
   * Ends it at once (SIGKILL). Writes of the last moment (Cassandra marks its commit log each 100
   * ms) are lost on this node although they were acknowledged, as in production; {@code
   * nodetool("flush")} before keeps them. Syncing each write would make filling a table 1.6 times
   * as slow.
   */
  void kill();

  /**
   * Halts it (SIGSTOP): connections stay open, and nothing answers, until {@link #proceed}. The
   * other nodes find it dead after some seconds.
   */
  void pause();

  /** Lets it go on after {@link #pause} (SIGCONT), and waits as {@link #start} does. */
  void proceed();

  /**
   * Runs Cassandra's {@code nodetool} against it, such as {@code nodetool("flush", "shop")}.
   *
   * @return what it printed
   * @throws IllegalStateException if it fails, with what it printed
   */
  String nodetool(String... arguments);
}
