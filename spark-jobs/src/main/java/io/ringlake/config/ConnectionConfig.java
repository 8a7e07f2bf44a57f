package io.ringlake.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the cluster. Where a component is null or empty, what {@code spark.cassandra.*} says
 * in Spark's configuration holds.
 *
 * @param contactPoints {@code host} or {@code host:port}; empty: as Spark's configuration says
 * @param localDatacenter null: as Spark's configuration says, else that of the first contact point
 * @param username null: as Spark's configuration says
 * @param password null: as Spark's configuration says
 * @param requestTimeout how long one request may take before another node is asked; above 0
 */
public record ConnectionConfig(
    List<String> contactPoints,
    @Nullable String localDatacenter,
    @Nullable String username,
    @Nullable Secret password,
    Duration requestTimeout)
    implements Serializable {

  /** Without IPv6 addresses, which the connector does not take: they need a name. */
  private static final Pattern CONTACT_POINT = Pattern.compile("[^\\s:]+(?::(\\d{1,5}))?");

  public ConnectionConfig {
    contactPoints = List.copyOf(contactPoints);
    if (requestTimeout.isNegative() || requestTimeout.isZero()) {
      throw new IllegalArgumentException(
          "A request timeout of %s is not above 0".formatted(requestTimeout));
    }
  }

  static ConnectionConfig from(Settings settings) {
    return new ConnectionConfig(
        settings.value("contact-points", ValueFormat.listOf(ConnectionConfig::contactPoint)),
        settings.optional("local-datacenter", ValueFormat.text()),
        settings.optional("username", ValueFormat.text()),
        settings.optional("password-file", Secret::fetch),
        settings.value("request-timeout", ValueFormat.duration()));
  }

  private static String contactPoint(String text) {
    Matcher contactPoint = CONTACT_POINT.matcher(text.strip());
    if (!contactPoint.matches()
        || (contactPoint.group(1) != null && Integer.parseInt(contactPoint.group(1)) > 65_535)) {
      throw new IllegalArgumentException(
          "where '%s' is not host or host:port.".formatted(text.strip()));
    }
    return text.strip();
  }
}
