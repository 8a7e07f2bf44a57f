package io.ringlake.writetime.cql;

import org.apache.spark.unsafe.types.UTF8String;

/** A uuid as text: 36 characters, of which four are dashes, the others hex digits in any case. */
final class UuidText {

  private static final int CHARACTERS = 36;
  private static final int BYTES = 16;

  private UuidText() {}

  /**
   * Its sixteen bytes.
   *
   * @throws IllegalArgumentException if the text is no uuid; {@link java.util.UUID#fromString}
   *     takes shorter ones, Cassandra does not
   */
  static byte[] bytes(UTF8String text) {
    byte[] characters = text.getBytes();
    if (characters.length != CHARACTERS) {
      throw unfit(text);
    }
    byte[] bytes = new byte[BYTES];
    int at = 0;
    for (int i = 0; i < BYTES; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        if (characters[at++] != '-') {
          throw unfit(text);
        }
      }
      int high = Character.digit(characters[at++], 16);
      int low = Character.digit(characters[at++], 16);
      if (high < 0 || low < 0) {
        throw unfit(text);
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return bytes;
  }

  private static IllegalArgumentException unfit(UTF8String text) {
    return new IllegalArgumentException(
        "'%s' is not a uuid: expected 36 characters such as 50554d6e-29bb-11e5-b345-feff819cdc9f"
            .formatted(text));
  }
}
