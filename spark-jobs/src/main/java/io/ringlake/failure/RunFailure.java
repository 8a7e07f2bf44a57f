package io.ringlake.failure;

import org.jspecify.annotations.Nullable;

/**
 * The operator's, the cluster's or the target's fault, told so that it can be acted on. A defect of
 * ours is an {@link IllegalStateException} instead.
 *
 * <p>The message is at most two lines, what and where and why on the first, what to do on the
 * second; it holds no secret and no row data.
 */
public final class RunFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String problem;
  private final String remedy;

  /**
   * @param code what kind of failure this is
   * @param problem what, where and why, with the value seen and the values allowed
   * @param remedy what to do about it
   * @param cause the error behind it, null if there is none
   */
  public RunFailure(ErrorCode code, String problem, String remedy, @Nullable Throwable cause) {
    super("%s %s%n%s".formatted(code, problem, remedy), cause);
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }

  public RunFailure(ErrorCode code, String problem, String remedy) {
    this(code, problem, remedy, null);
  }

  public ErrorCode code() {
    return code;
  }

  /** What, where and why, with the value seen and the values allowed. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }

  /** The same failure for another JVM: causes may hold what cannot be sent there. */
  public RunFailure withoutCause() {
    return new RunFailure(code, problem, remedy);
  }
}
