package io.ringlake.progress;

import io.ringlake.ring.RingPart;
import io.ringlake.runtime.ScanCounts;
import io.ringlake.schema.TableName;
import io.ringlake.text.Figures;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one table is.
 *
 * @param part the part of the ring that is read
 * @param counts what is read, and of what
 * @param rowsPerSecond fetched over the last 30 s
 * @param timeLeft null while nothing can be said
 * @param batch the running one, null before the first
 */
public record TableProgress(
    TableName table,
    RingPart part,
    ScanCounts counts,
    double rowsPerSecond,
    @Nullable Duration timeLeft,
    @Nullable RunningBatch batch) {

  /**
   * What is read, of how much: {@code 43.7 % of the ring}, {@code 43.7 % of 12.5 % of the ring}.
   */
  String share() {
    return Figures.percent(counts.share()) + " of " + part.inWords();
  }
}
