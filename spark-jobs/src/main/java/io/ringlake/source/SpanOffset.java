package io.ringlake.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.jspecify.annotations.Nullable;

/**
 * A place in a plan: how many of its spans, from the first, are done. As JSON {@code
 * {"spans":128}}.
 */
final class SpanOffset extends Offset {

  private static final Pattern JSON = Pattern.compile("\\{\"spans\":(\\d{1,9})}");

  private final int spans;

  SpanOffset(int spans) {
    this.spans = spans;
  }

  /**
   * @throws IllegalArgumentException if it is not such an offset
   */
  static SpanOffset parse(String json) {
    Matcher matcher = JSON.matcher(json);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Offset is '%s'; expected one such as {\"spans\":128}".formatted(json));
    }
    return new SpanOffset(Integer.parseInt(matcher.group(1)));
  }

  int spans() {
    return spans;
  }

  @Override
  public String json() {
    return "{\"spans\":" + spans + "}"; // whatever digits the locale has
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SpanOffset offset && offset.spans == spans;
  }

  @Override
  public int hashCode() {
    return spans;
  }
}
