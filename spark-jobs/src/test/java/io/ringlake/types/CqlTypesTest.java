package io.ringlake.types;

import static io.ringlake.types.PageBytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** The driver's own codecs say what the bytes of a value are. */
class CqlTypesTest {

  private static CellDecoder decoder(Scalar type) {
    return CqlTypes.decoder(new Column(new Identifier("c"), type, ColumnKind.REGULAR));
  }

  private static String text(Scalar type, ByteBuffer bytes) {
    return decoder(type).getText(bytes).toString();
  }

  @Test
  void readsNumbersAtTheirExtremes() {
    assertThat(decoder(Scalar.TINYINT).getByte(bytes(TypeCodecs.TINYINT, Byte.MIN_VALUE)))
        .isEqualTo(Byte.MIN_VALUE);
    assertThat(decoder(Scalar.SMALLINT).getShort(bytes(TypeCodecs.SMALLINT, Short.MIN_VALUE)))
        .isEqualTo(Short.MIN_VALUE);
    assertThat(decoder(Scalar.INT).getInt(bytes(TypeCodecs.INT, Integer.MIN_VALUE)))
        .isEqualTo(Integer.MIN_VALUE);
    assertThat(decoder(Scalar.BIGINT).getLong(bytes(TypeCodecs.BIGINT, Long.MIN_VALUE)))
        .isEqualTo(Long.MIN_VALUE);
    assertThat(decoder(Scalar.COUNTER).getLong(bytes(TypeCodecs.COUNTER, Long.MAX_VALUE)))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(decoder(Scalar.FLOAT).getFloat(bytes(TypeCodecs.FLOAT, -0.0f))).isEqualTo(-0.0f);
    assertThat(decoder(Scalar.DOUBLE).getDouble(bytes(TypeCodecs.DOUBLE, Double.NaN))).isNaN();
    assertThat(decoder(Scalar.BOOLEAN).getBoolean(bytes(TypeCodecs.BOOLEAN, true))).isTrue();
    assertThat(decoder(Scalar.BOOLEAN).getBoolean(bytes(TypeCodecs.BOOLEAN, false))).isFalse();
  }

  @Test
  void readsTextsAndBlobs() {
    String fourByteCharacters = "naïve \uD83D\uDE80 text";

    assertThat(text(Scalar.TEXT, bytes(TypeCodecs.TEXT, fourByteCharacters)))
        .isEqualTo(fourByteCharacters);
    assertThat(text(Scalar.ASCII, bytes(TypeCodecs.ASCII, "plain"))).isEqualTo("plain");
    assertThat(decoder(Scalar.BLOB).getBinary(ByteBuffer.wrap(new byte[] {0, -1, 7})))
        .containsExactly(0, -1, 7);
    assertThat(decoder(Scalar.BLOB).getBinary(ByteBuffer.allocate(0))).isEmpty();
  }

  @Test
  void readsNumbersOfAnyLengthAsTextWithoutLoss() {
    Random random = new Random(7);
    for (int bits = 0; bits < 400; bits++) {
      BigInteger number =
          new BigInteger(bits, random).multiply(BigInteger.valueOf(bits % 2 * 2 - 1));
      BigDecimal decimal = new BigDecimal(number, random.nextInt(60) - 30);

      assertThat(text(Scalar.VARINT, bytes(TypeCodecs.VARINT, number)))
          .isEqualTo(number.toString());
      assertThat(text(Scalar.DECIMAL, bytes(TypeCodecs.DECIMAL, decimal)))
          .isEqualTo(decimal.toString());
    }
  }

  @Test
  void readsUuidsAndAddressesAsText() throws UnknownHostException {
    for (UUID uuid : List.of(new UUID(0, 0), new UUID(-1, -1), UUID.randomUUID())) {
      assertThat(text(Scalar.UUID, bytes(TypeCodecs.UUID, uuid))).isEqualTo(uuid.toString());
    }
    assertThat(text(Scalar.INET, bytes(TypeCodecs.INET, InetAddress.getByName("10.1.2.255"))))
        .isEqualTo("10.1.2.255");
    ByteBuffer mapped = ByteBuffer.allocate(16).putShort(10, (short) 0xffff).putInt(12, 0x0a000001);
    assertThat(text(Scalar.INET, mapped)).isEqualTo("0:0:0:0:0:ffff:a00:1");
    assertThat(text(Scalar.INET, bytes(TypeCodecs.INET, InetAddress.getByName("2001:db8::1"))))
        .isEqualTo("2001:db8:0:0:0:0:0:1");
  }

  @Test
  void readsDatesTimesAndDurations() {
    assertThat(decoder(Scalar.DATE).getInt(bytes(TypeCodecs.DATE, LocalDate.of(-4712, 1, 1))))
        .isEqualTo((int) LocalDate.of(-4712, 1, 1).toEpochDay());
    assertThat(decoder(Scalar.TIME).getLong(bytes(TypeCodecs.TIME, LocalTime.MAX)))
        .isEqualTo(86_399_999_999_999L);
    assertThat(
            decoder(Scalar.TIMESTAMP)
                .getLong(bytes(TypeCodecs.TIMESTAMP, Instant.parse("1883-11-18T12:03:58.001Z"))))
        .isEqualTo(Instant.parse("1883-11-18T12:03:58.001Z").toEpochMilli() * 1000);
    InternalRow duration =
        decoder(Scalar.DURATION)
            .getStruct(
                bytes(TypeCodecs.DURATION, CqlDuration.newInstance(-1, -2, Long.MIN_VALUE + 1)));
    assertThat(duration.getInt(0)).isEqualTo(-1);
    assertThat(duration.getInt(1)).isEqualTo(-2);
    assertThat(duration.getLong(2)).isEqualTo(Long.MIN_VALUE + 1);
  }

  @Test
  void refusesATimestampThatMicrosecondsDoNotHold() {
    ByteBuffer bytes = bytes(TypeCodecs.BIGINT, Long.MAX_VALUE / 1000 + 1);

    assertThatThrownBy(() -> decoder(Scalar.TIMESTAMP).getLong(bytes))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith(
            "RL-SOURCE-006 A timestamp in column c does not fit into microseconds since the epoch");
  }

  @Test
  void takesAMissingCellForNullAndAnEmptyOneOnlyWhereCqlDoes() {
    ByteBuffer empty = ByteBuffer.allocate(0);
    for (Scalar type : Scalar.values()) {
      boolean hasEmptyValue = type == Scalar.TEXT || type == Scalar.ASCII || type == Scalar.BLOB;

      assertThat(decoder(type).isNull(null)).as(type.cql()).isTrue();
      assertThat(decoder(type).isNull(empty)).as(type.cql()).isEqualTo(!hasEmptyValue);
    }
  }

  @Test
  void saysWhichValueWasAskedOfWhichType() {
    CellDecoder decoder = decoder(Scalar.INT);

    assertThat(decoder.type()).isEqualTo(DataTypes.IntegerType);
    assertThatThrownBy(() -> decoder.getText(ByteBuffer.allocate(4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A cell of Spark type int is read as text");
  }
}
