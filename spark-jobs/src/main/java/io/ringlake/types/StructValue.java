package io.ringlake.types;

import java.nio.ByteBuffer;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A tuple or a user-defined type as its parts' bytes. */
final class StructValue extends CellRow {

  private static final long serialVersionUID = 1L;

  private final CellDecoder[] decoders;
  private final transient @Nullable ByteBuffer[] cells;

  /**
   * @param cells a part for each decoder
   */
  StructValue(StructType type, CellDecoder[] decoders, @Nullable ByteBuffer[] cells) {
    super(type);
    this.decoders = decoders;
    this.cells = cells;
  }

  /** As {@link CellDecoder#misfits}, of all fields. */
  int misfits() {
    int misfits = 0;
    for (int i = 0; i < cells.length; i++) {
      misfits += decoders[i].misfits(cells[i]);
    }
    return misfits;
  }

  @Override
  protected CellDecoder decoder(int ordinal) {
    return decoders[ordinal];
  }

  @Override
  protected @Nullable ByteBuffer cell(int ordinal) {
    return cells[ordinal];
  }
}
