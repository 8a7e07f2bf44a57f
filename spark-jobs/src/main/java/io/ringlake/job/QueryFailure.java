package io.ringlake.job;

import io.ringlake.failure.Causes;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.layout.Layout;
import io.ringlake.schema.TableName;
import io.ringlake.source.SpanFailed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectStreamException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** What ended a streaming query, told as what an operator can act on. */
final class QueryFailure {

  /** In the message of a stage that failed: Spark hands on no cause where an executor is gone. */
  private static final Pattern LOST_EXECUTOR =
      Pattern.compile("ExecutorLostFailure \\(.*|java\\.lang\\.OutOfMemoryError.*");

  private QueryFailure() {}

  /**
   * The failure that an error comes down to; the error itself if it is a defect of ours.
   *
   * @param consistency of the reads
   */
  static RuntimeException of(Throwable error, TableName table, String consistency) {
    Optional<RunFailure> known = Causes.find(error, RunFailure.class);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<RunFailure> refusedByLayout = Layout.refusalIn(error);
    if (refusedByLayout.isPresent()) {
      return refusedByLayout.get();
    }
    Optional<SpanFailed> span = Causes.find(error, SpanFailed.class);
    if (span.isPresent()) {
      return span.get().notUp().isEmpty()
          ? unreadable(span.get(), table, consistency, error)
          : unreachable(span.get(), table, consistency, error);
    }
    Optional<IOException> io =
        Causes.find(error, IOException.class).filter(QueryFailure::isOfAStore);
    if (io.isPresent()) {
      return new RunFailure(
          ErrorCode.TARGET_UNWRITABLE,
          "Writing %s failed: %s".formatted(table, Causes.firstLine(io.get())),
          "Look at the output, the checkpoint and spark.local.dir: space, permissions, network. What is"
              + " committed is kept.",
          error);
    }
    Optional<String> lost = lostExecutors(error);
    if (lost.isPresent()) {
      return new RunFailure(
          ErrorCode.EXECUTORS_LOST,
          "Spark cannot go on with %s: %s".formatted(table, lost.get()),
          "Give the executors more memory (spark.executor.memory, spark.executor.memoryOverhead) or"
              + " find out who ends them, then run the same command again: what is committed is"
              + " kept.",
          error);
    }
    return error instanceof RuntimeException defect
        ? defect
        : new IllegalStateException("The query over %s failed".formatted(table), error);
  }

  /**
   * Neither a task that was stopped while it waited for a page, nor a class that does not cross.
   */
  private static boolean isOfAStore(IOException e) {
    return !(e instanceof InterruptedIOException || e instanceof ObjectStreamException);
  }

  /** Why executors died, if that is what ended the query. */
  private static Optional<String> lostExecutors(Throwable error) {
    Optional<String> memory = Causes.find(error, OutOfMemoryError.class).map(Causes::firstLine);
    return memory.isPresent()
        ? memory
        : Causes.find(error, SparkException.class)
            .map(spark -> LOST_EXECUTOR.matcher(String.valueOf(spark.getMessage())))
            .filter(Matcher::find)
            .map(Matcher::group);
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
                span.index() + 1,
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
                span.index() + 1,
                span.span(),
                String.join(", ", span.replicas()),
                span.problem()),
        "Look at the logs and the load of these nodes; a lower --page-rows or a longer"
            + " --request-timeout may help. Then run the same command again: what is committed is"
            + " kept.",
        error);
  }
}
