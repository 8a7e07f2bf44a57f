package io.ringlake.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Texts and blobs, and what is kept as text since Spark has no type that holds all its values. */
final class TextDecoders {

  private TextDecoders() {}

  /** The bytes of a cell as an array of their own. */
  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return copy;
  }

  /** The cell's bytes are the text's: not copied, the page is never written to again. */
  static final class Text extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Text() {
      super(DataTypes.StringType);
    }

    @Override
    public boolean isNull(@Nullable ByteBuffer bytes) {
      return bytes == null;
    }

    @Override
    public UTF8String getText(ByteBuffer bytes) {
      if (bytes.hasArray()) {
        return UTF8String.fromBytes(
            bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      }
      return UTF8String.fromBytes(copy(bytes));
    }
  }

  static final class Blob extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Blob() {
      super(DataTypes.BinaryType);
    }

    @Override
    public boolean isNull(@Nullable ByteBuffer bytes) {
      return bytes == null;
    }

    @Override
    public byte[] getBinary(ByteBuffer bytes) {
      return copy(bytes);
    }
  }

  /** Numbers of any length, so text. */
  abstract static class UnboundedNumber extends CellDecoder {
    private static final long serialVersionUID = 1L;

    UnboundedNumber() {
      super(DataTypes.StringType);
    }

    /** The number in a cell that has one. */
    abstract BigDecimal value(ByteBuffer bytes);
  }

  /** Any number of digits. */
  static final class Varint extends UnboundedNumber {
    private static final long serialVersionUID = 1L;

    @Override
    BigDecimal value(ByteBuffer bytes) {
      return number(bytes, bytes.position(), bytes.remaining(), 0);
    }

    @Override
    public UTF8String getText(ByteBuffer bytes) {
      int length = bytes.remaining();
      if (length <= Long.BYTES) {
        return UTF8String.fromString(Long.toString(bigEndian(bytes, bytes.position(), length)));
      }
      return UTF8String.fromString(new BigInteger(copy(bytes)).toString());
    }
  }

  /** Any number of digits and any scale: as {@link BigDecimal#toString()} spells it. */
  static final class Decimal extends UnboundedNumber {
    private static final long serialVersionUID = 1L;

    private final ValueSite site;

    Decimal(ValueSite site) {
      this.site = site;
    }

    @Override
    BigDecimal value(ByteBuffer bytes) {
      if (bytes.remaining() <= Integer.BYTES) {
        throw site.unreadable("A decimal in column %s has a scale and no digits.");
      }
      int start = bytes.position();
      return number(
          bytes, start + Integer.BYTES, bytes.remaining() - Integer.BYTES, bytes.getInt(start));
    }

    @Override
    public UTF8String getText(ByteBuffer bytes) {
      return UTF8String.fromString(value(bytes).toString());
    }
  }

  private static BigDecimal number(ByteBuffer bytes, int start, int length, int scale) {
    if (length <= Long.BYTES) {
      return BigDecimal.valueOf(bigEndian(bytes, start, length), scale);
    }
    byte[] unscaled = new byte[length];
    bytes.get(start, unscaled);
    return new BigDecimal(new BigInteger(unscaled), scale);
  }

  /** A number in two's complement of 1 to 8 bytes, most significant first. */
  private static long bigEndian(ByteBuffer bytes, int start, int length) {
    long value = bytes.get(start);
    for (int i = 1; i < length; i++) {
      value = (value << Byte.SIZE) | (bytes.get(start + i) & 0xff);
    }
    return value;
  }

  /** The usual 36 characters in lower case. */
  static final class Uuid extends CellDecoder {
    private static final long serialVersionUID = 1L;
    private static final int CHARACTERS = 36;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    Uuid() {
      super(DataTypes.StringType);
    }

    @Override
    public UTF8String getText(ByteBuffer bytes) {
      byte[] text = new byte[CHARACTERS];
      int start = bytes.position();
      int to = 0;
      for (int i = 0; i < 2 * Long.BYTES; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
          text[to++] = '-';
        }
        int value = bytes.get(start + i);
        text[to++] = HEX[(value >> 4) & 0xf];
        text[to++] = HEX[value & 0xf];
      }
      return UTF8String.fromBytes(text);
    }
  }

  /**
   * An IPv4 or IPv6 address as {@link InetAddress#getHostAddress()} spells it. One of 16 bytes
   * stays one of IPv6 even if it stands for an IPv4 address, which Java would turn it into: {@code
   * 0:0:0:0:0:ffff:a00:1} is another value than {@code 10.0.0.1}.
   */
  static final class Inet extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Inet() {
      super(DataTypes.StringType);
    }

    @Override
    public UTF8String getText(ByteBuffer bytes) {
      try {
        return UTF8String.fromString(address(copy(bytes)).getHostAddress());
      } catch (UnknownHostException e) {
        throw new IllegalStateException(
            "An inet cell has %d bytes; expected 4 or 16".formatted(bytes.remaining()), e);
      }
    }

    private static InetAddress address(byte[] bytes) throws UnknownHostException {
      return bytes.length == 16
          ? Inet6Address.getByAddress(null, bytes, -1)
          : InetAddress.getByAddress(bytes);
    }
  }
}
