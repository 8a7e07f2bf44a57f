package io.ringlake.cli;

/** What a command does. */
@FunctionalInterface
public interface Job {

  /**
   * Does it, from beginning to end.
   *
   * @throws io.ringlake.failure.RunFailure if the operator, the cluster or the target is at fault;
   *     any other exception is a defect
   */
  void run();
}
