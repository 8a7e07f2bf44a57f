package io.ringlake.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a run, or one table of it, ended. */
public enum Outcome {
  /** Everything is written. */
  DONE("done"),
  /** It was finished before; nothing was touched. */
  LEFT_ALONE("left alone"),
  /** Stopped on purpose before the end; the same command goes on. */
  STOPPED("stopped"),
  /** An error ended it. */
  FAILED("failed");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** As it is printed, and stands in the report. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
