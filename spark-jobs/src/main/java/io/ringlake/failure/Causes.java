package io.ringlake.failure;

import java.nio.file.FileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks behind an error: others wrap what they are thrown. */
public final class Causes {

  private Causes() {}

  /** The first error of a type: {@code error} itself, else its causes from the outermost. */
  public static <T extends Throwable> Optional<T> find(Throwable error, Class<T> wanted) {
    for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (wanted.isInstance(cause)) {
        return Optional.of(wanted.cast(cause));
      }
    }
    return Optional.empty();
  }

  /**
   * The first line of an error's message; with, or in the absence of one just, the simple name of
   * its class where that alone says what went wrong with a file.
   */
  public static String firstLine(Throwable error) {
    String name = error.getClass().getSimpleName();
    String message = error.getMessage();
    if (message == null) {
      return name;
    }
    String line = message.lines().findFirst().orElse("");
    boolean isPathOnly = error instanceof FileSystemException file && file.getReason() == null;
    return isPathOnly ? name + ": " + line : line;
  }
}
