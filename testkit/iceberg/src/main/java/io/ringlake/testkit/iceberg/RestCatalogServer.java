package io.ringlake.testkit.iceberg;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.jspecify.annotations.Nullable;

/**
 * An Iceberg REST catalog on the loopback address, of tables in a local folder, that can be told to
 * fail. What a request asks for is done by Iceberg's own handlers.
 *
 * @see <a href="https://iceberg.apache.org/rest-catalog-spec/">REST catalog specification</a>
 */
public final class RestCatalogServer implements AutoCloseable {

  private final JdbcCatalog catalog = new JdbcCatalog();
  private final CatalogEndpoint endpoint;
  private final @Nullable TableBucketEndpoint tableBucket;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * @param when by the number of the request, from 0
   */
  private record Failing(Pattern request, Fault fault, IntPredicate when) {}

  private @Nullable Failing failing;
  private int met;
  private int failed;

  private RestCatalogServer(
      Path folder, String warehouse, Map<String, String> storage, @Nullable TableBucket bucket)
      throws IOException {
    CatalogRoutes routes = new CatalogRoutes(catalog);
    tableBucket = bucket == null ? null : new TableBucketEndpoint(bucket, catalog, routes);
    endpoint = tableBucket == null ? routes : tableBucket;
    catalog.setConf(new Configuration());
    Map<String, String> properties = new HashMap<>(storage);
    properties.put("uri", "jdbc:sqlite:" + folder.resolve("catalog.db"));
    properties.put("warehouse", warehouse);
    properties.put("jdbc.schema-version", "V1");
    catalog.initialize("backend", properties);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /**
   * Starts a server.
   *
   * @param folder for its tables and their list; made if it is not there
   */
  public static RestCatalogServer start(Path folder) {
    return start(folder, folder.resolve("warehouse").toString());
  }

  /**
   * Starts a server.
   *
   * @param folder for the list of its tables; made if it is not there
   * @param warehouse for its tables, of any file system that Hadoop has
   */
  public static RestCatalogServer start(Path folder, String warehouse) {
    return start(folder, warehouse, Map.of());
  }

  /**
   * Starts a server.
   *
   * @param folder for the list of its tables; made if it is not there
   * @param warehouse for its tables
   * @param storage what the catalog needs to reach the warehouse: its {@code io-impl}, and more
   */
  public static RestCatalogServer start(
      Path folder, String warehouse, Map<String, String> storage) {
    return start(folder, warehouse, storage, null);
  }

  /**
   * Starts a server that is a table bucket: it serves requests that are signed with the bucket's
   * key, and refuses what S3 Tables does.
   *
   * @param folder for the list of its tables; made if it is not there
   * @param warehouse for its tables
   * @param storage what the catalog needs to reach the warehouse: its {@code io-impl}, and more
   */
  public static RestCatalogServer startS3Tables(
      Path folder, String warehouse, Map<String, String> storage, TableBucket bucket) {
    return start(folder, warehouse, storage, bucket);
  }

  private static RestCatalogServer start(
      Path folder, String warehouse, Map<String, String> storage, @Nullable TableBucket bucket) {
    try {
      Files.createDirectories(folder);
      return new RestCatalogServer(folder, warehouse, storage, bucket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code spark.sql.catalog.<name>.uri} is to be. */
  public String uri() {
    String root = "http://127.0.0.1:" + server.getAddress().getPort();
    return tableBucket == null ? root : root + "/iceberg";
  }

  /**
   * What a table bucket was told of the maintenance of a table, in JSON.
   *
   * @throws IllegalStateException if it is no table bucket
   */
  public String maintenance(TableIdentifier table) {
    return tableBucket().maintenance(table);
  }

  /**
   * Switches a kind of a table's maintenance off, as an operator may.
   *
   * @param kind such as {@code icebergCompaction}
   * @throws IllegalStateException if it is no table bucket
   */
  public void disableMaintenance(TableIdentifier table, String kind) {
    tableBucket().disable(table, kind);
  }

  private TableBucketEndpoint tableBucket() {
    if (tableBucket == null) {
      throw new IllegalStateException("This is no table bucket");
    }
    return tableBucket;
  }

  /**
   * Fails requests of a kind from now on; takes the place of what was to fail before.
   *
   * @param request a regular expression for method and path: {@code POST .+/tables/orders}
   * @param after how many of them go well before
   * @param times how many of them fail
   */
  public synchronized void fail(String request, Fault fault, int after, int times) {
    fail(request, fault, number -> number >= after && number < Math.addExact(after, times));
  }

  /** Fails all requests of a kind for some time, which begins with the first of them. */
  public synchronized void fail(String request, Fault fault, Duration time) {
    AtomicLong begun = new AtomicLong();
    fail(
        request,
        fault,
        number -> {
          if (number == 0) {
            begun.set(System.nanoTime());
          }
          return System.nanoTime() - begun.get() < time.toNanos();
        });
  }

  private void fail(String request, Fault fault, IntPredicate when) {
    failing = new Failing(Pattern.compile(request), fault, when);
    met = 0;
    failed = 0;
  }

  /** Fails nothing from now on, and tells how many requests failed. */
  public synchronized int heal() {
    failing = null;
    return failed;
  }

  private synchronized Optional<Fault> faultOf(String request) {
    Failing now = failing;
    if (now == null || !now.request().matcher(request).matches() || !now.when().test(met++)) {
      return Optional.empty();
    }
    failed++;
    return Optional.of(now.fault());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      CatalogRequest request = CatalogRequest.of(exchange);
      Optional<Fault> fault = faultOf(request.method() + " " + request.path());
      if (fault.isEmpty()) {
        send(exchange, endpoint.answer(request));
        return;
      }
      switch (fault.get()) {
        case UNAVAILABLE -> send(exchange, error(503, "ServiceUnavailableException", "overloaded"));
        case CONFLICT -> send(exchange, error(409, "CommitFailedException", "somebody else was"));
        case FORBIDDEN -> send(exchange, error(403, "ForbiddenException", "not you"));
        case CUT -> {}
        case ANSWER_LOST -> endpoint.answer(request);
        case DONE_AND_REFUSED -> {
          endpoint.answer(request);
          send(exchange, error(409, "CommitFailedException", "somebody else was"));
        }
        case TIMED_OUT -> {
          endpoint.answer(request);
          send(exchange, error(504, "GatewayTimeout", "waited long enough"));
        }
      }
    }
  }

  private static CatalogRoutes.Answer error(int status, String type, String message) {
    return CatalogRoutes.answer(
        ErrorResponse.builder()
            .responseCode(status)
            .withType(type)
            .withMessage(message)
            .withStackTrace(List.of())
            .build());
  }

  private static void send(HttpExchange exchange, CatalogRoutes.Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean hasBody = bytes.length > 0 && !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), hasBody ? bytes.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    catalog.close();
  }
}
