package io.ringlake.config;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with the settings of one command, told at once. */
public final class Problems {

  private final List<String> lines = new ArrayList<>();

  /** Notes a problem: one line, what and why and what to do. */
  public void add(String line) {
    lines.add(line.replaceAll("\\s*\\R\\s*", " "));
  }

  /**
   * Ends the command if there are problems.
   *
   * @param hint where to read on
   * @throws RunFailure {@link ErrorCode#BAD_SETTINGS} with one line for each problem
   */
  public void raise(String hint) {
    if (!lines.isEmpty()) {
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS, String.join(System.lineSeparator(), lines), hint);
    }
  }
}
