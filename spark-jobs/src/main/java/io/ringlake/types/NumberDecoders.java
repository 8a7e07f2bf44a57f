package io.ringlake.types;

import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataTypes;

/** Booleans and numbers of fixed width. */
final class NumberDecoders {

  private NumberDecoders() {}

  static final class Bool extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Bool() {
      super(DataTypes.BooleanType);
    }

    @Override
    public boolean getBoolean(ByteBuffer bytes) {
      return bytes.get(bytes.position()) != 0;
    }
  }

  static final class Int8 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Int8() {
      super(DataTypes.ByteType);
    }

    @Override
    public byte getByte(ByteBuffer bytes) {
      return bytes.get(bytes.position());
    }
  }

  static final class Int16 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Int16() {
      super(DataTypes.ShortType);
    }

    @Override
    public short getShort(ByteBuffer bytes) {
      return bytes.getShort(bytes.position());
    }
  }

  static final class Int32 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Int32() {
      super(DataTypes.IntegerType);
    }

    @Override
    public int getInt(ByteBuffer bytes) {
      return bytes.getInt(bytes.position());
    }
  }

  static final class Int64 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Int64() {
      super(DataTypes.LongType);
    }

    @Override
    public long getLong(ByteBuffer bytes) {
      return bytes.getLong(bytes.position());
    }
  }

  static final class Float32 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Float32() {
      super(DataTypes.FloatType);
    }

    @Override
    public float getFloat(ByteBuffer bytes) {
      return bytes.getFloat(bytes.position());
    }
  }

  static final class Float64 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Float64() {
      super(DataTypes.DoubleType);
    }

    @Override
    public double getDouble(ByteBuffer bytes) {
      return bytes.getDouble(bytes.position());
    }
  }
}
