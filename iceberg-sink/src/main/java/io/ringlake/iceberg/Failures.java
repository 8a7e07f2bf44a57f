package io.ringlake.iceberg;

import java.util.Optional;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.RESTException;

/** What lies behind failures of Spark, catalogs and storage. */
final class Failures {

  private Failures() {}

  /** Whether a commit may have been done, or may still be, although it failed. */
  static boolean leaveCommitUnknown(Throwable failure) {
    return ofIceberg(failure)
        .filter(
            first ->
                first instanceof CommitStateUnknownException
                    || first.getClass().equals(RESTException.class)) // no answer came
        .isPresent();
  }

  /** What all began with, in one line. */
  static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String first = firstLine(failure);
    String last = firstLine(root);
    return first.contains(last) ? first : "%s (%s)".formatted(first, last);
  }

  /** The first failure of the chain that is of Iceberg's own. */
  static Optional<Throwable> ofIceberg(Throwable failure) {
    Throwable at = failure;
    while (at != null) {
      if (at.getClass().getName().startsWith("org.apache.iceberg.")) {
        return Optional.of(at);
      }
      at = at.getCause() == at ? null : at.getCause();
    }
    return Optional.empty();
  }

  static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }
}
