package io.ringlake.checkpoint;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A stored plan. */
public final class PlanFile {

  private final Path file;
  private final CheckpointFiles files;

  /**
   * @param file need not exist
   */
  public PlanFile(Path file, Configuration configuration) {
    this.file = file;
    this.files = new CheckpointFiles(file.getParent(), configuration);
  }

  /**
   * The plan; empty if none is stored.
   *
   * @throws io.ringlake.failure.RunFailure if it is damaged
   */
  public Optional<ScanPlan> read() {
    return files.read(file).map(text -> Json.read(file, text, ScanPlan.class, ScanPlan.VERSION));
  }

  /** Stores a plan; who reads sees it whole or not at all. */
  public void write(ScanPlan plan) {
    files.write(file, Json.write(plan));
  }
}
