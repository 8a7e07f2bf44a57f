package io.ringlake.sink.text;

import static io.ringlake.sink.text.TextRows.DEFAULT;
import static io.ringlake.sink.text.TextRows.array;
import static io.ringlake.sink.text.TextRows.config;
import static io.ringlake.sink.text.TextRows.json;
import static io.ringlake.sink.text.TextRows.map;
import static io.ringlake.sink.text.TextRows.row;
import static io.ringlake.sink.text.TextRows.text;
import static io.ringlake.sink.text.TextRows.withTimestamps;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class JsonRecordsTest {

  private static final StructType ONE = new StructType().add("a", DataTypes.IntegerType);

  @Test
  void putsARowInEachLineWithItsNulls() throws IOException {
    assertThat(json(DEFAULT, ONE, List.of(row(1), row((Object) null))))
        .isEqualTo("{\"a\":1}\n{\"a\":null}\n");
  }

  @Test
  void makesOneArrayOfAFile() throws IOException {
    var asArray = config(',', '"', '"', true, "", true);

    assertThat(json(asArray, ONE, List.of(row(1), row(2))))
        .isEqualTo("[\n{\"a\":1},\n{\"a\":2}\n]\n");
    assertThat(json(asArray, ONE, List.of())).isEqualTo("[\n]\n");
  }

  @Test
  void spellsEachTypeSoThatNothingIsLost() throws IOException {
    StructType schema =
        new StructType()
            .add("yes", DataTypes.BooleanType)
            .add("long", DataTypes.LongType)
            .add("nan", DataTypes.DoubleType)
            .add("double", DataTypes.DoubleType)
            .add("infinite", DataTypes.FloatType)
            .add("float", DataTypes.FloatType)
            .add("decimal", DataTypes.createDecimalType(20, 2))
            .add("date", DataTypes.DateType)
            .add("timestamp", DataTypes.TimestampType)
            .add("bytes", DataTypes.BinaryType)
            .add("text", DataTypes.StringType);

    assertThat(
            json(
                DEFAULT,
                schema,
                List.of(
                    row(
                        true,
                        Long.MIN_VALUE,
                        Double.NaN,
                        -0.0,
                        Float.NEGATIVE_INFINITY,
                        1e10f,
                        Decimal.apply(new java.math.BigDecimal("123456789012345678.90"), 20, 2),
                        Integer.MAX_VALUE,
                        Long.MAX_VALUE,
                        new byte[0],
                        text("\"\u0000\uD83D\uDE80")))))
        .isEqualTo(
            "{\"yes\":true,\"long\":-9223372036854775808,\"nan\":\"NaN\",\"double\":-0.0,"
                + "\"infinite\":\"-Infinity\",\"float\":1.0E10,\"decimal\":123456789012345678.90,"
                + "\"date\":\"+5881580-07-11\",\"timestamp\":\"+294247-01-10T04:00:54.775807Z\","
                + "\"bytes\":\"\",\"text\":\"\\\"\\u0000\uD83D\uDE80\"}\n");
  }

  @Test
  void makesObjectsOfStructsAndMapsAndPairsOfMapsWhoseKeysHaveParts() throws IOException {
    StructType inner = new StructType().add("x", DataTypes.IntegerType);
    StructType schema =
        new StructType()
            .add("s", inner)
            .add("m", DataTypes.createMapType(DataTypes.IntegerType, DataTypes.StringType))
            .add("p", DataTypes.createMapType(inner, DataTypes.IntegerType));

    assertThat(
            json(
                DEFAULT,
                schema,
                List.of(
                    row(row((Object) null), map(1, null), map(row(2), 3)), row(null, null, null))))
        .isEqualTo(
            """
            {"s":{"x":null},"m":{"1":null},"p":[{"key":{"x":2},"value":3}]}
            {"s":null,"m":null,"p":null}
            """);
  }

  /** Two timestamps of one minute would be one key of an object. */
  @Test
  void makesPairsOfMapsWhoseKeysAPatternSpells() throws IOException {
    StructType schema =
        new StructType()
            .add("m", DataTypes.createMapType(DataTypes.TimestampType, DataTypes.IntegerType));
    var rows = List.of(row(map(1_000_000L, 7)));

    assertThat(json(DEFAULT, schema, rows))
        .isEqualTo("{\"m\":{\"1970-01-01T00:00:01.000000Z\":7}}\n");
    assertThat(json(withTimestamps("uuuu-MM-dd HH:mm"), schema, rows))
        .isEqualTo("{\"m\":[{\"key\":\"1970-01-01 00:00\",\"value\":7}]}\n");
    assertThat(new JsonTypes(withTimestamps("uuuu")).of(schema.fields()[0]).dataType().sql())
        .isEqualTo("ARRAY<STRUCT<key: STRING, value: INT>>");
  }

  @Test
  void keepsTheOrderOfArrays() throws IOException {
    StructType schema =
        new StructType()
            .add("l", DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.LongType)));

    assertThat(json(DEFAULT, schema, List.of(row(array(array(2L, 1L), null, array())))))
        .isEqualTo("{\"l\":[[2,1],null,[]]}\n");
  }
}
