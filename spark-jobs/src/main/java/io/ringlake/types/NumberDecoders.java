package io.ringlake.types;

import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Booleans and numbers of fixed width. */
final class NumberDecoders {

  private NumberDecoders() {}

  static final class Bool extends CellDecoder {
    private static final long serialVersionUID = 1L;

    @Override
    public DataType type() {
      return DataTypes.BooleanType;
    }

    @Override
    public boolean getBoolean(ByteBuffer bytes) {
      return bytes.get(bytes.position()) != 0;
    }
  }

  static final class Int8 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    @Override
    public DataType type() {
      return DataTypes.ByteType;
    }

    @Override
    public byte getByte(ByteBuffer bytes) {
      return bytes.get(bytes.position());
    }
  }

  static final class Int16 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    @Override
    public DataType type() {
      return DataTypes.ShortType;
    }

    @Override
    public short getShort(ByteBuffer bytes) {
      return bytes.getShort(bytes.position());
    }
  }

  static final class Int32 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    @Override
    public DataType type() {
      return DataTypes.IntegerType;
    }

    @Override
    public int getInt(ByteBuffer bytes) {
      return bytes.getInt(bytes.position());
    }
  }

  static final class Int64 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    @Override
    public DataType type() {
      return DataTypes.LongType;
    }

    @Override
    public long getLong(ByteBuffer bytes) {
      return bytes.getLong(bytes.position());
    }
  }

  static final class Float32 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    @Override
    public DataType type() {
      return DataTypes.FloatType;
    }

    @Override
    public float getFloat(ByteBuffer bytes) {
      return bytes.getFloat(bytes.position());
    }
  }

  static final class Float64 extends CellDecoder {
    private static final long serialVersionUID = 1L;

    @Override
    public DataType type() {
      return DataTypes.DoubleType;
    }

    @Override
    public double getDouble(ByteBuffer bytes) {
      return bytes.getDouble(bytes.position());
    }
  }
}
