package io.ringlake.source;

import io.ringlake.projection.Projection;
import org.apache.spark.sql.types.StructType;

/** The type of the rows that this source hands out. */
public final class RowTypes {

  private RowTypes() {}

  /**
   * The rows of a projection: values as {@code docs/types.md} says, then what is known about their
   * cells.
   */
  public static StructType of(Projection projection) {
    return RowLayout.of(projection).type();
  }
}
