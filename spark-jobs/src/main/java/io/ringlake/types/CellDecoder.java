package io.ringlake.types;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of one CQL type from the bytes of a cell, as they came over the wire (the same as in
 * an SSTable), into Spark's internal form. A decoder has no state; the bytes are never changed, nor
 * is their position. What it hands out may share them: it is right for as long as they are. Only
 * the methods that fit {@link #type()} may be called, and only where {@link #isNull} says no.
 *
 * <p>The formats are those of the <a
 * href="https://github.com/apache/cassandra/blob/trunk/doc/native_protocol_v5.spec">native
 * protocol</a>, section 6.
 */
public abstract class CellDecoder implements Serializable {

  private static final long serialVersionUID = 1L;

  private final DataType type;

  /**
   * @param type the Spark type of the values
   */
  protected CellDecoder(DataType type) {
    this.type = type;
  }

  /** The Spark type of the values. */
  public final DataType type() {
    return type;
  }

  /**
   * Whether there is no value: no cell, or an empty one of a type that has no empty value, which
   * CQL shows as null too.
   *
   * @param bytes null where there is no cell
   */
  public boolean isNull(@Nullable ByteBuffer bytes) {
    return bytes == null || bytes.remaining() == 0;
  }

  /**
   * Whether {@link #isNull} may say yes of a value because the Spark type does not hold it, alone
   * or as a part of this type's values.
   */
  public boolean mayMisfit() {
    return false;
  }

  /**
   * How many values of a cell the Spark type does not hold: those that are null for that, if {@link
   * #mayMisfit}.
   *
   * @param bytes null where there is no cell
   */
  public int misfits(@Nullable ByteBuffer bytes) {
    return 0;
  }

  public boolean getBoolean(ByteBuffer bytes) {
    throw unfit("boolean");
  }

  public byte getByte(ByteBuffer bytes) {
    throw unfit("byte");
  }

  public short getShort(ByteBuffer bytes) {
    throw unfit("short");
  }

  public int getInt(ByteBuffer bytes) {
    throw unfit("int");
  }

  public long getLong(ByteBuffer bytes) {
    throw unfit("long");
  }

  public float getFloat(ByteBuffer bytes) {
    throw unfit("float");
  }

  public double getDouble(ByteBuffer bytes) {
    throw unfit("double");
  }

  public Decimal getDecimal(ByteBuffer bytes) {
    throw unfit("decimal");
  }

  public UTF8String getText(ByteBuffer bytes) {
    throw unfit("text");
  }

  public byte[] getBinary(ByteBuffer bytes) {
    throw unfit("binary");
  }

  public InternalRow getStruct(ByteBuffer bytes) {
    throw unfit("struct");
  }

  public ArrayData getArray(ByteBuffer bytes) {
    throw unfit("array");
  }

  public MapData getMap(ByteBuffer bytes) {
    throw unfit("map");
  }

  private IllegalStateException unfit(String asked) {
    return new IllegalStateException(
        "A cell of Spark type %s is read as %s".formatted(type.catalogString(), asked));
  }
}
