package io.ringlake.types;

import java.nio.ByteBuffer;

/** What Cassandra tells of each field of a user-defined type that is not frozen. */
public final class FieldCells {

  private static final int NULL_LENGTH = -1;

  private FieldCells() {}

  /**
   * What is told of those fields that have a value.
   *
   * @param figures a list with an element for each field, such as their TTLs
   * @param writetimes the same of their write times, null where there is no value
   * @return a list of the same kind, with as many elements or fewer; the positions of both
   *     arguments stay as they are
   * @throws IllegalStateException if the two are not of the same length
   */
  public static ByteBuffer present(ByteBuffer figures, ByteBuffer writetimes) {
    Parts told = new Parts(figures);
    Parts times = new Parts(writetimes);
    int fields = told.count();
    int timed = times.count();
    if (timed != fields) {
      throw new IllegalStateException(
          "%d write times for %d figures of fields".formatted(timed, fields));
    }
    ByteBuffer present = ByteBuffer.allocate(figures.remaining());
    int count = 0;
    present.putInt(count);
    for (int i = 0; i < fields; i++) {
      ByteBuffer figure = told.value();
      if (times.value() != null) {
        count++;
        present.putInt(figure == null ? NULL_LENGTH : figure.remaining());
        if (figure != null) {
          present.put(figure);
        }
      }
    }
    return present.putInt(0, count).flip();
  }
}
