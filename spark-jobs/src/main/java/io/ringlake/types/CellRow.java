package io.ringlake.types;

import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGettersReader;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A row whose fields are cells as bytes, decoded where and when a getter asks. It cannot be changed
 * through its setters; {@link #copy()} makes a row that stays, whatever becomes of the bytes.
 */
public abstract class CellRow extends InternalRow {

  private static final long serialVersionUID = 1L;

  private final StructType type;

  /**
   * @param type of the fields
   */
  protected CellRow(StructType type) {
    this.type = type;
  }

  /** The decoder of a field's cell. */
  protected abstract CellDecoder decoder(int ordinal);

  /** The bytes of a field, null where there is no cell. */
  protected abstract @Nullable ByteBuffer cell(int ordinal);

  private ByteBuffer bytes(int ordinal) {
    ByteBuffer bytes = cell(ordinal);
    if (bytes == null) {
      throw new IllegalStateException("Field %d is null".formatted(ordinal));
    }
    return bytes;
  }

  @Override
  public final int numFields() {
    return type.length();
  }

  @Override
  public boolean isNullAt(int ordinal) {
    return decoder(ordinal).isNull(cell(ordinal));
  }

  @Override
  public final boolean getBoolean(int ordinal) {
    return decoder(ordinal).getBoolean(bytes(ordinal));
  }

  @Override
  public final byte getByte(int ordinal) {
    return decoder(ordinal).getByte(bytes(ordinal));
  }

  @Override
  public final short getShort(int ordinal) {
    return decoder(ordinal).getShort(bytes(ordinal));
  }

  @Override
  public final int getInt(int ordinal) {
    return decoder(ordinal).getInt(bytes(ordinal));
  }

  @Override
  public long getLong(int ordinal) {
    return decoder(ordinal).getLong(bytes(ordinal));
  }

  @Override
  public final float getFloat(int ordinal) {
    return decoder(ordinal).getFloat(bytes(ordinal));
  }

  @Override
  public final double getDouble(int ordinal) {
    return decoder(ordinal).getDouble(bytes(ordinal));
  }

  @Override
  public final UTF8String getUTF8String(int ordinal) {
    return decoder(ordinal).getText(bytes(ordinal));
  }

  @Override
  public final byte[] getBinary(int ordinal) {
    return decoder(ordinal).getBinary(bytes(ordinal));
  }

  @Override
  public InternalRow getStruct(int ordinal, int numFields) {
    return decoder(ordinal).getStruct(bytes(ordinal));
  }

  @Override
  public ArrayData getArray(int ordinal) {
    return decoder(ordinal).getArray(bytes(ordinal));
  }

  @Override
  public final MapData getMap(int ordinal) {
    return decoder(ordinal).getMap(bytes(ordinal));
  }

  @Override
  public final Decimal getDecimal(int ordinal, int precision, int scale) {
    return decoder(ordinal).getDecimal(bytes(ordinal));
  }

  @Override
  public final CalendarInterval getInterval(int ordinal) {
    throw new IllegalStateException("No CQL type is read as Spark's interval");
  }

  @Override
  public final Object get(int ordinal, DataType dataType) {
    return SpecializedGettersReader.read(this, ordinal, dataType, true, true);
  }

  /** The values as they are now, in a row that stays as it is. */
  @Override
  public final InternalRow copy() {
    Object[] values = new Object[numFields()];
    for (int i = 0; i < values.length; i++) {
      values[i] = copyValue(get(i, type.fields()[i].dataType()));
    }
    return new GenericInternalRow(values);
  }

  @Override
  public final void setNullAt(int ordinal) {
    throw new UnsupportedOperationException("A row of cells cannot be changed");
  }

  @Override
  public final void update(int ordinal, Object value) {
    throw new UnsupportedOperationException("A row of cells cannot be changed");
  }
}
