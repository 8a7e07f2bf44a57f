package io.ringlake.job;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.layout.Layout;
import io.ringlake.schema.TableName;
import io.ringlake.source.SpanFailed;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What ended a streaming query, told as what an operator can act on. */
final class QueryFailure {

  private QueryFailure() {}

  /**
   * The failure that an error comes down to; the error itself if it is a defect of ours.
   *
   * @param consistency of the reads
   */
  static RuntimeException of(Throwable error, TableName table, String consistency) {
    RunFailure known = find(error, RunFailure.class);
    if (known != null) {
      return known;
    }
    Optional<RunFailure> refusedByLayout = Layout.refusalIn(error);
    if (refusedByLayout.isPresent()) {
      return refusedByLayout.get();
    }
    SpanFailed span = find(error, SpanFailed.class);
    if (span != null) {
      return span.notUp().isEmpty()
          ? unreadable(span, table, consistency, error)
          : unreachable(span, table, consistency, error);
    }
    IOException io = find(error, IOException.class);
    if (io != null) {
      return new RunFailure(
          ErrorCode.TARGET_UNWRITABLE,
          "Writing %s failed: %s".formatted(table, firstLine(io)),
          "Look at the output and the checkpoint: space, permissions, network. What is committed is"
              + " kept.",
          error);
    }
    return error instanceof RuntimeException defect
        ? defect
        : new IllegalStateException("The query over %s failed".formatted(table), error);
  }

  private static RunFailure unreachable(
      SpanFailed span, TableName table, String consistency, Throwable error) {
    String notUp = String.join(", ", span.notUp());
    boolean fewerMayDo = !consistency.endsWith("ONE");
    return new RunFailure(
        ErrorCode.UNREACHABLE,
        "%s cannot be read at %s: %s not up. Span %d %s has its replicas on %s. The cluster says: %s"
            .formatted(
                table,
                consistency,
                span.notUp().size() == 1 ? notUp + " is" : notUp + " are",
                span.index(),
                span.span(),
                String.join(", ", span.replicas()),
                span.problem()),
        "Bring %s back%s, then run the same command again: what is committed is kept."
            .formatted(notUp, fewerMayDo ? " or lower --consistency" : ""),
        error);
  }

  private static RunFailure unreadable(
      SpanFailed span, TableName table, String consistency, Throwable error) {
    return new RunFailure(
        ErrorCode.READ_FAILED,
        "%s cannot be read at %s: span %d %s, replicas %s. The cluster says: %s"
            .formatted(
                table,
                consistency,
                span.index(),
                span.span(),
                String.join(", ", span.replicas()),
                span.problem()),
        "Look at the logs and the load of these nodes; a lower --page-rows or a longer"
            + " --request-timeout may help. Then run the same command again: what is committed is"
            + " kept.",
        error);
  }

  private static <T extends Throwable> @Nullable T find(Throwable error, Class<T> wanted) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (wanted.isInstance(cause)) {
        return wanted.cast(cause);
      }
    }
    return null;
  }

  private static String firstLine(Throwable error) {
    String message = error.getMessage();
    return message == null
        ? error.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
