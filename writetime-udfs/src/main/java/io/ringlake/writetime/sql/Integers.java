package io.ringlake.writetime.sql;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Spark's whole numbers of fixed width. */
final class Integers {

  private static final List<DataType> NARROW_TO_WIDE =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private Integers() {}

  /** Whether both are whole numbers, and each value of one is a value of the other. */
  static boolean fits(DataType given, DataType wanted) {
    int index = NARROW_TO_WIDE.indexOf(given);
    return index >= 0 && index <= NARROW_TO_WIDE.indexOf(wanted);
  }
}
