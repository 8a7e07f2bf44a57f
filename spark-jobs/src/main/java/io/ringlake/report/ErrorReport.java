package io.ringlake.report;

import io.ringlake.failure.Causes;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.util.Optional;

/**
 * The error that ended something.
 *
 * @param code for example {@code RL-SOURCE-004}
 * @param message what, where, why and what to do, free of secrets and row data
 */
public record ErrorReport(String code, String message) {

  /** As it is printed: the code, and what and where and why; without what to do. */
  public String firstLine() {
    return "%s %s".formatted(code, message.lines().findFirst().orElse(""));
  }

  /** As it is printed: the code and the message. */
  @Override
  public String toString() {
    return "%s %s".formatted(code, message);
  }

  /**
   * The error that {@code failure} comes down to. That is the first {@link RunFailure} among its
   * causes, since Spark wraps what a task throws. Anything else is a defect; of that the class is
   * told, and its message only if it is our own: those of other libraries may hold rows and
   * passwords. The log has them.
   */
  public static ErrorReport of(Throwable failure) {
    Optional<RunFailure> known = Causes.find(failure, RunFailure.class);
    if (known.isPresent()) {
      return of(known.get());
    }
    String message = failure.getClass().getName();
    if (failure instanceof IllegalStateException && thrownByUs(failure)) {
      message += ": " + Causes.firstLine(failure);
    }
    return new ErrorReport(
        ErrorCode.INTERNAL.toString(),
        message
            + "%nThis is a defect of Ringlake: please report it with the log, which has the stack trace."
                .formatted());
  }

  private static ErrorReport of(RunFailure failure) {
    return new ErrorReport(
        failure.code().toString(), "%s%n%s".formatted(failure.problem(), failure.remedy()));
  }

  private static boolean thrownByUs(Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().startsWith("io.ringlake.");
  }
}
