package io.ringlake.writetime;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What can be known about a cell beside its value. The rules are CQL's: <a
 * href="https://cassandra.apache.org/doc/latest/cassandra/developing/cql/dml.html#writetime-and-ttl-function">WRITETIME
 * and TTL</a>.
 */
public enum CellAspect {
  /** When the cell was written: microseconds since the epoch; null where there is no cell. */
  WRITETIME("writetime"),
  /** Seconds the cell had left to live when it was read; null where it lives for ever. */
  TTL("ttl"),
  /** When the cell expires: arrival of its page plus TTL; null where it lives for ever. */
  EXPIRES_AT("expires_at");

  /** The column that holds all aspects of all cells in the {@code struct} layout. */
  public static final String STRUCT_COLUMN = "_cells";

  /**
   * The key in a Spark column's metadata that marks a column as carrying an aspect: its value is
   * the {@link #fieldName()}.
   */
  public static final String ASPECT_KEY = "ringlake.aspect";

  /** The key in a Spark column's metadata that names the column whose cells are described. */
  public static final String COLUMN_KEY = "ringlake.column";

  private final String fieldName;

  CellAspect(String fieldName) {
    this.fieldName = fieldName;
  }

  /** The field of {@link #STRUCT_COLUMN}, and the mark in the column metadata. */
  public String fieldName() {
    return fieldName;
  }

  /** The Spark type of one cell's value of this aspect. */
  public DataType type() {
    return switch (this) {
      case WRITETIME -> DataTypes.LongType;
      case TTL -> DataTypes.IntegerType;
      case EXPIRES_AT -> DataTypes.TimestampType;
    };
  }
}
