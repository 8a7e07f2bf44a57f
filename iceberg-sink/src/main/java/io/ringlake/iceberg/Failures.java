package io.ringlake.iceberg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

/** What lies behind failures of Spark, catalogs and storage. */
final class Failures {

  private static final String ICEBERG = "org.apache.iceberg.";

  private Failures() {}

  /** Whether it was Iceberg that failed, or what it called: a catalog's client, a store. */
  static boolean isOfTarget(Throwable failure) {
    return causes(failure).stream().anyMatch(Failures::wasThrownInIceberg);
  }

  /** Whether a commit may have been done, or may still be, although it failed. */
  static boolean leavesCommitUnknown(Throwable failure) {
    List<Throwable> causes = causes(failure);
    boolean isOfATask = causes.stream().anyMatch(SparkThrowable.class::isInstance);
    return causes.stream().anyMatch(CommitStateUnknownException.class::isInstance)
        || (!isOfATask && !wasUndone(failure));
  }

  /** Whether Iceberg took a commit for not done, and removed its files. */
  static boolean wasUndone(Throwable failure) {
    return causes(failure).stream().anyMatch(CleanableFailure.class::isInstance);
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
    return failure.getClass().getName().startsWith(ICEBERG);
  }

  private static boolean wasThrownInIceberg(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(ICEBERG));
  }

  /** A failure and its causes, the outermost first. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (@Nullable Throwable at = failure; at != null && !causes.contains(at); at = at.getCause()) {
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
