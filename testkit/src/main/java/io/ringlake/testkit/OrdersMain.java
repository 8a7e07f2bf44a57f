package io.ringlake.testkit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Fills an {@link OrdersTable} for a script.
 *
 * <pre>{@code
 * java -cp 'testkit/target/classes:testkit/target/lib/*' io.ringlake.testkit.OrdersMain HOST:PORT DATACENTER KEYSPACE ROWS
 * }</pre>
 */
public final class OrdersMain {

  private OrdersMain() {}

  public static void main(String[] arguments) {
    if (arguments.length != 4) {
      System.err.println("Usage: OrdersMain HOST:PORT DATACENTER KEYSPACE ROWS");
      System.exit(2);
    }
    int colon = arguments[0].lastIndexOf(':');
    InetSocketAddress node =
        new InetSocketAddress(
            arguments[0].substring(0, colon), Integer.parseInt(arguments[0].substring(colon + 1)));
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(node)
            .withLocalDatacenter(arguments[1])
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(60))
                    .build())
            .build()) {
      new OrdersTable(session, arguments[2]).insert(0, Long.parseLong(arguments[3]));
    }
  }
}
