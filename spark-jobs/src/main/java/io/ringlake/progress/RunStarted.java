package io.ringlake.progress;

import io.ringlake.schema.TableName;
import java.time.Instant;
import java.util.List;

/**
 * A run begins.
 *
 * @param job for example {@code export}
 * @param tables all that the run is about, in their order
 */
public record RunStarted(Instant at, String job, String runId, List<TableName> tables) {

  public RunStarted {
    tables = List.copyOf(tables);
  }
}
