package io.ringlake.types;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The greatest or the least element of a list of ints or bigints. */
final class Extreme extends CellDecoder {

  private static final long serialVersionUID = 1L;

  private final CellDecoder element;
  private final boolean greatest;
  private final boolean nullIfOneIs;

  /**
   * @param element of int or bigint
   * @param greatest or least
   * @param nullIfOneIs whether an element that is null makes the result null; else it is left out
   */
  Extreme(CellDecoder element, boolean greatest, boolean nullIfOneIs) {
    super(element.type());
    this.element = element;
    this.greatest = greatest;
    this.nullIfOneIs = nullIfOneIs;
  }

  @Override
  public boolean isNull(@Nullable ByteBuffer bytes) {
    return bytes == null || bytes.remaining() == 0 || extreme(bytes) == null;
  }

  @Override
  public long getLong(ByteBuffer bytes) {
    return element.getLong(found(bytes));
  }

  @Override
  public int getInt(ByteBuffer bytes) {
    return element.getInt(found(bytes));
  }

  private ByteBuffer found(ByteBuffer bytes) {
    ByteBuffer found = extreme(bytes);
    if (found == null) {
      throw new IllegalStateException("No element is the greatest or least");
    }
    return found;
  }

  private @Nullable ByteBuffer extreme(ByteBuffer bytes) {
    Parts parts = new Parts(bytes);
    ByteBuffer found = null;
    for (int count = parts.count(); count > 0; count--) {
      ByteBuffer part = parts.value();
      if (element.isNull(part)) {
        if (nullIfOneIs) {
          return null;
        }
      } else if (part != null && (found == null || number(part) > number(found) == greatest)) {
        found = part;
      }
    }
    return found;
  }

  private static long number(ByteBuffer bytes) {
    return bytes.remaining() == Long.BYTES ? bytes.getLong(0) : bytes.getInt(0);
  }
}
