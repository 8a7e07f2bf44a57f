package io.ringlake.writetime.cql;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.unsafe.types.UTF8String;

/** An IPv4 or IPv6 address as text. Nothing here asks a name server. */
final class InetText {

  private static final Pattern V4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  // Java looks up names that begin with no digit and no colon.
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]*");
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;

  private InetText() {}

  /**
   * Four bytes for {@code 10.1.2.3}; sixteen for all that has a colon, an IPv4 address in the guise
   * of one of IPv6 ({@code 0:0:0:0:0:ffff:a00:1}) included.
   *
   * @throws IllegalArgumentException if the text is no address
   */
  static byte[] bytes(UTF8String value) {
    String text = value.toString();
    Matcher v4 = V4.matcher(text);
    if (v4.matches()) {
      return v4Bytes(v4, value);
    }
    if (text.indexOf(':') < 0 || !V6.matcher(text).matches()) {
      throw unfit(value);
    }
    try {
      return v6Bytes(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      throw (IllegalArgumentException) unfit(value).initCause(e);
    }
  }

  private static byte[] v4Bytes(Matcher parts, UTF8String value) {
    byte[] bytes = new byte[V4_BYTES];
    for (int i = 0; i < V4_BYTES; i++) {
      int part = Integer.parseInt(parts.group(i + 1));
      if (part > 255) {
        throw unfit(value);
      }
      bytes[i] = (byte) part;
    }
    return bytes;
  }

  /**
   * Java turns an IPv4 address in the guise of one of IPv6 into its four bytes; this turns back.
   */
  private static byte[] v6Bytes(byte[] address) {
    if (address.length == V6_BYTES) {
      return address;
    }
    byte[] bytes = new byte[V6_BYTES];
    int start = V6_BYTES - V4_BYTES;
    bytes[start - 2] = (byte) 0xff;
    bytes[start - 1] = (byte) 0xff;
    System.arraycopy(address, 0, bytes, start, V4_BYTES);
    return bytes;
  }

  private static IllegalArgumentException unfit(UTF8String value) {
    return new IllegalArgumentException(
        "'%s' is not an address: expected one such as 10.1.2.3 or 2001:db8::1".formatted(value));
  }
}
