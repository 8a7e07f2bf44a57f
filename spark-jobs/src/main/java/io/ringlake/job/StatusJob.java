package io.ringlake.job;

import io.ringlake.checkpoint.CheckpointStatus;
import io.ringlake.checkpoint.Difference;
import io.ringlake.checkpoint.TableStatus;
import io.ringlake.config.ExportConfig;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Says what a checkpoint holds; reads only, and neither starts Spark nor asks the cluster. */
public final class StatusJob {

  private final Path checkpoint;
  private final Optional<ExportConfig> command;
  private final PrintStream out;

  /**
   * @param checkpoint of all tables of a run
   * @param command what it is compared with, if anything
   * @param out where the status is printed
   */
  public StatusJob(String checkpoint, Optional<ExportConfig> command, PrintStream out) {
    this.checkpoint = new Path(checkpoint);
    this.command = command;
    this.out = out;
  }

  /**
   * Looks and prints.
   *
   * @throws io.ringlake.failure.RunFailure if there is no checkpoint, or it cannot be read
   */
  public void run() {
    CheckpointStatus status = CheckpointStatus.of(checkpoint, hadoop());
    out.println(status.toText());
    command.ifPresent(config -> compare(status, config));
  }

  private void compare(CheckpointStatus status, ExportConfig config) {
    out.println();
    for (TableStatus table : status.tables()) {
      List<Difference> differences = table.differences(config.identity());
      if (differences.isEmpty()) {
        out.printf("%s was begun with the settings of this command%n", table.table());
      } else {
        out.printf("%s was begun with other settings than this command's:%n", table.table());
        differences.forEach(difference -> out.println("  " + difference));
      }
    }
  }

  /** Spark's, with what {@code spark.hadoop.*} says, without a session. */
  private static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }
}
