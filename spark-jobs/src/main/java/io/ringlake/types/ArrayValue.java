package io.ringlake.types;

import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGettersReader;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a collection as bytes, decoded where and when a getter asks, as {@link CellRow}
 * does with fields.
 */
final class ArrayValue extends ArrayData {

  private static final long serialVersionUID = 1L;

  private final CellDecoder element;
  private final transient @Nullable ByteBuffer[] cells;

  ArrayValue(CellDecoder element, @Nullable ByteBuffer[] cells) {
    this.element = element;
    this.cells = cells;
  }

  @Override
  public int numElements() {
    return cells.length;
  }

  @Override
  public boolean isNullAt(int ordinal) {
    return element.isNull(cells[ordinal]);
  }

  /** As {@link CellDecoder#misfits}, of all elements. */
  int misfits() {
    int misfits = 0;
    for (ByteBuffer cell : cells) {
      misfits += element.misfits(cell);
    }
    return misfits;
  }

  private ByteBuffer bytes(int ordinal) {
    ByteBuffer bytes = cells[ordinal];
    if (bytes == null) {
      throw new IllegalStateException("Element %d is null".formatted(ordinal));
    }
    return bytes;
  }

  @Override
  public boolean getBoolean(int ordinal) {
    return element.getBoolean(bytes(ordinal));
  }

  @Override
  public byte getByte(int ordinal) {
    return element.getByte(bytes(ordinal));
  }

  @Override
  public short getShort(int ordinal) {
    return element.getShort(bytes(ordinal));
  }

  @Override
  public int getInt(int ordinal) {
    return element.getInt(bytes(ordinal));
  }

  @Override
  public long getLong(int ordinal) {
    return element.getLong(bytes(ordinal));
  }

  @Override
  public float getFloat(int ordinal) {
    return element.getFloat(bytes(ordinal));
  }

  @Override
  public double getDouble(int ordinal) {
    return element.getDouble(bytes(ordinal));
  }

  @Override
  public UTF8String getUTF8String(int ordinal) {
    return element.getText(bytes(ordinal));
  }

  @Override
  public byte[] getBinary(int ordinal) {
    return element.getBinary(bytes(ordinal));
  }

  @Override
  public InternalRow getStruct(int ordinal, int numFields) {
    return element.getStruct(bytes(ordinal));
  }

  @Override
  public ArrayData getArray(int ordinal) {
    return element.getArray(bytes(ordinal));
  }

  @Override
  public MapData getMap(int ordinal) {
    return element.getMap(bytes(ordinal));
  }

  @Override
  public Decimal getDecimal(int ordinal, int precision, int scale) {
    return element.getDecimal(bytes(ordinal));
  }

  @Override
  public CalendarInterval getInterval(int ordinal) {
    throw new IllegalStateException("No CQL type is read as Spark's interval");
  }

  @Override
  public Object get(int ordinal, DataType dataType) {
    return SpecializedGettersReader.read(this, ordinal, dataType, true, true);
  }

  /** The elements, decoded; what is nested in them may share the bytes. */
  @Override
  public Object[] array() {
    Object[] values = new Object[cells.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i, element.type());
    }
    return values;
  }

  /** The elements in an array that stays as it is. */
  @Override
  public ArrayData copy() {
    Object[] values = array();
    for (int i = 0; i < values.length; i++) {
      values[i] = InternalRow.copyValue(values[i]);
    }
    return new GenericArrayData(values);
  }

  @Override
  public void setNullAt(int ordinal) {
    throw new UnsupportedOperationException("A collection's elements cannot be changed");
  }

  @Override
  public void update(int ordinal, Object value) {
    throw new UnsupportedOperationException("A collection's elements cannot be changed");
  }
}
