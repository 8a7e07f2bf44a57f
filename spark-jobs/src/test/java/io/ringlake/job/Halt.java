package io.ringlake.job;

import java.util.Map;

/**
 * A call at which a driver halts, as {@link io.ringlake.testing.FaultyFileSystem} names it.
 *
 * @param name for messages
 * @param nth which of the calls, from 1
 */
record Halt(String name, String operation, String path, int nth, String when) {

  static Halt before(String name, String operation, String path) {
    return new Halt(name + ": before", operation, path, 1, "before");
  }

  static Halt after(String name, String operation, String path) {
    return new Halt(name + ": after", operation, path, 1, "after");
  }

  /** The same at a later one of the calls. */
  Halt at(int number) {
    return new Halt(name, operation, path, number, when);
  }

  /** What the driver is started with. */
  Map<String, String> properties() {
    return Map.of(
        "ringlake.faulty.action", "halt",
        "ringlake.faulty.operation", operation,
        "ringlake.faulty.path", path,
        "ringlake.faulty.nth", Integer.toString(nth),
        "ringlake.faulty.when", when);
  }
}
