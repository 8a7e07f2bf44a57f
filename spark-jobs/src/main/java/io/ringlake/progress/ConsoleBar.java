package io.ringlake.progress;

import io.ringlake.ring.RingChoice;
import io.ringlake.text.Figures;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal that is drawn over itself, at most ten times a second. A table alone has a
 * bar; several at once have their shares side by side, and the sums of their rows. What does not
 * fit is left out: first the batch, then the rows, the bar, the pace and the time left.
 */
public final class ConsoleBar implements RunObserver {

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final int DEFAULT_WIDTH = 80;
  private static final int LEAST_CELLS = 10;
  private static final int MOST_CELLS = 50;
  private static final String FRAME = " []";

  private final PrintWriter out;
  private final int width;
  private @Nullable Instant drawnAt;
  private String drawn = "";

  /**
   * @param width of the terminal, in characters
   */
  ConsoleBar(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  /**
   * A bar on the terminal of this process; empty if it has none, or one that cannot go back to the
   * start of a line ({@code TERM=dumb}). As wide as {@code COLUMNS} says, else 80.
   *
   * @param console {@link System#console()}: null unless standard input and output both are a
   *     terminal
   * @param environment of the process
   */
  public static Optional<RunObserver> on(
      @Nullable Console console, Map<String, String> environment) {
    if (console == null || Objects.equals(environment.get("TERM"), "dumb")) {
      return Optional.empty();
    }
    return Optional.of(new ConsoleBar(console.writer(), width(environment.get("COLUMNS"))));
  }

  static int width(@Nullable String columns) {
    return columns != null && columns.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(columns)
        : DEFAULT_WIDTH;
  }

  @Override
  public void progress(RunProgress run) {
    if (drawnAt != null && run.at().isBefore(drawnAt.plus(INTERVAL))) {
      return;
    }
    drawnAt = run.at();
    draw(text(run, width));
  }

  @Override
  public void tableFinished(TableFinished table) {
    draw(table.text());
    endLine();
  }

  @Override
  public void finished(RunFinished run) {
    if (!drawn.isEmpty()) {
      endLine();
    }
  }

  private void endLine() {
    out.println();
    out.flush();
    drawn = "";
    drawnAt = null;
  }

  private void draw(String text) {
    if (text.equals(drawn)) {
      return;
    }
    // The last column stays free: some terminals begin a new line after it.
    out.print("\r" + text + " ".repeat(Math.max(0, drawn.length() - text.length())));
    out.flush();
    drawn = text;
  }

  /** The line, at most {@code width - 1} characters long. */
  static String text(RunProgress run, int width) {
    int room = width - 1;
    List<TableProgress> running = run.running();
    String head = head(running, room);
    int free = room - head.length();
    String left = fitting(timeLeft(running), free);
    free -= left.length();
    String pace = fitting(pace(running), free);
    free -= pace.length();
    boolean bar = running.size() == 1 && free >= LEAST_CELLS + FRAME.length();
    free -= bar ? LEAST_CELLS + FRAME.length() : 0;
    String rows = fitting(rows(running), free);
    free -= rows.length();
    String whole = fitting(whole(run), free);
    free -= whole.length();
    String cells =
        bar ? cells(running.get(0).counts().share(), Math.min(LEAST_CELLS + free, MOST_CELLS)) : "";
    return head + cells + rows + pace + left + whole;
  }

  private static String head(List<TableProgress> running, int room) {
    String head =
        running.stream()
            .map(table -> table.table() + " " + share(table))
            .collect(Collectors.joining(", "));
    // The end of a name tells more than its beginning, and the share stands there.
    return head.length() <= room
        ? head
        : ".." + head.substring(head.length() - Math.max(0, room - 2));
  }

  private static String share(TableProgress table) {
    return table.ring().equals(RingChoice.WHOLE_RING)
        ? Figures.percent(table.counts().share())
        : table.share();
  }

  private static String cells(double share, int cells) {
    int full = (int) Math.floor(share * cells);
    return " [" + "#".repeat(full) + "-".repeat(cells - full) + "]";
  }

  private static String rows(List<TableProgress> running) {
    return ", "
        + Figures.count(running.stream().mapToLong(table -> table.counts().rows()).sum(), "row");
  }

  private static String pace(List<TableProgress> running) {
    double rowsPerSecond = running.stream().mapToDouble(TableProgress::rowsPerSecond).sum();
    return ", " + Figures.count(Math.round(rowsPerSecond)) + " rows/s";
  }

  /** Until the last of the running tables is over; nothing while one of them cannot say. */
  private static String timeLeft(List<TableProgress> running) {
    Duration longest = Duration.ZERO;
    for (TableProgress table : running) {
      Duration left = table.timeLeft();
      if (left == null) {
        return "";
      }
      longest = left.compareTo(longest) > 0 ? left : longest;
    }
    return ", " + Figures.time(longest) + " left";
  }

  private static String whole(RunProgress run) {
    if (run.tables() > 1) {
      return ", %d of %d tables over".formatted(run.tablesFinished(), run.tables());
    }
    RunningBatch batch = run.running().get(0).batch();
    return batch == null ? "" : ", batch %d of %d".formatted(batch.number(), batch.batches());
  }

  private static String fitting(String part, int free) {
    return part.length() <= free ? part : "";
  }
}
