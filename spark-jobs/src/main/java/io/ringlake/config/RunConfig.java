package io.ringlake.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a run is held together.
 *
 * @param checkpoint a path; null: {@code _ringlake/checkpoint} under the output
 * @param runId 1 to 200 letters, digits and {@code ._:+-}; null: the newest pass counts
 * @param restart whether a checkpoint is given up first
 * @param parallelTables tables exported at the same time, 1 to 64
 * @param report a path for a copy of the run's report, null for none
 */
public record RunConfig(
    @Nullable String checkpoint,
    @Nullable String runId,
    boolean restart,
    int parallelTables,
    @Nullable String report) {

  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9._:+-]{1,200}");
  private static final int MOST_PARALLEL_TABLES = 64;

  /**
   * Checks each component.
   *
   * @throws IllegalArgumentException if one is out of its bounds
   */
  public RunConfig {
    if (parallelTables < 1 || parallelTables > MOST_PARALLEL_TABLES) {
      throw new IllegalArgumentException(
          "%d parallel tables are not 1 to %d".formatted(parallelTables, MOST_PARALLEL_TABLES));
    }
    if (runId != null && !RUN_ID.matcher(runId).matches()) {
      throw new IllegalArgumentException(
          "Run id %s is not letters, digits and ._:+-".formatted(runId));
    }
  }

  static RunConfig from(Settings settings) {
    return new RunConfig(
        settings.optional("checkpoint", ValueFormat.path()),
        settings.optional(
            "run-id",
            ValueFormat.matching(
                RUN_ID, "which is not 1 to 200 letters, digits and characters of ._:+- .")),
        settings.value("restart", ValueFormat.bool()),
        settings.value("parallel-tables", ValueFormat.number(1, MOST_PARALLEL_TABLES)),
        settings.optional("report", ValueFormat.path()));
  }
}
