package io.ringlake.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The version of this Ringlake. */
final class Version {

  private Version() {}

  /** As the application jar's manifest tells it. */
  static String text() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, "(not from a release: run from classes)");
  }
}
