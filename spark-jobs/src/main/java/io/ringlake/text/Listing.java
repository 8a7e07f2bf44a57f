package io.ringlake.text;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names in a message. */
public final class Listing {

  private static final int SHOWN = 30;

  private Listing() {}

  /** The first {@value #SHOWN}, with commas between them: {@code a, b and 70 more}. */
  public static String of(Collection<?> values) {
    String first =
        values.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(", "));
    int more = values.size() - SHOWN;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }
}
