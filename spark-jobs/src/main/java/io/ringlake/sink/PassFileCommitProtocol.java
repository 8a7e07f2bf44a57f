package io.ringlake.sink;

import io.ringlake.sink.text.FileFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.sql.execution.streaming.ManifestFileCommitProtocol;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Spark's own protocol of the streaming file sink, with the pass in the name of each file, so that
 * what a dead attempt left can be told from anybody else's files: {@code part-<task>-<random
 * UUID>-<pass UUID>….parquet}. It also stores what tasks tell of their files. Spark makes it by its
 * name; it must be public for that.
 */
public final class PassFileCommitProtocol extends ManifestFileCommitProtocol {

  /** The key of the session's configuration that holds the pass. */
  static final String PASS = "ringlake.sink.pass";

  private static final long serialVersionUID = 1;

  private final String batch;
  private final String root;

  /** The files of the task that this object is in. */
  private transient List<String> files = List.of();

  /**
   * @param batch its number
   * @param root the folder of the output
   */
  public PassFileCommitProtocol(String batch, String root) {
    super(batch, root);
    this.batch = batch;
    this.root = root;
  }

  @Override
  public void setupTask(TaskAttemptContext task) {
    super.setupTask(task);
    files = new ArrayList<>();
  }

  @Override
  public String newTaskTempFile(TaskAttemptContext task, Option<String> folder, String suffix) {
    String pass = task.getConfiguration().get(PASS);
    if (pass == null) {
      throw new IllegalStateException("%s is not in the task's configuration".formatted(PASS));
    }
    String file = super.newTaskTempFile(task, folder, "-" + pass + suffix);
    files.add(file);
    return file;
  }

  @Override
  public TaskCommitMessage commitTask(TaskAttemptContext task) {
    Map<String, String> figures = new TreeMap<>();
    for (String file : files) {
      FileFigures.toldOf(task.getConfiguration(), file)
          .ifPresent(told -> figures.put(new Path(file).getName(), told));
    }
    return new TaskFigures(super.commitTask(task).obj(), figures);
  }

  /**
   * Stores what tasks told before the batch is in the log: a batch that is there lacks nothing, and
   * one that is written again stores it again.
   */
  @Override
  public void commitJob(JobContext job, Seq<TaskCommitMessage> tasks) {
    Map<String, String> figures = new TreeMap<>();
    for (TaskCommitMessage task : JavaConverters.seqAsJavaList(tasks)) {
      figures.putAll(((TaskFigures) task).figures);
    }
    if (!figures.isEmpty()) {
      try {
        OutputFolder folder = new OutputFolder(new Path(root), job.getConfiguration());
        ToldFigures.store(folder, batch, figures);
      } catch (IOException e) {
        throw new UncheckedIOException("What was counted cannot be stored", e);
      }
    }
    super.commitJob(job, tasks);
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

  /** Spark's message, and what is told of files, by their names, as JSON. */
  private static final class TaskFigures extends TaskCommitMessage {

    private static final long serialVersionUID = 1;

    private final TreeMap<String, String> figures;

    private TaskFigures(Object ofSpark, Map<String, String> figures) {
      super(ofSpark);
      this.figures = new TreeMap<>(figures);
    }
  }
}
