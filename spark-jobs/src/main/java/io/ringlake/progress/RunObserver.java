package io.ringlake.progress;

/**
 * Is told how a run goes. All calls of one run come from one thread, in the order of this type's
 * methods, {@link #progress} and {@link #tableFinished} interleaved. What a call throws is logged
 * and changes nothing else.
 */
public interface RunObserver {

  /** The run begins. */
  default void started(RunStarted run) {}

  /** How far it is, about ten times a second while it runs; who wants fewer leaves some out. */
  default void progress(RunProgress run) {}

  /** A table is over, well or not. */
  default void tableFinished(TableFinished table) {}

  /** The run is over; the last call. */
  default void finished(RunFinished run) {}
}
