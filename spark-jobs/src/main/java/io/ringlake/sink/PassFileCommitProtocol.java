package io.ringlake.sink;

import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.sql.execution.streaming.ManifestFileCommitProtocol;
import scala.Option;

/**
 * Spark's own protocol of the streaming file sink, with the pass in the name of each file, so that
 * what a dead attempt left can be told from anybody else's files: {@code part-<task>-<random
 * UUID>-<pass UUID>….parquet}. Spark makes it by its name; it must be public for that.
 */
public final class PassFileCommitProtocol extends ManifestFileCommitProtocol {

  /** The key of the session's configuration that holds the pass. */
  static final String PASS = "ringlake.sink.pass";

  public PassFileCommitProtocol(String jobId, String path) {
    super(jobId, path);
  }

  @Override
  public String newTaskTempFile(TaskAttemptContext task, Option<String> folder, String suffix) {
    String pass = task.getConfiguration().get(PASS);
    if (pass == null) {
      throw new IllegalStateException("%s is not in the task's configuration".formatted(PASS));
    }
    return super.newTaskTempFile(task, folder, "-" + pass + suffix);
  }

  /**
   * Whether a pass wrote a file, or a checksum file beside one.
   *
   * @param path the file's path, absolute or not
   */
  static boolean wrote(UUID passId, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return (name.startsWith("part-") || name.startsWith(".part-")) && name.contains("-" + passId);
  }

  /** Whether one of these passes wrote a file, or a checksum file beside one. */
  static boolean wroteAny(Set<UUID> passIds, String path) {
    return passIds.stream().anyMatch(pass -> wrote(pass, path));
  }
}
