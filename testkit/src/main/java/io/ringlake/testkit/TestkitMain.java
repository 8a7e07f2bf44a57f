package io.ringlake.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs a cluster for a script. It needs no class path but the testkit's own classes.
 *
 * <pre>{@code
 * java -cp testkit/target/classes io.ringlake.testkit.TestkitMain start [--nodes n] [--num-tokens n] [--version v]
 * }</pre>
 *
 * <p>Once the cluster is up it prints three lines on standard output: {@code
 * contact-points=127.0.0.1:20001,…}, {@code local-datacenter=datacenter1} and {@code
 * logs=/tmp/…/cassandra.log,…}. It runs until its standard input ends or a signal ends it, and the
 * cluster ends with it, at {@code kill -9} too. Exit codes: 2 the arguments are wrong, 1 the
 * cluster does not come up; the reason is on standard error.
 */
public final class TestkitMain {

  static final String USAGE = "Usage: TestkitMain start [--nodes n] [--num-tokens n] [--version v]";

  private TestkitMain() {}

  public static void main(String[] arguments) throws IOException {
    ClusterSpec spec;
    try {
      spec = spec(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    run(spec, System.in, System.out);
  }

  /** The cluster that the arguments ask for. */
  static ClusterSpec spec(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.get(0).equals("start")) {
      throw new IllegalArgumentException(USAGE);
    }
    ClusterSpec spec = ClusterSpec.ofNodes(1);
    for (int i = 1; i < arguments.size(); i += 2) {
      String flag = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("%s has no value. %s".formatted(flag, USAGE));
      }
      String value = arguments.get(i + 1);
      spec =
          switch (flag) {
            case "--nodes" -> spec.withNodes(number(flag, value));
            case "--num-tokens" -> spec.withNumTokens(number(flag, value));
            case "--version" -> spec.withVersion(CassandraVersion.of(value));
            default ->
                throw new IllegalArgumentException("Unknown flag %s. %s".formatted(flag, USAGE));
          };
    }
    return spec;
  }

  private static int number(String flag, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s is '%s', not a number".formatted(flag, value), e);
    }
  }

  private static void run(ClusterSpec spec, InputStream in, PrintStream out) throws IOException {
    CassandraCluster cluster = CassandraCluster.start(spec);
    // The only way out, for the end of the input as for SIGTERM: no node is left when this process
    // is.
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    out.println("contact-points=" + cluster.contactPointsText());
    out.println("local-datacenter=" + cluster.localDatacenter());
    out.println("logs=" + logs(cluster));
    out.flush();
    in.transferTo(OutputStream.nullOutputStream());
  }

  private static String logs(CassandraCluster cluster) {
    return cluster.nodes().stream()
        .map(node -> node.logFile().toString())
        .collect(Collectors.joining(","));
  }
}
