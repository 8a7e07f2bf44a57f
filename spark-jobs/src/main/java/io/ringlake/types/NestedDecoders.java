package io.ringlake.types;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Collections, tuples, user-defined types and vectors. What they hand out shares the bytes, and
 * decodes a part where and when it is asked for.
 */
final class NestedDecoders {

  private NestedDecoders() {}

  /** Values that have parts. */
  abstract static class Nested extends CellDecoder {
    private static final long serialVersionUID = 1L;

    private final boolean mayMisfit;

    Nested(DataType type, CellDecoder... parts) {
      super(type);
      this.mayMisfit = Arrays.stream(parts).anyMatch(CellDecoder::mayMisfit);
    }

    /** How many parts of a value do not fit, in all its depth. */
    abstract int misfitsOfParts(ByteBuffer bytes);

    @Override
    public final boolean mayMisfit() {
      return mayMisfit;
    }

    @Override
    public final int misfits(@Nullable ByteBuffer bytes) {
      return bytes == null || !mayMisfit || isNull(bytes) ? 0 : misfitsOfParts(bytes);
    }
  }

  /** Lists, and sets in the order that Cassandra sorts them in. */
  static final class Elements extends Nested {
    private static final long serialVersionUID = 1L;

    private final CellDecoder element;

    Elements(CellDecoder element) {
      super(DataTypes.createArrayType(element.type(), true), element);
      this.element = element;
    }

    @Override
    public ArrayValue getArray(ByteBuffer bytes) {
      Parts parts = new Parts(bytes);
      @Nullable ByteBuffer[] cells = new ByteBuffer[parts.count()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = parts.value();
      }
      return new ArrayValue(element, cells);
    }

    @Override
    int misfitsOfParts(ByteBuffer bytes) {
      return getArray(bytes).misfits();
    }
  }

  /** Maps. */
  static final class Entries extends Nested {
    private static final long serialVersionUID = 1L;

    private final CellDecoder key;
    private final CellDecoder value;
    private final ValueSite site;

    Entries(CellDecoder key, CellDecoder value, ValueSite site) {
      super(DataTypes.createMapType(key.type(), value.type(), true), key, value);
      this.key = key;
      this.value = value;
      this.site = site;
    }

    @Override
    public MapValue getMap(ByteBuffer bytes) {
      Parts parts = new Parts(bytes);
      int count = parts.count();
      @Nullable ByteBuffer[] keys = new ByteBuffer[count];
      @Nullable ByteBuffer[] values = new ByteBuffer[count];
      for (int i = 0; i < count; i++) {
        keys[i] = parts.value();
        values[i] = parts.value();
        if (key.isNull(keys[i])) {
          throw site.unreadable(
              "A map in column %s has a key without bytes, which no map of Spark's can hold.");
        }
      }
      return new MapValue(new ArrayValue(key, keys), new ArrayValue(value, values));
    }

    @Override
    int misfitsOfParts(ByteBuffer bytes) {
      return getMap(bytes).misfits();
    }
  }

  /** Maps whose keys hold maps, which Spark does not take as keys: lists of entries. */
  static final class EntryList extends Nested {
    private static final long serialVersionUID = 1L;

    private final Fields entry;

    EntryList(CellDecoder key, CellDecoder value) {
      this(
          new Fields(
              List.of(
                  DataTypes.createStructField("key", key.type(), true),
                  DataTypes.createStructField("value", value.type(), true)),
              List.of(key, value)));
    }

    private EntryList(Fields entry) {
      super(DataTypes.createArrayType(entry.type(), false), entry);
      this.entry = entry;
    }

    @Override
    public ArrayValue getArray(ByteBuffer bytes) {
      Parts parts = new Parts(bytes);
      @Nullable ByteBuffer[] cells = new ByteBuffer[parts.count()];
      for (int i = 0; i < cells.length; i++) {
        int start = parts.place();
        parts.value();
        parts.value();
        cells[i] = parts.between(start, parts.place()); // in bytes as a tuple of the two
      }
      return new ArrayValue(entry, cells);
    }

    @Override
    int misfitsOfParts(ByteBuffer bytes) {
      return getArray(bytes).misfits();
    }
  }

  /**
   * Tuples and user-defined types. A value that was written before its type gained a field has no
   * bytes for it, and null is read.
   */
  static final class Fields extends Nested {
    private static final long serialVersionUID = 1L;

    private final StructType struct;
    private final CellDecoder[] decoders;

    /**
     * @param decoders one for each field
     */
    Fields(List<StructField> fields, List<CellDecoder> decoders) {
      this(DataTypes.createStructType(fields), decoders.toArray(CellDecoder[]::new));
    }

    private Fields(StructType struct, CellDecoder[] decoders) {
      super(struct, decoders);
      this.struct = struct;
      this.decoders = decoders;
    }

    @Override
    public StructValue getStruct(ByteBuffer bytes) {
      Parts parts = new Parts(bytes);
      @Nullable ByteBuffer[] cells = new ByteBuffer[decoders.length];
      for (int i = 0; i < cells.length && parts.hasMore(); i++) {
        cells[i] = parts.value();
      }
      return new StructValue(struct, decoders, cells);
    }

    @Override
    int misfitsOfParts(ByteBuffer bytes) {
      return getStruct(bytes).misfits();
    }
  }

  /**
   * Vectors. Elements of a type of fixed width stand one after another, others after their length
   * as a vint, as {@code VectorType} of Cassandra says.
   */
  static final class Vector extends Nested {
    private static final long serialVersionUID = 1L;

    private final CellDecoder element;
    private final int dimensions;
    private final int elementBytes;

    /**
     * @param dimensions at least 1
     * @param elementBytes width of an element, 0 if they differ
     */
    Vector(CellDecoder element, int dimensions, int elementBytes) {
      super(
          DataTypes.createArrayType(element.type(), elementBytes == 0 || element.mayMisfit()),
          element);
      this.element = element;
      this.dimensions = dimensions;
      this.elementBytes = elementBytes;
    }

    @Override
    public ArrayValue getArray(ByteBuffer bytes) {
      Parts parts = new Parts(bytes);
      @Nullable ByteBuffer[] cells = new ByteBuffer[dimensions];
      for (int i = 0; i < dimensions; i++) {
        cells[i] = elementBytes == 0 ? parts.valueOfVintLength() : parts.next(elementBytes);
      }
      return new ArrayValue(element, cells);
    }

    @Override
    int misfitsOfParts(ByteBuffer bytes) {
      return getArray(bytes).misfits();
    }
  }
}
