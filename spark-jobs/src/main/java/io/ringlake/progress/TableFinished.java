package io.ringlake.progress;

import io.ringlake.report.Outcome;
import io.ringlake.schema.TableName;
import io.ringlake.text.Figures;
import java.time.Duration;
import java.time.Instant;

/**
 * A table is over.
 *
 * @param rows written in the whole pass; read so far, if the pass is not done
 * @param took in this run
 */
public record TableFinished(
    Instant at, TableName table, Outcome outcome, long rows, Duration took) {

  /** For people: {@code shop.orders done, 1,234,567 rows in 2:03}. */
  String text() {
    return "%s %s, %s in %s"
        .formatted(table, outcome, Figures.count(rows, "row"), Figures.time(took));
  }
}
