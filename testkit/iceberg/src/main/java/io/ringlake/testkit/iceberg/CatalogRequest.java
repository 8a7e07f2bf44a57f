package io.ringlake.testkit.iceberg;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came.
 *
 * @param path as it was encoded
 * @param query as it was encoded, null for none
 * @param headers by name in lower case
 */
record CatalogRequest(
    String method,
    String path,
    @Nullable String query,
    Map<String, List<String>> headers,
    String body) {

  static CatalogRequest of(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return new CatalogRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        exchange.getRequestURI().getRawQuery(),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** The values of a header, empty if it is not there. */
  String header(String name) {
    return String.join(",", headers.getOrDefault(name, List.of()));
  }

  /** For another path. */
  CatalogRequest to(String other) {
    return new CatalogRequest(method, other, query, headers, body);
  }
}
