package io.ringlake.failure;

/** Whose fault a failure is; decides the exit code. */
public enum FailureKind {
  /** A defect of ours, or Spark cannot go on. */
  INTERNAL(1),
  /** The command, the settings, a name the cluster does not know, a target or checkpoint in use. */
  USAGE(2),
  /** The cluster refuses or is not reached. */
  SOURCE(3),
  /** The target refuses or is not reached, or a commit is in doubt. */
  TARGET(4),
  /** What was written differs from the table. */
  VERIFICATION(5),
  /** Stopped on purpose. */
  STOPPED(6);

  private final int exitCode;

  FailureKind(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of a process that ends with a failure of this kind, 1 to 6. */
  public int exitCode() {
    return exitCode;
  }
}
