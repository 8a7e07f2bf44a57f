package io.ringlake.config;

import java.util.List;

/**
 * A value that somebody gave to a key, not looked at yet.
 *
 * @param texts one text, or the elements of a list
 * @param origin where it stands, for example {@code nightly.conf:3}; empty where the key says
 *     enough, as on a command line
 */
public record GivenValue(String key, List<String> texts, String origin) {

  public GivenValue {
    texts = List.copyOf(texts);
  }

  /** One value of the command line, or an option of the Spark source. */
  public static GivenValue of(String key, String text) {
    return new GivenValue(key, List.of(text), "");
  }

  /** The whole value as one text. */
  String text() {
    return String.join(",", texts);
  }

  /** A problem with this value, told with its place. */
  String problem(String problem) {
    return origin.isEmpty() ? problem : origin + ": " + problem;
  }
}
