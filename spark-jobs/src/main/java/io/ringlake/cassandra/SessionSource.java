package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.spark.connector.cql.CassandraConnector;
import com.datastax.spark.connector.cql.CassandraConnectorConf;
import io.ringlake.config.ConnectionConfig;
import io.ringlake.config.Secret;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * Opens sessions, on the driver and on executors alike: from what Spark's configuration says of
 * {@code spark.cassandra.*}, over which our settings win. The connector shares one session in each
 * JVM between all who use the same configuration, and closes it soon after the last one has closed
 * it: so always close.
 *
 * <p>Crosses to executors; holds no session.
 */
public final class SessionSource implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String HOST = "spark.cassandra.connection.host";

  private final ConnectionConfig connection;

  public SessionSource(ConnectionConfig connection) {
    this.connection = connection;
  }

  /**
   * Opens or shares a session. Where this JVM has no Spark, Spark's configuration is that of the
   * system properties.
   *
   * @throws RunFailure if the cluster is not reached or refuses
   */
  public CqlSession open() {
    SparkEnv env = SparkEnv.get();
    SparkConf conf = env == null ? new SparkConf() : env.conf().clone();
    override(conf);
    String hosts = conf.get(HOST, "localhost");
    try {
      checkHosts(hosts);
      return CassandraConnector.apply(CassandraConnectorConf.fromSparkConf(conf)).openSession();
    } catch (RunFailure e) {
      throw e;
    } catch (Exception e) { // the connector throws IOException without declaring it
      throw ClusterFailure.onConnect(e, hosts);
    }
  }

  private void override(SparkConf conf) {
    conf.set("spark.cassandra.connection.factory", ConnectionFactory.class.getName());
    conf.set(
        "spark.cassandra.read.timeoutMS", Long.toString(connection.requestTimeout().toMillis()));
    if (!connection.contactPoints().isEmpty()) {
      conf.set(HOST, String.join(",", connection.contactPoints()));
    }
    String datacenter = connection.localDatacenter();
    if (datacenter != null) {
      conf.set("spark.cassandra.connection.localDC", datacenter);
    }
    String username = connection.username();
    Secret password = connection.password();
    if (username != null) {
      conf.set("spark.cassandra.auth.username", username);
    }
    if (password != null) {
      conf.set("spark.cassandra.auth.password", password.value());
    }
  }

  /** The connector leaves out a host that is not known, and without any asks 127.0.0.1. */
  private static void checkHosts(String hosts) {
    StringBuilder unknown = new StringBuilder();
    boolean oneIsKnown = false;
    for (String contactPoint : hosts.split(",", -1)) {
      String trimmed = contactPoint.trim();
      int colon = trimmed.lastIndexOf(':');
      String host = colon < 0 ? trimmed : trimmed.substring(0, colon);
      try {
        oneIsKnown |= InetAddress.getByName(host) != null;
      } catch (UnknownHostException e) {
        unknown.append(unknown.isEmpty() ? "" : ", ").append(host);
      }
    }
    if (!oneIsKnown) {
      throw new RunFailure(
          ErrorCode.UNREACHABLE,
          "No such host: %s (contact-points).".formatted(unknown),
          "Set --contact-points to host[:port] of one or more nodes of the cluster.");
    }
  }
}
