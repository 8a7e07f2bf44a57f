package io.ringlake.types;

import static io.ringlake.types.PageBytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.ListOf;
import io.ringlake.schema.CqlType.MapOf;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.CqlType.SetOf;
import io.ringlake.schema.CqlType.TupleOf;
import io.ringlake.schema.CqlType.UserDefined;
import io.ringlake.schema.CqlType.VectorOf;
import io.ringlake.schema.Identifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/** The driver's own codecs say what the bytes of a nested value are. */
class NestedDecodersTest {

  private static final UserDefined ADDRESS =
      new UserDefined(
          new Identifier("ks"),
          new Identifier("address"),
          List.of(
              new UserDefined.Field(new Identifier("street"), Scalar.TEXT),
              new UserDefined.Field(new Identifier("numbers"), new ListOf(Scalar.INT, true))),
          true);

  private static CellDecoder decoder(CqlType type) {
    return CqlTypes.decoder(new Column(new Identifier("c"), type, ColumnKind.REGULAR));
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }

  @Test
  void hasTheTypesThatTheDocumentationTells() {
    CqlType deep = new MapOf(Scalar.TEXT, new ListOf(ADDRESS, true), false);

    assertThat(decoder(deep).type().simpleString())
        .isEqualTo("map<string,array<struct<street:string,numbers:array<int>>>>");
    assertThat(decoder(new SetOf(Scalar.UUID, false)).type().simpleString())
        .isEqualTo("array<string>");
    assertThat(decoder(new TupleOf(List.of(Scalar.INT, Scalar.DATE))).type().simpleString())
        .isEqualTo("struct<_1:int,_2:date>");
    assertThat(decoder(new VectorOf(Scalar.FLOAT, 3)).type().simpleString())
        .isEqualTo("array<float>");
    assertThat(
            decoder(new MapOf(new MapOf(Scalar.INT, Scalar.INT, true), Scalar.TEXT, true))
                .type()
                .simpleString())
        .isEqualTo("array<struct<key:map<int,int>,value:string>>");
  }

  @Test
  void readsListsAndSetsInTheirOrder() {
    ArrayData list =
        decoder(new ListOf(Scalar.TEXT, false))
            .getArray(bytes(TypeCodecs.listOf(TypeCodecs.TEXT), List.of("b", "", "a\uD83D\uDE80")));
    ArrayData set =
        decoder(new SetOf(Scalar.BIGINT, true))
            .getArray(
                bytes(TypeCodecs.setOf(TypeCodecs.BIGINT), new TreeSet<>(Set.of(3L, -1L, 2L))));

    assertThat(list.array()).containsExactly(text("b"), text(""), text("a\uD83D\uDE80"));
    assertThat(set.array()).containsExactly(-1L, 2L, 3L);
  }

  @Test
  void tellsAnEmptyCollectionFromNone() {
    CellDecoder decoder = decoder(new ListOf(Scalar.INT, true));
    ByteBuffer empty = bytes(TypeCodecs.listOf(TypeCodecs.INT), List.of());

    assertThat(decoder.isNull(null)).isTrue();
    assertThat(decoder.isNull(empty)).isFalse();
    assertThat(decoder.getArray(empty).numElements()).isZero();
  }

  @Test
  void readsAnElementWithoutBytesAsNull() {
    ByteBuffer bytes = ByteBuffer.allocate(16).putInt(3).putInt(0).putInt(-1).putInt(0).flip();

    ArrayData numbers = decoder(new ListOf(Scalar.INT, true)).getArray(bytes);
    ArrayData texts = decoder(new ListOf(Scalar.TEXT, true)).getArray(bytes);

    assertThat(numbers.array()).containsExactly(null, null, null);
    assertThat(texts.array()).containsExactly(text(""), null, text(""));
  }

  @Test
  void readsMapsInTheOrderOfTheirKeys() {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put("", -0.0);
    map.put("a", Double.NaN);

    MapData read =
        decoder(new MapOf(Scalar.TEXT, Scalar.DOUBLE, false))
            .getMap(bytes(TypeCodecs.mapOf(TypeCodecs.TEXT, TypeCodecs.DOUBLE), map));

    assertThat(read.numElements()).isEqualTo(2);
    assertThat(read.keyArray().array()).containsExactly(text(""), text("a"));
    assertThat(read.valueArray().array()).containsExactly(-0.0, Double.NaN);
  }

