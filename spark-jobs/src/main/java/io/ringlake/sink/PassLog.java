package io.ringlake.sink;

import io.ringlake.failure.Causes;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.FileStreamSinkLog;
import org.apache.spark.sql.execution.streaming.SinkFileStatus;
import scala.Option;

/** Spark's log of the batches that are committed in a folder, read without changing it. */
final class PassLog {

  private final SparkSession session;
  private final OutputFolder folder;

  PassLog(SparkSession session, OutputFolder folder) {
    this.session = session;
    this.folder = folder;
  }

  /** The last batch that is committed, -1 for none. */
  long lastBatchId() throws IOException {
    // Spark's class makes the folder when it is asked.
    if (!folder.hasLog()) {
      return -1;
    }
    Option<Object> last = open().getLatestBatchId();
    return last.isEmpty() ? -1 : (Long) last.get();
  }

  /**
   * The files of all committed batches.
   *
   * @return length by path relative to the folder
   */
  SortedMap<String, Long> files() throws IOException {
    SortedMap<String, Long> files = new TreeMap<>();
    if (folder.hasLog()) {
      for (SinkFileStatus file : allFiles()) {
        files.put(folder.relative(file.toFileStatus().getPath()), file.size());
      }
    }
    return files;
  }

  private SinkFileStatus[] allFiles() {
    try {
      return open().allFiles();
    } catch (IllegalStateException e) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "The log of committed batches in %s has a gap: %s"
              .formatted(folder.log(), Causes.firstLine(e)),
          "Look who changed it; --restart with --mode overwrite begins anew. Nothing was deleted.",
          e);
    }
  }

  private FileStreamSinkLog open() {
    return new FileStreamSinkLog(
        FileStreamSinkLog.VERSION(), session, folder.log().toString(), Option.empty());
  }
}
