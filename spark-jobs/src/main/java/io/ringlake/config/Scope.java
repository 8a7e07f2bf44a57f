package io.ringlake.config;

import java.util.Locale;

/** Where settings are given: to a job of the command line, or to the Spark source as options. */
public enum Scope {
  EXPORT,
  PLAN,
  STATUS,
  SOURCE;

  /** The word for it on the command line and in the reference file, for example {@code export}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a key is here, for messages: {@code a setting of export}. */
  String noun() {
    return this == SOURCE ? "an option of format(\"ringlake\")" : "a setting of " + word();
  }
}
