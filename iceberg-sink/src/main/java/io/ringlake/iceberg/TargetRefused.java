package io.ringlake.iceberg;

import org.apache.iceberg.IcebergBuild;
import org.jspecify.annotations.Nullable;

/** The table, or its catalog, does not allow what is asked for, or cannot be trusted to. */
public final class TargetRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Whose fault it is. */
  public enum Reason {
    /** The name of the table, the catalog in it, or a property of it cannot be used. */
    SETTINGS,
    /** The table has rows, which the mode does not allow. */
    NOT_EMPTY,
    /** The table has columns that rows cannot be written to. */
    SCHEMA,
    /** The table is, or can only be, partitioned or sorted otherwise. */
    LAYOUT,
    /** What was written is gone, or is another table's. */
    LOST,
    /** It is not certain what the table holds. */
    IN_DOUBT,
    /** The catalog or the storage does not do what it is asked to. */
    UNWRITABLE
  }

  private final Reason reason;
  private final String problem;
  private final String advice;

  /**
   * @param problem one sentence that says what and why
   * @param advice what to do about it
   */
  TargetRefused(Reason reason, String problem, String advice, @Nullable Throwable cause) {
    super(problem, cause);
    this.reason = reason;
    this.problem = problem;
    this.advice = advice;
  }

  TargetRefused(Reason reason, String problem, String advice) {
    this(reason, problem, advice, null);
  }

  /** A catalog or storage that fails, told by what it says. */
  static TargetRefused unwritable(String table, Throwable cause) {
    return new TargetRefused(
        Reason.UNWRITABLE,
        "Table %s cannot be reached or written: %s".formatted(table, Failures.rootOf(cause)),
        "Run the same command when that is mended.",
        cause);
  }

  /** A catalog or storage of which Spark has only a part. */
  static TargetRefused lackingClass(String table, LinkageError cause) {
    return new TargetRefused(
        Reason.SETTINGS,
        "Spark lacks a class that the catalog or the storage of table %s needs: %s"
            .formatted(table, Failures.firstLine(cause)),
        "Hand its jar to spark-submit; for AWS: --packages org.apache.iceberg:iceberg-aws-bundle:"
            + IcebergBuild.version(),
        cause);
  }

  public Reason reason() {
    return reason;
  }

  /** What and why. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }
}
