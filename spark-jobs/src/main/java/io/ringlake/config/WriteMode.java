package io.ringlake.config;

/** What to do with a target that is not empty. */
public enum WriteMode {
  /** Refuse it. */
  ERROR,
  /** Add to it. */
  APPEND,
  /** Empty it first. */
  OVERWRITE
}
