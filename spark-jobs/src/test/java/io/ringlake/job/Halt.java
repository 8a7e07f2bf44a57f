package io.ringlake.job;

import java.util.Map;

/**
 * A call at which a driver halts, as {@link io.ringlake.testing.FaultyFileSystem} names it.
 *
 * @param name for messages
 */
record Halt(String name, String operation, String path, String when) {

  static Halt before(String name, String operation, String path) {
    return new Halt(name + ": before", operation, path, "before");
  }

  static Halt after(String name, String operation, String path) {
    return new Halt(name + ": after", operation, path, "after");
  }

  /** What the driver is started with. */
  Map<String, String> properties() {
    return Map.of(
        "ringlake.faulty.action", "halt",
        "ringlake.faulty.operation", operation,
        "ringlake.faulty.path", path,
        "ringlake.faulty.when", when);
  }
}
