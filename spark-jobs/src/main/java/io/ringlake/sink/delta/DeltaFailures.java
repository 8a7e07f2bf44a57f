package io.ringlake.sink.delta;

import io.ringlake.failure.Causes;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Delta says, told as what an operator can act on. */
final class DeltaFailures {

  private static final List<String> DELTA = List.of("io.delta.", "org.apache.spark.sql.delta.");

  private DeltaFailures() {}

  /**
   * What to throw for a failure: what Delta refuses, with its words; anything else as it is, rows
   * that cannot be read and stores that fail among it.
   */
  static RuntimeException of(DeltaTableAt table, Exception failure) {
    for (Throwable cause : causes(failure)) {
      if (DELTA.stream().anyMatch(cause.getClass().getName()::startsWith)
          && Causes.find(failure, RunFailure.class).isEmpty()) {
        return new RunFailure(
            ErrorCode.TARGET_UNWRITABLE,
            "Table %s cannot be reached or written: %s".formatted(table, Causes.firstLine(cause)),
            "Look at what Delta says. The same command resumes.",
            failure);
      }
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  /** The outermost first. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (@Nullable Throwable at = failure; at != null && !causes.contains(at); at = at.getCause()) {
      causes.add(at);
    }
    return causes;
  }
}
