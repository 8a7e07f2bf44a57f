package io.ringlake.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks a native port whether Cassandra answers behind it, without a driver and without a role. */
final class CqlPort {

  private static final int TIMEOUT_MILLIS = 2_000;

  // Frames as in native_protocol_v4.spec, section 2: version, flags, stream (2), opcode, length
  // (4).
  private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};
  private static final byte SUPPORTED = 6;

  private CqlPort() {}

  static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(OPTIONS);
      byte[] header = new byte[OPTIONS.length];
      new DataInputStream(socket.getInputStream()).readFully(header);
      return header[4] == SUPPORTED;
    } catch (IOException e) {
      return false;
    }
  }
}