  @Test
  void readsMapsWhoseKeysAreMapsAsListsOfEntries() {
    Map<Map<Integer, Integer>, String> map = Map.of(Map.of(1, 2), "x");
    TypeCodec<Map<Map<Integer, Integer>, String>> codec =
        TypeCodecs.mapOf(TypeCodecs.mapOf(TypeCodecs.INT, TypeCodecs.INT), TypeCodecs.TEXT);

    ArrayData entries =
        decoder(new MapOf(new MapOf(Scalar.INT, Scalar.INT, true), Scalar.TEXT, true))
            .getArray(bytes(codec, map));

    assertThat(entries.numElements()).isEqualTo(1);
    InternalRow entry = entries.getStruct(0, 2);
    assertThat(entry.getMap(0).keyArray().getInt(0)).isEqualTo(1);
    assertThat(entry.getMap(0).valueArray().getInt(0)).isEqualTo(2);
    assertThat(entry.getUTF8String(1)).isEqualTo(text("x"));
  }

  @Test
  void refusesAMapKeyThatNoMapOfSparksCanHold() {
    ByteBuffer bytes = ByteBuffer.allocate(12).putInt(1).putInt(0).putInt(-1).flip();

    assertThatThrownBy(() -> decoder(new MapOf(Scalar.INT, Scalar.INT, true)).getMap(bytes))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith("RL-SOURCE-006 A map in column c has a key without bytes");
  }

  @Test
  void readsTuplesWithMissingParts() {
    TupleType type = DataTypes.tupleOf(DataTypes.INT, DataTypes.TEXT, DataTypes.BOOLEAN);
    InternalRow read =
        decoder(new TupleOf(List.of(Scalar.INT, Scalar.TEXT, Scalar.BOOLEAN)))
            .getStruct(bytes(TypeCodecs.tupleOf(type), type.newValue(7, null, true)));

    assertThat(read.getInt(0)).isEqualTo(7);
    assertThat(read.isNullAt(1)).isTrue();
    assertThat(read.getBoolean(2)).isTrue();
  }

  @Test
  void readsNullForAFieldThatATypeHasGainedSince() {
    UserDefinedType old =
        new UserDefinedTypeBuilder(
                CqlIdentifier.fromInternal("ks"), CqlIdentifier.fromInternal("address"))
            .withField(CqlIdentifier.fromInternal("street"), DataTypes.TEXT)
            .build();

    InternalRow read =
        decoder(ADDRESS).getStruct(bytes(TypeCodecs.udtOf(old), old.newValue("Elm St")));

    assertThat(read.getUTF8String(0)).isEqualTo(text("Elm St"));
    assertThat(read.isNullAt(1)).isTrue();
  }

  @Test
  void readsVectorsOfFixedWidth() {
    CqlVector<Float> vector = CqlVector.newInstance(1.5f, -0.0f, Float.NaN);
    ByteBuffer bytes = ByteBuffer.allocate(12).putFloat(1.5f).putFloat(-0.0f).putFloat(Float.NaN);

    ArrayData read = decoder(new VectorOf(Scalar.FLOAT, 3)).getArray(bytes.flip());

    assertThat(read.array()).containsExactly(vector.get(0), vector.get(1), vector.get(2));
    assertThat(read.isNullAt(0)).isFalse();
  }

  @Test
  void readsVectorsWhoseElementsHaveALength() {
    String longText = "x".repeat(300);
    ByteBuffer bytes = ByteBuffer.allocate(400).put((byte) 0).put((byte) 1).put((byte) 'a');
    bytes.putShort((short) (0x8000 | 300)).put(longText.getBytes(StandardCharsets.UTF_8)).flip();

    ArrayData read = decoder(new VectorOf(Scalar.TEXT, 3)).getArray(bytes);

    assertThat(read.array()).containsExactly(text(""), text("a"), text(longText));
  }

  @Test
  void readsVectorsOfVectors() {
    ByteBuffer bytes = ByteBuffer.allocate(16).putInt(1).putInt(2).putInt(3).putInt(4).flip();

    ArrayData read = decoder(new VectorOf(new VectorOf(Scalar.INT, 2), 2)).getArray(bytes);

    assertThat(read.getArray(0).array()).containsExactly(1, 2);
    assertThat(read.getArray(1).array()).containsExactly(3, 4);
  }

  @Test
  void copiesWhatTheBytesNoLongerHaveToHold() {
    CqlType type = new ListOf(new TupleOf(List.of(Scalar.TEXT, new SetOf(Scalar.INT, true))), true);
    TupleType tuple = DataTypes.tupleOf(DataTypes.TEXT, DataTypes.setOf(DataTypes.INT));
    ByteBuffer bytes =
        bytes(
            TypeCodecs.listOf(TypeCodecs.tupleOf(tuple)), List.of(tuple.newValue("a", Set.of(7))));

    ArrayData copy = decoder(type).getArray(bytes).copy();
    for (int i = 0; i < bytes.limit(); i++) {
      bytes.put(i, (byte) 0);
    }

    assertThat(copy)
        .isEqualTo(
            new GenericArrayData(
                new Object[] {
                  new GenericInternalRow(
                      new Object[] {text("a"), new GenericArrayData(new Object[] {7})})
                }));
  }
}
