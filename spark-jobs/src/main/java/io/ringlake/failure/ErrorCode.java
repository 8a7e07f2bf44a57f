package io.ringlake.failure;

import java.util.Locale;

/**
 * Every error that an operator can meet. A code never changes its meaning and is never used again;
 * {@code docs/errors.md} lists them all.
 */
public enum ErrorCode {
  INTERNAL(FailureKind.INTERNAL, 1),
  EXECUTORS_LOST(FailureKind.INTERNAL, 2),

  BAD_SETTINGS(FailureKind.USAGE, 1),
  UNKNOWN_TABLE(FailureKind.USAGE, 2),
  UNKNOWN_COLUMN(FailureKind.USAGE, 3),
  UNSUPPORTED_TYPE(FailureKind.USAGE, 4),
  NAME_CLASH(FailureKind.USAGE, 5),
  NO_WRITETIME(FailureKind.USAGE, 6),
  BAD_FILTER(FailureKind.USAGE, 7),
  TARGET_NOT_EMPTY(FailureKind.USAGE, 8),
  CHECKPOINT_HELD(FailureKind.USAGE, 9),
  CHECKPOINT_DIFFERS(FailureKind.USAGE, 10),
  CHECKPOINT_DAMAGED(FailureKind.USAGE, 11),
  OTHER_RUN_UNFINISHED(FailureKind.USAGE, 12),
  UNSUPPORTED_PARTITIONER(FailureKind.USAGE, 13),
  BAD_LAYOUT(FailureKind.USAGE, 14),
  NO_CHECKPOINT(FailureKind.USAGE, 15),
  TARGET_DIFFERS(FailureKind.USAGE, 16),

  UNREACHABLE(FailureKind.SOURCE, 1),
  WRONG_DATACENTER(FailureKind.SOURCE, 2),
  AUTHENTICATION(FailureKind.SOURCE, 3),
  PERMISSION(FailureKind.SOURCE, 4),
  READ_FAILED(FailureKind.SOURCE, 5),
  VALUE_OUT_OF_RANGE(FailureKind.SOURCE, 6),

  TARGET_UNWRITABLE(FailureKind.TARGET, 1),
  TARGET_LOST_FILES(FailureKind.TARGET, 2),
  COMMIT_IN_DOUBT(FailureKind.TARGET, 3),
  CHECKPOINT_UNWRITABLE(FailureKind.TARGET, 4),
  CHECKPOINT_UNREADABLE(FailureKind.TARGET, 5),

  STOPPED_ON_REQUEST(FailureKind.STOPPED, 1);

  private final FailureKind kind;
  private final int number;

  ErrorCode(FailureKind kind, int number) {
    this.kind = kind;
    this.number = number;
  }

  public FailureKind kind() {
    return kind;
  }

  /** The code as it is printed, for example {@code RL-SOURCE-004}. */
  @Override
  public String toString() {
    return "RL-%s-%03d".formatted(kind.name().toUpperCase(Locale.ROOT), number);
  }
}
