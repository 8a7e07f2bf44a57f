package io.ringlake.sink.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Values as JSON. Numbers are numbers, but for NaN and the infinities, which JSON does not have and
 * which are the texts {@code NaN}, {@code Infinity} and {@code -Infinity}. A map is an object if
 * its keys are as many texts, and else an array of objects with {@code key} and {@code value}.
 */
final class JsonValues {

  static final JsonFactory FACTORY = new JsonFactory();

  private final Spelling spelling;

  JsonValues(Spelling spelling) {
    this.spelling = spelling;
  }

  /** Writes one value, which may be null. */
  @FunctionalInterface
  interface Value {
    void write(JsonGenerator out, SpecializedGetters from, int ordinal) throws IOException;
  }

  /** Writes an object whose fields are those of a row or struct. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator out, SpecializedGetters fields) throws IOException;
  }

  /** Writes all fields of a struct, and all that they hold. */
  Fields fields(StructType struct) {
    List<Value> values = new ArrayList<>();
    for (StructField field : struct.fields()) {
      values.add(of(field.dataType(), field.metadata()));
    }
    String[] names = struct.fieldNames();
    return (out, fields) -> {
      out.writeStartObject();
      for (int i = 0; i < names.length; i++) {
        out.writeFieldName(names[i]);
        values.get(i).write(out, fields, i);
      }
      out.writeEndObject();
    };
  }

  /**
   * Writes values of a column.
   *
   * @param metadata of the column or field, which holds for the elements of an array too
   */
  Value of(DataType type, Metadata metadata) {
    Value value = ofPresent(type, metadata);
    return (out, from, ordinal) -> {
      if (from.isNullAt(ordinal)) {
        out.writeNull();
      } else {
        value.write(out, from, ordinal);
      }
    };
  }

  private Value ofPresent(DataType type, Metadata metadata) {
    if (type instanceof StructType struct) {
      Fields fields = fields(struct);
      return (out, from, ordinal) -> fields.write(out, from.getStruct(ordinal, struct.length()));
    }
    if (type instanceof ArrayType array) {
      return array(of(array.elementType(), metadata));
    }
    if (type instanceof MapType map) {
      return spelling.isKey(map.keyType()) ? map(map) : entries(map);
    }
    if (type instanceof LongType && spelling.isWritetimeText(metadata)) {
      Spelling.Text writetime = spelling.writetime();
      return (out, from, i) -> out.writeString(writetime.of(from, i));
    }
    return scalar(type);
  }

  private Value scalar(DataType type) {
    Spelling.Text text = spelling.of(type);
    if (type instanceof DoubleType) {
      return (out, from, i) -> {
        if (Double.isFinite(from.getDouble(i))) {
          out.writeNumber(text.of(from, i));
        } else {
          out.writeString(text.of(from, i));
        }
      };
    }
    if (type instanceof FloatType) {
      return (out, from, i) -> {
        if (Float.isFinite(from.getFloat(i))) {
          out.writeNumber(text.of(from, i));
        } else {
          out.writeString(text.of(from, i));
        }
      };
    }
    if (type instanceof BooleanType) {
      return (out, from, i) -> out.writeBoolean(from.getBoolean(i));
    }
    if (isNumber(type)) {
      return (out, from, i) -> out.writeNumber(text.of(from, i));
    }
    return (out, from, i) -> out.writeString(text.of(from, i));
  }

  private static boolean isNumber(DataType type) {
    return type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType
        || type instanceof DecimalType;
  }

  private static Value array(Value element) {
    return (out, from, ordinal) -> {
      ArrayData elements = from.getArray(ordinal);
      out.writeStartArray();
      for (int i = 0; i < elements.numElements(); i++) {
        element.write(out, elements, i);
      }
      out.writeEndArray();
    };
  }

  private Value map(MapType type) {
    Spelling.Text key = spelling.of(type.keyType());
    Value value = of(type.valueType(), Metadata.empty());
    return (out, from, ordinal) -> {
      MapData map = from.getMap(ordinal);
      ArrayData keys = map.keyArray();
      ArrayData values = map.valueArray();
      out.writeStartObject();
      for (int i = 0; i < map.numElements(); i++) {
        out.writeFieldName(key.of(keys, i));
        value.write(out, values, i);
      }
      out.writeEndObject();
    };
  }

  private Value entries(MapType type) {
    Value key = of(type.keyType(), Metadata.empty());
    Value value = of(type.valueType(), Metadata.empty());
    return (out, from, ordinal) -> {
      MapData map = from.getMap(ordinal);
      ArrayData keys = map.keyArray();
      ArrayData values = map.valueArray();
      out.writeStartArray();
      for (int i = 0; i < map.numElements(); i++) {
        out.writeStartObject();
        out.writeFieldName("key");
        key.write(out, keys, i);
        out.writeFieldName("value");
        value.write(out, values, i);
        out.writeEndObject();
      }
      out.writeEndArray();
    };
  }
}
