package io.ringlake.types;

import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;

/** The entries of a map, keys and values apart, in the order that Cassandra sorts the keys in. */
final class MapValue extends MapData {

  private static final long serialVersionUID = 1L;

  private final ArrayValue keys;
  private final ArrayValue values;

  MapValue(ArrayValue keys, ArrayValue values) {
    this.keys = keys;
    this.values = values;
  }

  /** As {@link CellDecoder#misfits}, of all keys and values. */
  int misfits() {
    return keys.misfits() + values.misfits();
  }

  @Override
  public int numElements() {
    return keys.numElements();
  }

  @Override
  public ArrayData keyArray() {
    return keys;
  }

  @Override
  public ArrayData valueArray() {
    return values;
  }

  @Override
  public MapData copy() {
    return new ArrayBasedMapData(keys.copy(), values.copy());
  }
}
