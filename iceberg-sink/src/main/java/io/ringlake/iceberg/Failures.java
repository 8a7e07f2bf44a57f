package io.ringlake.iceberg;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

/** What lies behind failures of Spark, catalogs and storage. */
final class Failures {

  private Failures() {}

  /** Whether a commit may have been done, or may still be, although it failed. */
  static boolean leaveCommitUnknown(Throwable failure) {
    return causes(failure).stream()
        .anyMatch(
            cause ->
                cause instanceof CommitStateUnknownException
                    || cause.getClass().equals(RESTException.class)); // no answer came
  }

  /** Whether it was the rows that failed, or Spark with them, not Iceberg or a store under it. */
  static boolean areOfRows(Throwable failure) {
    List<Throwable> causes = causes(failure);
    return causes.stream().noneMatch(Failures::isOfIceberg)
        && causes.stream()
            .anyMatch(
                cause -> cause instanceof SparkThrowable || cause instanceof InterruptedException);
  }

  /** What Iceberg says, or whoever says something else first, and what it began with; one line. */
  static String rootOf(Throwable failure) {
    List<Throwable> causes = causes(failure);
    String first =
        firstLine(causes.stream().filter(Failures::isOfIceberg).findFirst().orElse(failure));
    String last = firstLine(causes.get(causes.size() - 1));
    return first.contains(last) ? first : "%s (%s)".formatted(first, last);
  }

  private static boolean isOfIceberg(Throwable failure) {
    return failure.getClass().getName().startsWith("org.apache.iceberg.");
  }

  /** A failure and its causes, the outermost first. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      causes.add(at);
    }
    return causes;
  }

  static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }
}
