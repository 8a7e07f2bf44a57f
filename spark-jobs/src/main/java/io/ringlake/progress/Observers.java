package io.ringlake.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells several observers. One that throws is logged, once, and stops neither the others nor us.
 */
final class Observers implements RunObserver {

  private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

  private final List<Guarded> observers = new ArrayList<>();

  Observers(List<RunObserver> observers) {
    observers.forEach(observer -> this.observers.add(new Guarded(observer)));
  }

  @Override
  public void started(RunStarted run) {
    observers.forEach(guarded -> guarded.tell(observer -> observer.started(run)));
  }

  @Override
  public void progress(RunProgress run) {
    observers.forEach(guarded -> guarded.tell(observer -> observer.progress(run)));
  }

  @Override
  public void tableFinished(TableFinished table) {
    observers.forEach(guarded -> guarded.tell(observer -> observer.tableFinished(table)));
  }

  @Override
  public void finished(RunFinished run) {
    observers.forEach(guarded -> guarded.tell(observer -> observer.finished(run)));
  }

  private static final class Guarded {

    private final RunObserver observer;
    private boolean logged;

    Guarded(RunObserver observer) {
      this.observer = observer;
    }

    void tell(Consumer<RunObserver> news) {
      try {
        news.accept(observer);
      } catch (RuntimeException | Error e) {
        if (!logged) {
          logged = true;
          LOG.warn(
              "A progress observer failed, further failures of it are not logged; the run goes on"
                  + " observer={}",
              observer.getClass().getName(),
              e);
        }
      }
    }
  }
}
