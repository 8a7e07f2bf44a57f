package io.ringlake.checkpoint;

import java.time.Instant;

/**
 * That a pass is complete, and what it left: the contents of {@code finished.json}, the last file
 * that a pass writes.
 *
 * @param attempts drivers that worked on the pass
 */
public record Finished(
    int version, long rows, long bytes, int files, int attempts, Instant endedAt) {

  /** The version that this code writes, and the only one that it reads. */
  public static final int VERSION = 1;
}
