package io.ringlake.config;

import java.io.Serializable;

/** A value that must not be seen: it prints as {@code (secret)}. */
public record Secret(String value) implements Serializable {

  @Override
  public String toString() {
    return "(secret)";
  }
}
