package io.ringlake.job;

import io.ringlake.report.TableReport.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long the steps of a table's export take. */
final class Phases {

  private final List<Phase> ended = new ArrayList<>();
  private @Nullable String name;
  private long beganNanos;

  /** Ends the step at hand, if there is one, and begins the next. */
  void begin(String next) {
    end();
    name = next;
    beganNanos = System.nanoTime();
  }

  void end() {
    if (name != null) {
      ended.add(Phase.of(name, Duration.ofNanos(System.nanoTime() - beganNanos)));
      name = null;
    }
  }

  List<Phase> ended() {
    return List.copyOf(ended);
  }
}
