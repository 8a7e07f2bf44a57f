package io.ringlake.runtime;

import java.io.Serializable;
import java.util.List;

/**
 * The message from an executor to the driver: its attempts that changed since the message before.
 */
record ExecutorReport(String executorId, List<SpanCount> counts) implements Serializable {

  ExecutorReport {
    counts = List.copyOf(counts);
  }
}
