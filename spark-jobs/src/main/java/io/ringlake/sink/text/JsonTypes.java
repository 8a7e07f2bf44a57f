package io.ringlake.sink.text;

import io.ringlake.config.TextConfig;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** As what type the values are read that {@link JsonValues} writes: what is text there is text. */
public final class JsonTypes {

  private final Spelling spelling;

  public JsonTypes(TextConfig config) {
    this.spelling = new Spelling(config);
  }

  /** A column or field as it is read. */
  public StructField of(StructField field) {
    return new StructField(
        field.name(), of(field.dataType(), field.metadata()), field.nullable(), field.metadata());
  }

  private DataType of(DataType type, Metadata metadata) {
    if (type instanceof TimestampType
        || type instanceof BinaryType
        || (type instanceof LongType && spelling.isWritetimeText(metadata))) {
      return DataTypes.StringType;
    }
    if (type instanceof ArrayType array) {
      return DataTypes.createArrayType(of(array.elementType(), metadata), array.containsNull());
    }
    if (type instanceof StructType struct) {
      StructType seen = new StructType();
      for (StructField field : struct.fields()) {
        seen = seen.add(of(field));
      }
      return seen;
    }
    if (type instanceof MapType map) {
      DataType key = of(map.keyType(), Metadata.empty());
      DataType value = of(map.valueType(), Metadata.empty());
      return spelling.isKey(map.keyType())
          ? DataTypes.createMapType(key, value)
          : DataTypes.createArrayType(
              new StructType().add("key", key, false).add("value", value, true));
    }
    return type;
  }
}
