package io.ringlake.sink;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.iceberg.IcebergTarget;
import io.ringlake.iceberg.TargetRefused;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** An Iceberg table. */
public final class IcebergSink implements Sink {

  private final IcebergTarget target;

  public IcebergSink(IcebergTarget target) {
    this.target = target;
  }

  @Override
  public void look() {
    told(target::look);
  }

  /** A table is made when the pass begins: that shows whether it can be. */
  @Override
  public void check() {
    look();
  }

  /** A table knows nothing of checkpoints: each pass has its own history in it. */
  @Override
  public Optional<Path> otherCheckpoint() {
    return Optional.empty();
  }

  @Override
  public List<String> prepare(long lastBatchId) {
    return told(() -> target.prepare(lastBatchId));
  }

  @Override
  public void write(long batchId, Dataset<Row> rows) {
    told(() -> target.write(batchId, rows));
  }

  @Override
  public boolean isComplete() {
    return told(target::isComplete);
  }

  @Override
  public Written finish(long lastBatchId) {
    IcebergTarget.Written written = told(() -> target.finish(lastBatchId));
    return new Written(written.rows(), written.bytes(), Math.toIntExact(written.files()));
  }

  private static <T> T told(Supplier<T> step) {
    try {
      return step.get();
    } catch (TargetRefused e) {
      throw failure(e);
    }
  }

  /** What an operator is told of a refusal. */
  static RunFailure failure(TargetRefused refused) {
    return new RunFailure(code(refused.reason()), refused.problem(), refused.advice(), refused);
  }

  private static ErrorCode code(TargetRefused.Reason reason) {
    return switch (reason) {
      case SETTINGS -> ErrorCode.BAD_SETTINGS;
      case NOT_EMPTY -> ErrorCode.TARGET_NOT_EMPTY;
      case SCHEMA -> ErrorCode.TARGET_DIFFERS;
      case LAYOUT -> ErrorCode.BAD_LAYOUT;
      case LOST -> ErrorCode.TARGET_LOST_FILES;
      case IN_DOUBT -> ErrorCode.COMMIT_IN_DOUBT;
      case UNWRITABLE -> ErrorCode.TARGET_UNWRITABLE;
    };
  }
}
