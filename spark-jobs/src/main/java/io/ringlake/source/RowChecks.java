package io.ringlake.source;

import io.ringlake.config.WrittenRange;
import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.projection.SelectItem;
import io.ringlake.types.CellDecoder;
import io.ringlake.types.CqlTypes;
import io.ringlake.writetime.CellAspect;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.LongType;
import org.jspecify.annotations.Nullable;

/**
 * What a reader looks at in each row, whoever then asks for which of its values: whether it is
 * kept, and what is counted. Crosses to executors.
 *
 * @param range of the write times that rows must have
 * @param tested the write times that are tested; without any all rows are kept
 * @param bounded values that are null if they do not fit
 * @param aspects write times and TTLs that are exported, of which a histogram is made
 */
record RowChecks(
    WrittenRange range, List<Checked> tested, List<Checked> bounded, List<Checked> aspects)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public RowChecks {
    tested = List.copyOf(tested);
    bounded = List.copyOf(bounded);
    aspects = List.copyOf(aspects);
  }

  /** What is looked at in each row: a cell, or several in a list. */
  static final class Checked implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final int selectIndex;
    private final CellDecoder decoder;
    private final boolean isList;
    private final boolean isLong;

    /**
     * @param name what the report calls it
     * @param selectIndex the place in the SELECT's items, from 0
     */
    Checked(String name, int selectIndex, CellDecoder decoder) {
      this.name = name;
      this.selectIndex = selectIndex;
      this.decoder = decoder;
      DataType type = decoder.type();
      this.isList = type instanceof ArrayType;
      this.isLong =
          (type instanceof ArrayType list ? list.elementType() : type) instanceof LongType;
    }

    String name() {
      return name;
    }

    CellDecoder decoder() {
      return decoder;
    }

    /** Whether there are several, each decoded as an element. */
    boolean isList() {
      return isList;
    }

    /** Whether figures are longs, not ints. */
    boolean isLong() {
      return isLong;
    }

    /** How many values of a row do not fit. */
    int misfits(Cells row) {
      return decoder.misfits(row.cell(selectIndex));
    }

    /** Its bytes in a row, null if there is nothing. */
    @Nullable ByteBuffer bytes(Cells row) {
      ByteBuffer bytes = row.cell(selectIndex);
      return decoder.isNull(bytes) ? null : bytes;
    }
  }

  static RowChecks of(Projection projection) {
    List<SelectItem> items = projection.items();
    return new RowChecks(
        projection.tests().range(),
        projection.tests().tested().stream()
            .map(
                item ->
                    new Checked(
                        item.column().name().name(),
                        items.indexOf(item),
                        item.column().type().isMultiCell()
                            ? CqlTypes.eachOf(CellAspect.WRITETIME)
                            : CqlTypes.decoder(CellAspect.WRITETIME)))
            .toList(),
        projection.columns().stream()
            .filter(OutputColumn::isValue)
            .map(RowChecks::checked)
            .filter(value -> value.decoder().mayMisfit())
            .toList(),
        projection.columns().stream().filter(RowChecks::isFigure).map(RowChecks::checked).toList());
  }

  /** An expiry says no more than its TTL. */
  private static boolean isFigure(OutputColumn column) {
    return column.content() instanceof OutputColumn.Aspect shown
        && shown.aspect() != CellAspect.EXPIRES_AT
        && column.isTold();
  }

  private static Checked checked(OutputColumn column) {
    return new Checked(column.name(), column.selectIndex(), RowLayout.decoder(column));
  }
}
