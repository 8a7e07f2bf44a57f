package io.ringlake.config;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * A value that must not be seen: it prints as {@code (secret)}.
 *
 * @param value not empty
 */
public record Secret(String value) implements Serializable {

  /** What is printed in place of a secret. */
  static final String MASK = "(secret)";

  private static final String VARIABLE = "env:";

  public Secret {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("A secret is empty");
    }
  }

  /**
   * Fetches a secret.
   *
   * @param source {@code env:NAME} for a variable of the environment, else a local file whose first
   *     line is the secret
   * @throws IllegalArgumentException if nothing is there; the message shows neither the source nor
   *     the secret, and continues "key is (secret), "
   */
  static Secret fetch(String source) {
    return source.startsWith(VARIABLE)
        ? fromVariable(source.substring(VARIABLE.length()))
        : fromFile(new File(source));
  }

  private static Secret fromVariable(String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("a variable that is not set. Export it, or name a file.");
    }
    return new Secret(value);
  }

  private static Secret fromFile(File file) {
    if (!file.exists() || file.isDirectory()) {
      throw new IllegalArgumentException(
          "which is not a file. Name a file that holds the password, or env:NAME.");
    }
    String line;
    try (BufferedReader reader = Files.newBufferedReader(file.toPath(), StandardCharsets.UTF_8)) {
      line = reader.readLine();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "a file that cannot be read (%s).".formatted(e.getClass().getSimpleName()), e);
    }
    if (line == null || line.isEmpty()) {
      throw new IllegalArgumentException("a file whose first line is empty.");
    }
    return new Secret(line);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
