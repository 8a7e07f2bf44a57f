package io.ringlake.progress;

import java.time.Instant;
import java.util.List;

/**
 * How far a run is.
 *
 * @param running the tables at work now, in the order in which they began
 * @param tablesFinished well or not
 * @param tables all of the run
 */
public record RunProgress(Instant at, List<TableProgress> running, int tablesFinished, int tables) {

  public RunProgress {
    running = List.copyOf(running);
  }
}
