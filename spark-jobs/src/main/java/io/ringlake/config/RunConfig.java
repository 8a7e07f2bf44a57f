package io.ringlake.config;

import org.jspecify.annotations.Nullable;

/**
 * How a run is held together.
 *
 * @param checkpoint a path; null: {@code _ringlake/checkpoint} under the output
 * @param runId null: the newest pass counts
 * @param restart whether a checkpoint is given up first
 * @param parallelTables tables exported at the same time, at least 1
 * @param report a path for a copy of the run's report, null for none
 */
public record RunConfig(
    @Nullable String checkpoint,
    @Nullable String runId,
    boolean restart,
    int parallelTables,
    @Nullable String report) {}
