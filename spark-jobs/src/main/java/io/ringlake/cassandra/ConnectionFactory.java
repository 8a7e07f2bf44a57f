package io.ringlake.cassandra;

import static com.datastax.oss.driver.api.core.config.DefaultDriverOption.LOAD_BALANCING_LOCAL_DATACENTER;
import static com.datastax.oss.driver.api.core.config.DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS;
import static com.datastax.oss.driver.api.core.config.DefaultDriverOption.REQUEST_TIMEOUT;
import static com.datastax.oss.driver.api.core.config.DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE;
import static com.datastax.oss.driver.api.core.config.DefaultDriverOption.RETRY_POLICY_CLASS;
import static com.datastax.oss.driver.api.core.config.DefaultDriverOption.SSL_HOSTNAME_VALIDATION;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.internal.core.loadbalancing.DcInferringLoadBalancingPolicy;
import com.datastax.oss.driver.internal.core.loadbalancing.DefaultLoadBalancingPolicy;
import com.datastax.spark.connector.cql.CassandraConnectionFactory;
import com.datastax.spark.connector.cql.CassandraConnectorConf;
import com.datastax.spark.connector.cql.CloudBasedContactInfo;
import com.datastax.spark.connector.cql.DefaultConnectionFactory$;
import com.datastax.spark.connector.cql.IpBasedContactInfo;
import com.datastax.spark.connector.rdd.ReadConf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.IndexedSeq;
import scala.collection.immutable.Set;

/**
 * Makes the sessions that the connector hands out. Authentication, TLS stores, contact points and
 * pools are the connector's own; what its defaults get wrong for a long scan is decided here: an
 * aborted request goes to the next node instead of sixty times to the same one ({@link
 * NextNodeRetryPolicy}), requests end after the time that was set, replicas of the statement's
 * token are asked first, and host names of TLS peers are checked.
 *
 * <p>Named by {@code spark.cassandra.connection.factory}; the connector caches sessions by
 * configuration, of which this object is a part, so all instances are equal.
 */
public final class ConnectionFactory implements CassandraConnectionFactory {

  private static final long serialVersionUID = 1L;

  /** Called by the connector. */
  public ConnectionFactory() {}

  @Override
  public CqlSession createSession(CassandraConnectorConf conf) {
    DefaultConnectionFactory$ connector = DefaultConnectionFactory$.MODULE$;
    Option<String> datacenter = conf.localDC();
    ProgrammaticDriverConfigLoaderBuilder options =
        connector
            .connectorConfigBuilder(conf, DriverConfigLoader.programmaticBuilder())
            .withDuration(REQUEST_TIMEOUT, Duration.ofMillis(conf.readTimeoutMillis()))
            .withClass(RETRY_POLICY_CLASS, NextNodeRetryPolicy.class)
            .withBoolean(REQUEST_WARN_IF_SET_KEYSPACE, false)
            .withBoolean(SSL_HOSTNAME_VALIDATION, true);
    if (datacenter.isDefined()) {
      options =
          options
              .withString(LOAD_BALANCING_LOCAL_DATACENTER, datacenter.get())
              .withClass(LOAD_BALANCING_POLICY_CLASS, DefaultLoadBalancingPolicy.class);
    } else {
      options =
          options.withClass(LOAD_BALANCING_POLICY_CLASS, DcInferringLoadBalancingPolicy.class);
    }
    CqlSessionBuilder builder =
        CqlSession.builder().withConfigLoader(options.build()).withApplicationName("Ringlake");
    if (conf.contactInfo() instanceof IpBasedContactInfo hosts) {
      var auth = hosts.authConf().authProvider();
      if (auth.isDefined()) {
        builder.withAuthProvider(auth.get());
      }
    } else if (conf.contactInfo() instanceof CloudBasedContactInfo cloud) {
      var auth = cloud.authConf().authProvider();
      if (auth.isDefined()) {
        builder.withAuthProvider(auth.get());
      }
      builder.withCloudSecureConnectBundle(connector.maybeGetLocalFile(cloud.path()));
    } else {
      return connector.createSession(conf);
    }
    CqlSession session = builder.build();
    try {
      Datacenters.check(session, datacenter.isDefined() ? datacenter.get() : null);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return session;
  }

  @Override
  public Set<String> properties() {
    return DefaultConnectionFactory$.MODULE$.properties();
  }

  @Override
  public com.datastax.spark.connector.cql.Scanner getScanner(
      ReadConf readConf, CassandraConnectorConf conf, IndexedSeq<String> columns) {
    return DefaultConnectionFactory$.MODULE$.getScanner(readConf, conf, columns);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConnectionFactory;
  }

  @Override
  public int hashCode() {
    return ConnectionFactory.class.hashCode();
  }
}
