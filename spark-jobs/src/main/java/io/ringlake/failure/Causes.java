package io.ringlake.failure;

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

  /** The first line of an error's message; the simple name of its class if it has no message. */
  public static String firstLine(Throwable error) {
    String message = error.getMessage();
    return message == null
        ? error.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
