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

  private final ErrorCode code;

  /**
   * @param code what kind of failure this is
   * @param problem what, where and why, with the value seen and the values allowed
   * @param remedy what to do about it
   * @param cause the error behind it, null if there is none
   */
  public RunFailure(ErrorCode code, String problem, String remedy, @Nullable Throwable cause) {
    super("%s %s%n%s".formatted(code, problem, remedy), cause);
    this.code = code;
  }

  public RunFailure(ErrorCode code, String problem, String remedy) {
    this(code, problem, remedy, null);
  }

  public ErrorCode code() {
    return code;
  }
}
