package io.ringlake.progress;

import io.ringlake.report.Outcome;
import java.time.Duration;
import java.time.Instant;

/** A run is over. */
public record RunFinished(Instant at, Outcome outcome, int exitCode, Duration took) {}
