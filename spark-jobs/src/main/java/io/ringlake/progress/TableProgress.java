package io.ringlake.progress;

import io.ringlake.ring.RingChoice;
import io.ringlake.runtime.ScanCounts;
import io.ringlake.schema.TableName;
import io.ringlake.text.Figures;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one table is.
 *
 * @param ring what of the ring is read
 * @param counts what is read, and of what
 * @param rowsPerSecond fetched over the last 30 s
 * @param timeLeft null while nothing can be said
 * @param batch the running one, null before the first
 */
public record TableProgress(
    TableName table,
    RingChoice ring,
    ScanCounts counts,
    double rowsPerSecond,
    @Nullable Duration timeLeft,
    @Nullable RunningBatch batch) {

  /** What is read, of how much: {@code 43.7 % of a sample of 1 % of the ring}. */
  String share() {
    return Figures.percent(counts.share()) + " of " + ring.inWords();
  }
}
