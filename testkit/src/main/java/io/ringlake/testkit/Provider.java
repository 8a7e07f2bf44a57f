package io.ringlake.testkit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The two ways to run a cluster. */
enum Provider {
  PROCESS {
    @Override
    CassandraCluster start(ClusterSpec spec) {
      return ProcessCluster.start(spec, ServerJars.require(spec.version().module()));
    }
  },
  CONTAINER {
    @Override
    CassandraCluster start(ClusterSpec spec) {
      return ContainerCluster.start(spec);
    }
  };

  static final String PROPERTY = "ringlake.testkit.provider";

  abstract CassandraCluster start(ClusterSpec spec);

  static Provider choose(ClusterSpec spec) {
    return choose(
        spec,
        System.getProperty(PROPERTY),
        ServerJars.find(spec.version().module()),
        ContainerCluster::engineAnswers);
  }

  /**
   * @param asked what the system property says, null if it is not set
   * @param jars the folder with the jars of the wanted version, if they are there
   * @param engineAnswers asked only when the answer matters, since it may take seconds
   */
  static Provider choose(
      ClusterSpec spec,
      @Nullable String asked,
      Optional<Path> jars,
      BooleanSupplier engineAnswers) {
    if (asked != null) {
      return named(asked);
    }
    if (jars.isPresent()) {
      return PROCESS;
    }
    if (!spec.isOnePlainNode()) {
      throw new IllegalStateException(
          ServerJars.missing(spec.version().module())
              + " A container would do for one node without special settings only.");
    }
    if (!engineAnswers.getAsBoolean()) {
      throw new IllegalStateException(
          ServerJars.missing(spec.version().module()) + " No Docker engine answers either.");
    }
    return CONTAINER;
  }

  private static Provider named(String asked) {
    return Arrays.stream(values())
        .filter(provider -> provider.label().equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is '%s', which is no way to run Cassandra. Use one of: %s."
                        .formatted(
                            PROPERTY,
                            asked,
                            Arrays.stream(values())
                                .map(Provider::label)
                                .collect(Collectors.joining(", ")))));
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
