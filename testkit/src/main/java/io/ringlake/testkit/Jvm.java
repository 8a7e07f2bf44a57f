package io.ringlake.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of Cassandra's programs, run by the Java that runs this. */
final class Jvm {

  /** What Cassandra asks of Java 17: its conf/jvm17-server.options, section JPMS. */
  private static final List<String> MODULE_OPTIONS =
      Stream.concat(
              Stream.of(
                      "java.base/jdk.internal.misc",
                      "java.base/jdk.internal.ref",
                      "java.base/java.lang.ref",
                      "java.base/sun.nio.ch",
                      "java.management.rmi/com.sun.jmx.remote.internal.rmi",
                      "java.rmi/sun.rmi.registry",
                      "java.rmi/sun.rmi.server",
                      "java.sql/java.sql",
                      "jdk.unsupported/sun.misc",
                      "jdk.compiler/com.sun.tools.javac.file",
                      "jdk.attach/sun.tools.attach")
                  .map(name -> "--add-exports=" + name + "=ALL-UNNAMED"),
              Stream.of(
                      "java.base/java.io",
                      "java.base/java.lang",
                      "java.base/java.lang.module",
                      "java.base/java.lang.reflect",
                      "java.base/java.nio",
                      "java.base/java.util",
                      "java.base/java.util.concurrent",
                      "java.base/java.util.concurrent.atomic",
                      "java.base/jdk.internal.loader",
                      "java.base/jdk.internal.math",
                      "java.base/jdk.internal.module",
                      "java.base/jdk.internal.ref",
                      "java.base/jdk.internal.reflect",
                      "java.base/jdk.internal.util.jar",
                      "java.base/sun.nio.ch",
                      "jdk.compiler/com.sun.tools.javac",
                      "jdk.management/com.sun.management.internal")
                  .map(name -> "--add-opens=" + name + "=ALL-UNNAMED"))
          .toList();

  /**
   * Lets nodes optimize themselves, for tests in which they serve millions of rows. Else they do
   * without the optimizing compiler and with the simplest collector: a start costs half of the CPU,
   * 8.5 s instead of 15.8 s, medians of three.
   */
  private static final String OPTIMIZING = "ringlake.testkit.optimizing";

  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** Milliseconds to hear of the others. Founders have nothing to fetch, so nothing to wait for. */
  private static final int FOUNDER_RING_DELAY = 1_000;

  /**
   * A node that joins before it has heard of the others fetches nothing and is a member all the
   * same: its share of the data is then missing. On a busy machine a second was not enough.
   */
  private static final int JOINER_RING_DELAY = 10_000;

  private Jvm() {}

  /** The node itself, in the foreground, its log on standard output. */
  static List<String> server(NodeSetup node, Path lib) {
    List<String> command = java(node, lib, "768m");
    command.addAll(node.spec().version().jvmOptions(lib));
    if (!Boolean.getBoolean(OPTIMIZING)) {
      command.addAll(SHORT_LIVED);
    }
    command.addAll(
        List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-Djdk.attach.allowAttachSelf=true",
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-Dcassandra-foreground=yes",
            "-Dcassandra.config=" + node.yamlFile().toUri(),
            "-Dcassandra.storagedir=" + node.folder(),
            "-Dcassandra.jmx.local.port=" + node.jmxPort(),
            "-Dcassandra.ring_delay_ms=" + (node.joins() ? JOINER_RING_DELAY : FOUNDER_RING_DELAY),
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.superuser_setup_delay_ms=0",
            "org.apache.cassandra.service.CassandraDaemon"));
    return command;
  }

  static List<String> nodetool(NodeSetup node, Path lib, List<String> arguments) {
    List<String> command = java(node, lib, "128m");
    command.addAll(SHORT_LIVED);
    command.add("-Duser.home=" + node.folder()); // it keeps a history there
    command.add("org.apache.cassandra.tools.NodeTool");
    command.addAll(List.of("-h", NodeSetup.host(1), "-p", Integer.toString(node.jmxPort())));
    command.addAll(arguments);
    return command;
  }

  /** Without looking whether Cassandra's classes are sound, a fifth of what a start costs. */
  private static List<String> java(NodeSetup node, Path lib, String heap) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
    command.addAll(MODULE_OPTIONS);
    command.add("-Dlogback.configurationFile=" + node.logbackFile().toUri());
    command.add("-cp");
    command.add(lib + "/*");
    return command;
  }
}
