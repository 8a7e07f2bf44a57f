package io.ringlake.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one node is told, and the files that tell it.
 *
 * @param number its number in the cluster, from 1; also the last part of its address
 * @param folder for all that it writes
 */
record NodeSetup(ClusterSpec spec, Ports ports, int number, Path folder) {

  static String host(int number) {
    return "127.0.0." + number;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host(number), ports.cql());
  }

  int jmxPort() {
    return ports.jmx(number);
  }

  /** Whether it comes to a cluster that is there, and fetches its share of the data. */
  boolean joins() {
    return number > spec.nodes();
  }

  Path logFile() {
    return folder.resolve("cassandra.log");
  }

  Path yamlFile() {
    return folder.resolve("cassandra.yaml");
  }

  Path logbackFile() {
    return folder.resolve("logback.xml");
  }

  /** Makes the folder and the files of settings. */
  void write() {
    try {
      Files.createDirectories(folder);
      Files.writeString(yamlFile(), yaml());
      Files.writeString(logbackFile(), LOGBACK);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the settings of a node to " + folder, e);
    }
  }

  /**
   * The text of {@code cassandra.yaml}. The nodes that a cluster begins with found it: they have
   * nothing to fetch; a node that comes later fetches its share. A founder's seeds are itself, so
   * that it comes up alone, and those before it; it would wait in vain for those after it.
   */
  String yaml() {
    return """
        cluster_name: ringlake-testkit
        partitioner: %s
        num_tokens: %d
        %sauto_bootstrap: %s
        authenticator: %s
        authorizer: %s
        endpoint_snitch: SimpleSnitch
        listen_address: %s
        rpc_address: %s
        storage_port: %d
        native_transport_port: %d
        start_native_transport: true
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters:
              - seeds: "%s"
        data_file_directories: ["%s"]
        commitlog_directory: "%s"
        hints_directory: "%s"
        saved_caches_directory: "%s"
        cdc_raw_directory: "%s"
        auto_snapshot: false
        concurrent_compactors: 1
        """
            .formatted(
                spec.partitioner().className(),
                spec.numTokens(),
                initialToken(),
                joins(),
                spec.access().authenticator(),
                spec.access().authorizer(),
                host(number),
                host(number),
                ports.storage(),
                ports.cql(),
                seeds(),
                folder.resolve("data"),
                folder.resolve("commitlog"),
                folder.resolve("hints"),
                folder.resolve("saved_caches"),
                folder.resolve("cdc_raw"))
        + spec.version().yaml();
  }

  private String initialToken() {
    return spec.partitioner() == Partitioner.MURMUR3
        ? "initial_token: \"%s\"%n".formatted(Tokens.murmur3(number, spec.numTokens()))
        : "";
  }

  private String seeds() {
    return IntStream.rangeClosed(1, Math.min(number, spec.nodes()))
        .mapToObj(node -> host(node) + ":" + ports.storage())
        .collect(Collectors.joining(","));
  }

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%-5level [%thread] %date{ISO8601} %logger{0} - %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="OUT"/></root>
      </configuration>
      """;
}
