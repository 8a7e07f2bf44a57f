package io.ringlake.testkit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A version of Cassandra that the testkit can run, and all that the testkit does differently for
 * it. Its jars come from the Maven module {@code testkit/cassandra-<version>}.
 */
public enum CassandraVersion {
  V4_0("4.0") {
    @Override
    List<String> jvmOptions(Path lib) {
      return java17(lib);
    }

    @Override
    String yaml() {
      return """
          commitlog_sync: periodic
          commitlog_sync_period_in_ms: 10000
          read_request_timeout_in_ms: 15000
          range_request_timeout_in_ms: 30000
          write_request_timeout_in_ms: 15000
          counter_write_request_timeout_in_ms: 15000
          cas_contention_timeout_in_ms: 5000
          truncate_request_timeout_in_ms: 60000
          request_timeout_in_ms: 30000
          batch_size_warn_threshold_in_kb: 1024
          batch_size_fail_threshold_in_kb: 16384
          permissions_validity_in_ms: 0
          roles_validity_in_ms: 0
          credentials_validity_in_ms: 0
          enable_materialized_views: true
          enable_user_defined_functions: true
          """;
    }
  },
  V4_1("4.1") {
    @Override
    List<String> jvmOptions(Path lib) {
      return java17(lib);
    }
  },
  V5_0("5.0");

  static final String PROPERTY = "ringlake.testkit.version";

  private final String number;

  CassandraVersion(String number) {
    this.number = number;
  }

  /**
   * The version with this number.
   *
   * @param number such as {@code 5.0}
   * @throws IllegalArgumentException if the testkit does not run it
   */
  public static CassandraVersion of(String number) {
    return Arrays.stream(values())
        .filter(version -> version.number.equals(number))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The testkit has no Cassandra %s. Use one of: %s."
                        .formatted(
                            number,
                            Arrays.stream(values())
                                .map(CassandraVersion::number)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * The version of every cluster for which no other is asked: what the system property {@code
   * ringlake.testkit.version} says, else the latest.
   *
   * @throws IllegalArgumentException if the property names a version that the testkit does not run
   */
  public static CassandraVersion chosen() {
    return of(System.getProperty(PROPERTY, V5_0.number));
  }

  /** Major and minor, such as {@code 5.0}. */
  public String number() {
    return number;
  }

  /** The module of the testkit that lays out its class path. */
  String module() {
    return "cassandra-" + number;
  }

  /**
   * What this version's JVM wants beside the options that all versions share.
   *
   * @param lib the folder of its jars
   */
  List<String> jvmOptions(Path lib) {
    return List.of();
  }

  /** The lines of {@code cassandra.yaml} whose keys or units are not the same in all versions. */
  String yaml() {
    return """
        commitlog_sync: periodic
        commitlog_sync_period: 10000ms
        read_request_timeout: 15s
        range_request_timeout: 30s
        write_request_timeout: 15s
        counter_write_request_timeout: 15s
        cas_contention_timeout: 5s
        truncate_request_timeout: 60s
        request_timeout: 30s
        batch_size_warn_threshold: 1MiB
        batch_size_fail_threshold: 16MiB
        permissions_validity: 0ms
        roles_validity: 0ms
        credentials_validity: 0ms
        materialized_views_enabled: true
        user_defined_functions_enabled: true
        """;
  }

  /**
   * The versions 4.x were made for Java 8 and 11: they install a security manager, and measure
   * objects by an agent.
   */
  private static List<String> java17(Path lib) {
    return List.of(
        "-Djava.security.manager=allow",
        "-javaagent:" + lib.resolve("jamm-0.3.2.jar"),
        "--add-opens=java.base/java.math=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.charset=ALL-UNNAMED");
  }
}
