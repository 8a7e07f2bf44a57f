package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void canBeListenedOn() throws IOException {
    Ports ports = Ports.free(1);

    for (int port : new int[] {ports.cql(), ports.storage(), ports.jmx(1), ports.jmx(5)}) {
      assertThatNoException()
          .isThrownBy(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close());
    }
  }
}
