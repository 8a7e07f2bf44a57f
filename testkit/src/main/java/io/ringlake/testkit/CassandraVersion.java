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
  V5_0("5.0") {
    @Override
    List<String> jvmOptions(Path lib) {
      return List.of();
    }

    @Override
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
  };

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

  /** Major and minor, such as {@code 5.0}. */
  public String number() {
    return number;
  }

  /**
   * What this version's JVM wants beside the options that all versions share.
   *
   * @param lib the folder of its jars
   */
  abstract List<String> jvmOptions(Path lib);

  /** The lines of {@code cassandra.yaml} whose keys or units are not the same in all versions. */
  abstract String yaml();
}
