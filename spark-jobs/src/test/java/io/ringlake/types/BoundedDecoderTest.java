package io.ringlake.types;

import static io.ringlake.types.PageBytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.ringlake.config.OnOverflow;
import io.ringlake.config.ValueForm;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.ListOf;
import io.ringlake.schema.CqlType.MapOf;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.CqlType.TupleOf;
import io.ringlake.schema.CqlType.VectorOf;
import io.ringlake.schema.Identifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and timestamps that Spark's types may not hold. */
class BoundedDecoderTest {

  private static final DecimalType MONEY = new DecimalType(18, 2);
  private static final String NOTHING_FOR_KEYS =
      "set one of: another --decimal-as; --columns without it (an export begins anew with"
          + " --restart).";

  private static Column column(CqlType type) {
    return new Column(new Identifier("c"), type, ColumnKind.REGULAR);
  }

  private static CellDecoder decoder(CqlType type, OnOverflow onOverflow) {
    return CqlTypes.decoder(column(type), new ValueForm(MONEY, onOverflow));
  }

  private static ByteBuffer decimal(String number) {
    return bytes(TypeCodecs.DECIMAL, new BigDecimal(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.00000",
        "0E+2147483647",
        "0E-2147483647",
        "1",
        "-1.5",
        "12.50",
        "12.5000000000000000000000000000000",
        "1E+15",
        "-9999999999999999.99",
        "9999999999999999.9900",
      })
  void holdsWhatIsTheSameNumber(String number) {
    CellDecoder decoder = decoder(Scalar.DECIMAL, OnOverflow.NULL);

    assertThat(decoder.isNull(decimal(number))).isFalse();
    assertThat(decoder.misfits(decimal(number))).isZero();
    assertThat(decoder.getDecimal(decimal(number)).toJavaBigDecimal())
        .isEqualTo(new BigDecimal(number).setScale(2, RoundingMode.UNNECESSARY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.001",
        "-12.345",
        "9999999999999999.999",
        "10000000000000000",
        "-1E+16",
        "1E+2147483647",
        "1E-2147483647",
        "123456789012345678901234567890.12",
      })
  void doesNotHoldWhatNeedsRoundingOrIsTooLarge(String number) {
    CellDecoder failing = decoder(Scalar.DECIMAL, OnOverflow.FAIL);
    CellDecoder nulling = decoder(Scalar.DECIMAL, OnOverflow.NULL);
    CellDecoder text =
        CqlTypes.misfitText(column(Scalar.DECIMAL), new ValueForm(MONEY, OnOverflow.TEXT));

    assertThat(failing.isNull(decimal(number))).isFalse();
    assertThatThrownBy(() -> failing.getDecimal(decimal(number)))
        .hasMessage(
            "RL-SOURCE-006 A number in column c does not fit into decimal(18,2) as it is.\n"
                + "Correct the row, or set one of: another --decimal-as; --on-overflow null or text;"
                + " --columns without it (an export begins anew with --restart).");
    assertThat(nulling.isNull(decimal(number))).isTrue();
    assertThat(nulling.misfits(decimal(number))).isOne();
    assertThat(text.isNull(decimal(number))).isFalse();
    assertThat(text.getText(decimal(number))).hasToString(number);
  }

  @Test
  void agreesWithExactArithmetic() {
    Random random = new Random(11);
    int fit = 0;
    for (int i = 0; i < 20_000; i++) {
      int precision = 1 + random.nextInt(38);
      DecimalType type = new DecimalType(precision, random.nextInt(precision + 1));
      BigInteger unscaled =
          new BigInteger(1 + random.nextInt(130), random)
              .multiply(BigInteger.TEN.pow(random.nextInt(4)));
      BigDecimal number =
          new BigDecimal(
              random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(30) - 6);
      CellDecoder decoder =
          CqlTypes.decoder(column(Scalar.DECIMAL), new ValueForm(type, OnOverflow.NULL));
      ByteBuffer bytes = bytes(TypeCodecs.DECIMAL, number);
      BigDecimal exact = exact(number, type);

      assertThat(decoder.isNull(bytes)).as("%s in %s", number, type).isEqualTo(exact == null);
      if (exact != null) {
        fit++;
        assertThat(decoder.getDecimal(bytes).toJavaBigDecimal()).isEqualTo(exact);
        assertThat(decoder.getDecimal(bytes).precision()).isEqualTo(type.precision());
      }
    }
    assertThat(fit).isBetween(1_000, 19_000);
  }

  private static @Nullable BigDecimal exact(BigDecimal number, DecimalType type) {
    try {
      BigDecimal scaled = number.setScale(type.scale(), RoundingMode.UNNECESSARY);
      return scaled.precision() <= type.precision() ? scaled : null;
    } catch (ArithmeticException e) {
      return null;
    }
  }

  @Test
  void readsVarintsAsDecimalsToo() {
    CellDecoder decoder = decoder(Scalar.VARINT, OnOverflow.NULL);
    BigInteger large = BigInteger.TEN.pow(10_000);

    assertThat(decoder.getDecimal(bytes(TypeCodecs.VARINT, BigInteger.valueOf(-7))))
        .hasToString("-7.00");
    assertThat(decoder.isNull(bytes(TypeCodecs.VARINT, large))).isTrue();
    assertThat(
            CqlTypes.misfitText(column(Scalar.VARINT), new ValueForm(MONEY, OnOverflow.TEXT))
                .getText(bytes(TypeCodecs.VARINT, large)))
        .hasToString(large.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775, false, +294247-01-10T04:00:54.775Z",
    "9223372036854776, true, +294247-01-10T04:00:54.776Z",
    "-9223372036854775, false, -290308-12-21T19:59:05.225Z",
    "-9223372036854776, true, -290308-12-21T19:59:05.224Z",
    "9223372036854775807, true, +292278994-08-17T07:12:55.807Z",
    "-9223372036854775808, true, -292275055-05-16T16:47:04.192Z",
  })
  void keepsTimestampsThatFitIntoMicroseconds(long millis, boolean misfits, String text) {
    ByteBuffer bytes = bytes(TypeCodecs.TIMESTAMP, Instant.ofEpochMilli(millis));
    ValueForm form = new ValueForm(null, OnOverflow.TEXT);
    CellDecoder decoder = CqlTypes.decoder(column(Scalar.TIMESTAMP), form);
    CellDecoder asText = CqlTypes.misfitText(column(Scalar.TIMESTAMP), form);

    assertThat(decoder.isNull(bytes)).isEqualTo(misfits);
    assertThat(decoder.misfits(bytes)).isEqualTo(misfits ? 1 : 0);
    assertThat(asText.isNull(bytes)).isEqualTo(!misfits);
    assertThat(asText.getText(bytes)).hasToString(text);
    if (!misfits) {
      assertThat(decoder.getLong(bytes)).isEqualTo(millis * 1000);
    }
  }

  @ParameterizedTest
  @EnumSource(OnOverflow.class)
  void aCellWithoutBytesIsNullAndNoMisfit(OnOverflow onOverflow) {
    ByteBuffer empty = ByteBuffer.allocate(0);
    CellDecoder decoder = decoder(Scalar.DECIMAL, onOverflow);

    assertThat(decoder.isNull(empty)).isTrue();
    assertThat(decoder.isNull(null)).isTrue();
    assertThat(decoder.misfits(empty)).isZero();
    assertThat(decoder.misfits(null)).isZero();
  }

  @Test
  void partsThatDoNotFitAreNullAndCountedInAllDepth() {
    CqlType type =
        new MapOf(
            Scalar.TEXT,
            new ListOf(new TupleOf(List.of(Scalar.DECIMAL, Scalar.TIMESTAMP)), true),
            false);
    CellDecoder decoder = decoder(type, OnOverflow.NULL);
    var tuple = DataTypes.tupleOf(DataTypes.DECIMAL, DataTypes.TIMESTAMP);
    ByteBuffer bytes =
        bytes(
            TypeCodecs.mapOf(TypeCodecs.TEXT, TypeCodecs.listOf(TypeCodecs.tupleOf(tuple))),
            Map.of(
                "k",
                List.of(
                    tuple.newValue(new BigDecimal("1.5"), Instant.EPOCH),
                    tuple.newValue(new BigDecimal("1.555"), Instant.ofEpochMilli(Long.MAX_VALUE)),
                    tuple.newValue(null, null))));

    assertThat(decoder.mayMisfit()).isTrue();
    assertThat(decoder.misfits(bytes)).isEqualTo(2);
    ArrayData list = decoder.getMap(bytes).valueArray().getArray(0);
    assertThat(list.getStruct(0, 2).getDecimal(0, 18, 2)).hasToString("1.50");
    assertThat(list.getStruct(1, 2).isNullAt(0)).isTrue();
    assertThat(list.getStruct(1, 2).isNullAt(1)).isTrue();
    assertThat(list.getStruct(2, 2).isNullAt(0)).isTrue();
  }

  @Test
  void partsHaveNoColumnOfTextAndKeysOfMapsAreNotNull() {
    assertThat(decoder(new ListOf(Scalar.DECIMAL, false), OnOverflow.TEXT).mayMisfit()).isFalse();
    assertThat(decoder(new MapOf(Scalar.DECIMAL, Scalar.INT, false), OnOverflow.NULL).mayMisfit())
        .isFalse();
    assertThatThrownBy(
            () ->
                CqlTypes.misfitText(
                    column(new ListOf(Scalar.DECIMAL, false)),
                    new ValueForm(MONEY, OnOverflow.TEXT)))
        .hasMessage("All values of column c fit, or have parts");
  }

  @Test
  void saysWhatHelpsWhereTheValueStands() {
    ByteBuffer large = decimal("1E+30");
    ByteBuffer list =
        bytes(TypeCodecs.listOf(TypeCodecs.DECIMAL), List.of(new BigDecimal("0.001")));
    ByteBuffer map =
        bytes(
            TypeCodecs.mapOf(TypeCodecs.DECIMAL, TypeCodecs.INT),
            Map.of(new BigDecimal("0.001"), 1));
    CellDecoder key =
        CqlTypes.decoder(
            new Column(new Identifier("c"), Scalar.DECIMAL, ColumnKind.CLUSTERING),
            new ValueForm(MONEY, OnOverflow.FAIL));

    assertThatThrownBy(() -> key.getDecimal(large))
        .hasMessageEndingWith(
            "one of: another --decimal-as; --on-overflow text; --columns without it (an export begins"
                + " anew with --restart).");
    assertThatThrownBy(
            () ->
                decoder(new ListOf(Scalar.DECIMAL, false), OnOverflow.TEXT)
                    .getArray(list)
                    .getDecimal(0, 18, 2))
        .hasMessageEndingWith(
            "one of: another --decimal-as; --on-overflow null; --columns without it (an export begins"
                + " anew with --restart).");
    assertThatThrownBy(
            () ->
                decoder(new MapOf(Scalar.DECIMAL, Scalar.INT, false), OnOverflow.NULL)
                    .getMap(map)
                    .keyArray()
                    .getDecimal(0, 18, 2))
        .hasMessageEndingWith(NOTHING_FOR_KEYS);
  }

  @Test
  void namesTheColumnOfADecimalWithoutDigits() {
    ByteBuffer scaleOnly = ByteBuffer.allocate(Integer.BYTES);

    assertThatThrownBy(() -> CqlTypes.decoder(column(Scalar.DECIMAL)).getText(scaleOnly))
        .hasMessage(
            "RL-SOURCE-006 A decimal in column c has a scale and no digits.\n"
                + "Correct the row, or set --columns without it (an export begins anew with"
                + " --restart).");
    assertThatThrownBy(() -> decoder(Scalar.DECIMAL, OnOverflow.NULL).isNull(scaleOnly))
        .hasMessageStartingWith("RL-SOURCE-006 A decimal in column c");
  }

  @Test
  void promisesNoPolicyForWhatIsPartOfAKey() {
    ByteBuffer list =
        bytes(TypeCodecs.listOf(TypeCodecs.DECIMAL), List.of(new BigDecimal("0.001")));
    ByteBuffer map =
        bytes(
            TypeCodecs.mapOf(TypeCodecs.listOf(TypeCodecs.DECIMAL), TypeCodecs.INT),
            Map.of(List.of(new BigDecimal("0.001")), 1));
    CqlType lists = new ListOf(Scalar.DECIMAL, true);
    CellDecoder clustering =
        CqlTypes.decoder(
            new Column(new Identifier("c"), lists, ColumnKind.CLUSTERING),
            new ValueForm(MONEY, OnOverflow.FAIL));
    CellDecoder keyed = decoder(new MapOf(lists, Scalar.INT, false), OnOverflow.NULL);

    assertThatThrownBy(() -> clustering.getArray(list).getDecimal(0, 18, 2))
        .hasMessageEndingWith(NOTHING_FOR_KEYS);
    assertThatThrownBy(() -> keyed.getMap(map).keyArray().getArray(0).getDecimal(0, 18, 2))
        .hasMessageEndingWith(NOTHING_FOR_KEYS);
  }

  @Test
  void elementsOfAVectorMayBeNullIfTheyMayNotFit() {
    CqlType vector = new VectorOf(Scalar.TIMESTAMP, 2);

    assertThat(decoder(vector, OnOverflow.FAIL).type().sql()).isEqualTo("ARRAY<TIMESTAMP>");
    assertThat(decoder(vector, OnOverflow.FAIL).type().json()).contains("\"containsNull\":false");
    assertThat(decoder(vector, OnOverflow.NULL).type().json()).contains("\"containsNull\":true");
  }
}
