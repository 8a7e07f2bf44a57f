package io.ringlake.progress;

import io.ringlake.schema.TableName;
import io.ringlake.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For runs that nobody watches: a line for each running table every 10 s, and one for each
 * beginning and end. Each line begins with its time in UTC.
 */
public final class LogLines implements RunObserver {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Consumer<String> out;
  private @Nullable Instant last;

  /**
   * @param out takes a line, without its end
   */
  public LogLines(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void started(RunStarted run) {
    last = run.at();
    String tables =
        run.tables().stream().map(TableName::toString).collect(Collectors.joining(", "));
    line(
        run.at(),
        "%s %s begins: %s: %s"
            .formatted(
                run.job(), run.runId(), Figures.count(run.tables().size(), "table"), tables));
  }

  @Override
  public void progress(RunProgress run) {
    if (last != null && run.at().isBefore(last.plus(INTERVAL))) {
      return;
    }
    last = run.at();
    run.running().forEach(table -> line(run.at(), text(table)));
  }

  @Override
  public void tableFinished(TableFinished table) {
    line(table.at(), table.text());
  }

  @Override
  public void finished(RunFinished run) {
    line(
        run.at(),
        "The run ended after %s: %s, exit code %d"
            .formatted(Figures.time(run.took()), run.outcome(), run.exitCode()));
  }

  /** For example {@code shop.orders 43.7 % of the ring, 1,234,567 rows, …, batch 3 of 4}. */
  static String text(TableProgress table) {
    StringBuilder text = new StringBuilder();
    text.append(table.table())
        .append(' ')
        .append(table.share())
        .append(", ")
        .append(Figures.count(table.counts().rows(), "row"))
        .append(", ")
        .append(Figures.count(Math.round(table.rowsPerSecond())))
        .append(" rows/s");
    Duration left = table.timeLeft();
    if (left != null) {
      text.append(", ").append(Figures.time(left)).append(" left");
    }
    RunningBatch batch = table.batch();
    if (batch != null) {
      text.append(", batch %d of %d".formatted(batch.number(), batch.batches()));
    }
    return text.toString();
  }

  private void line(Instant at, String text) {
    out.accept(at.truncatedTo(ChronoUnit.SECONDS) + " " + text);
  }
}
