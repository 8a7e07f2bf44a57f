package io.ringlake.report;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import org.jspecify.annotations.Nullable;

/**
 * The error that ended something.
 *
 * @param code for example {@code RL-SOURCE-004}
 * @param message what, where, why and what to do, free of secrets and row data
 */
public record ErrorReport(String code, String message) {

  /**
   * The error that {@code failure} comes down to. That is the first {@link RunFailure} among its
   * causes, since Spark wraps what a task throws. Anything else is a defect; of that the class is
   * told, and its message only if it is our own: those of other libraries may hold rows and
   * passwords. The log has them.
   */
  public static ErrorReport of(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RunFailure known) {
        return of(known);
      }
    }
    String message = failure.getClass().getName();
    if (failure instanceof IllegalStateException && thrownByUs(failure)) {
      message += ": " + failure.getMessage();
    }
    return new ErrorReport(
        ErrorCode.INTERNAL.toString(), message + ". This is a defect of Ringlake; see the log.");
  }

  private static ErrorReport of(RunFailure failure) {
    String code = failure.code().toString();
    String message = String.valueOf(failure.getMessage());
    return new ErrorReport(
        code, message.startsWith(code + " ") ? message.substring(code.length() + 1) : message);
  }

  private static boolean thrownByUs(Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().startsWith("io.ringlake.");
  }
}
