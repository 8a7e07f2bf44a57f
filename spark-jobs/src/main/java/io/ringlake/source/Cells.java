package io.ringlake.source;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The cells of the row at hand, as bytes: what fetches them is kept apart from what decodes them.
 */
interface Cells {

  /**
   * The bytes of one item of the SELECT.
   *
   * @param index the item's place, from 0
   * @return null where there is no cell; not to be changed, nor its position
   */
  @Nullable ByteBuffer cell(int index);

  /** When the page that holds the row arrived: microseconds since the epoch. */
  long arrivedMicros();
}
