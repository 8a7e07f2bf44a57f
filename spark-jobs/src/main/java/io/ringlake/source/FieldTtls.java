package io.ringlake.source;

import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.projection.SelectItem;
import io.ringlake.types.FieldCells;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which items of a SELECT are TTLs of fields of which only those that have a value count ({@link
 * OutputColumn#isLongestOfFields}). Crosses to executors.
 */
final class FieldTtls implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int NONE = -1;

  /** By the place of such an item: that of the write times of the same fields. */
  private final int[] writetimes;

  private FieldTtls(int[] writetimes) {
    this.writetimes = writetimes;
  }

  static FieldTtls of(Projection projection) {
    int[] writetimes = new int[projection.items().size()];
    Arrays.fill(writetimes, NONE);
    for (OutputColumn column : projection.columns()) {
      if (column.isTold() && column.isLongestOfFields()) {
        writetimes[column.selectIndex()] =
            projection
                .items()
                .indexOf(new SelectItem(column.column(), SelectItem.Function.WRITETIME));
      }
    }
    return new FieldTtls(writetimes);
  }

  /** The same cells but for those TTLs, which leave out fields without a value. */
  Cells over(Cells cells) {
    return Arrays.stream(writetimes).allMatch(place -> place == NONE) ? cells : new Present(cells);
  }

  private final class Present implements Cells {

    private final Cells cells;

    Present(Cells cells) {
      this.cells = cells;
    }

    @Override
    public @Nullable ByteBuffer cell(int index) {
      ByteBuffer bytes = cells.cell(index);
      ByteBuffer times = writetimes[index] == NONE ? null : cells.cell(writetimes[index]);
      return bytes == null || times == null ? bytes : FieldCells.present(bytes, times);
    }

    @Override
    public long arrivedMicros() {
      return cells.arrivedMicros();
    }
  }
}
