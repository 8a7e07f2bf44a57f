package io.ringlake.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads names separated by commas, each of one or more parts separated by dots: {@code shop.orders,
 * "a.b"."T"}. Names are exact: case matters. Commas, dots and wildcards that belong to a name, and
 * spaces at its ends, need CQL's double quotes, in which {@code ""} is one.
 */
final class NameList {

  /**
   * A part of a name, without its quotes.
   *
   * @param text not empty
   */
  record Part(String text, boolean quoted) {}

  private final String text;
  private int at;

  private NameList(String text) {
    this.text = text;
  }

  /**
   * The names, each as its parts; none if the text is blank.
   *
   * @throws IllegalArgumentException if a name is missing or a quote is not closed; the message
   *     continues "key is 'text', "
   */
  static List<List<Part>> parse(String text) {
    return text.isBlank() ? List.of() : new NameList(text).names();
  }

  private List<List<Part>> names() {
    List<List<Part>> names = new ArrayList<>();
    do {
      names.add(parts());
    } while (skip(','));
    if (at < text.length()) {
      throw new IllegalArgumentException(
          "where %s follows a name. Separate names by commas.".formatted(text.substring(at)));
    }
    return names;
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    do {
      skipSpaces();
      parts.add(at < text.length() && text.charAt(at) == '"' ? quoted() : bare());
      skipSpaces();
    } while (skip('.'));
    return List.copyOf(parts);
  }

  private Part quoted() {
    StringBuilder name = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        name.append(c);
      } else if (skip('"')) {
        name.append('"');
      } else {
        return part(name.toString(), true);
      }
    }
    throw new IllegalArgumentException("where a double quote is not closed.");
  }

  private Part bare() {
    int start = at;
    while (at < text.length() && ",.\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return part(text.substring(start, at).strip(), false);
  }

  private static Part part(String name, boolean quoted) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("where a name is missing.");
    }
    return new Part(name, quoted);
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean skip(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }
}
