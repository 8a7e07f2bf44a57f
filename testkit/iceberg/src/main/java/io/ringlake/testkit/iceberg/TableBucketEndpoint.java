package io.ringlake.testkit.iceberg;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.JsonNode;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A table bucket of S3 Tables: its Iceberg REST endpoint below {@code /iceberg}, and what is told
 * of a table's maintenance. Serves signed requests only.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/AmazonS3/latest/API/API_s3Buckets_PutTableMaintenanceConfiguration.html">
 *     PutTableMaintenanceConfiguration</a>
 */
final class TableBucketEndpoint implements CatalogEndpoint {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern MAINTENANCE =
      Pattern.compile("/tables/([^/]+)/([^/]+)/([^/]+)/maintenance(?:/([^/]+))?");

  /** Kinds, each with its settings and what they may be. */
  private static final Map<String, Map<String, int[]>> KINDS =
      Map.of(
          "icebergCompaction", Map.of("targetFileSizeMB", new int[] {64, 512}),
          "icebergSnapshotManagement",
              Map.of(
                  "minSnapshotsToKeep", new int[] {1, Integer.MAX_VALUE},
                  "maxSnapshotAgeHours", new int[] {1, Integer.MAX_VALUE}));

  private final TableBucket bucket;
  private final JdbcCatalog catalog;
  private final CatalogRoutes routes;
  private final SignatureCheck signature;
  private final String encodedArn;
  private final Map<TableIdentifier, ObjectNode> maintenance = new ConcurrentHashMap<>();

  TableBucketEndpoint(TableBucket bucket, JdbcCatalog catalog, CatalogRoutes routes) {
    this.bucket = bucket;
    this.catalog = catalog;
    this.routes = routes;
    this.signature =
        new SignatureCheck(
            bucket.accessKey(), bucket.secretKey(), bucket.region(), "s3tables", Clock.systemUTC());
    this.encodedArn = URLEncoder.encode(bucket.arn(), StandardCharsets.UTF_8);
  }

  @Override
  public CatalogRoutes.Answer answer(CatalogRequest request) {
    Optional<String> unsigned = signature.refusal(request);
    if (unsigned.isPresent()) {
      return error(403, "ForbiddenException", unsigned.get());
    }
    Matcher ofMaintenance = MAINTENANCE.matcher(request.path());
    if (ofMaintenance.matches()) {
      return maintenance(request, ofMaintenance);
    }
    if (request.path().equals("/iceberg/v1/config")) {
      return config(request.query());
    }
    String prefix = "/iceberg/v1/" + encodedArn;
    if (!request.path().startsWith(prefix + "/")) {
      return error(404, "NotFoundException", "There is no " + request.path());
    }
    String path = "/v1" + request.path().substring(prefix.length());
    Optional<String> refusal =
        S3TablesRules.refusal(request.method(), path, request.query(), request.body());
    return refusal
        .map(why -> error(400, "BadRequestException", why))
        .orElseGet(() -> routes.answer(request.to(path)));
  }

  private CatalogRoutes.Answer config(@Nullable String query) {
    if (!("warehouse=" + encodedArn).equals(query)) {
      return error(400, "BadRequestException", "The warehouse is not a table bucket's ARN");
    }
    return CatalogRoutes.ok(ConfigResponse.builder().withOverride("prefix", encodedArn).build());
  }

  private CatalogRoutes.Answer maintenance(CatalogRequest request, Matcher path) {
    TableIdentifier table = TableIdentifier.of(Namespace.of(path.group(2)), path.group(3));
    if (!path.group(1).equals(encodedArn) || !catalog.tableExists(table)) {
      return message(404, "The specified table does not exist");
    }
    String kind = path.group(4);
    if (request.method().equals("GET") && kind == null) {
      ObjectNode answer = JSON.createObjectNode();
      answer.put("tableARN", bucket.arn() + "/table/" + table.name());
      answer.set("configuration", stored(table));
      return new CatalogRoutes.Answer(200, answer.toString());
    }
    if (!request.method().equals("PUT") || kind == null || !KINDS.containsKey(kind)) {
      return message(400, "The request is not valid");
    }
    return put(table, kind, request.body());
  }

  private CatalogRoutes.Answer put(TableIdentifier table, String kind, String body) {
    JsonNode value;
    try {
      value = JSON.readTree(body).path("value");
    } catch (IOException e) {
      return message(400, "The request is not valid");
    }
    JsonNode settings = value.path("settings").path(kind);
    for (Map.Entry<String, int[]> bounds : KINDS.getOrDefault(kind, Map.of()).entrySet()) {
      int[] range = bounds.getValue();
      JsonNode number = settings.path(bounds.getKey());
      if (!number.isMissingNode() && (number.asInt() < range[0] || number.asInt() > range[1])) {
        return message(400, "%s is not valid".formatted(bounds.getKey()));
      }
    }
    ObjectNode all = stored(table);
    all.set(kind, value);
    maintenance.put(table, all);
    return new CatalogRoutes.Answer(204, "");
  }

  private ObjectNode stored(TableIdentifier table) {
    return maintenance.getOrDefault(table, defaults()).deepCopy();
  }

  private static ObjectNode defaults() {
    ObjectNode defaults = JSON.createObjectNode();
    defaults
        .putObject("icebergCompaction")
        .put("status", "enabled")
        .putObject("settings")
        .putObject("icebergCompaction")
        .put("targetFileSizeMB", 512);
    defaults
        .putObject("icebergSnapshotManagement")
        .put("status", "enabled")
        .putObject("settings")
        .putObject("icebergSnapshotManagement")
        .put("minSnapshotsToKeep", 1)
        .put("maxSnapshotAgeHours", 120);
    return defaults;
  }

  /** Switches a kind off. */
  void disable(TableIdentifier table, String kind) {
    ObjectNode all = stored(table);
    ((ObjectNode) all.path(kind)).put("status", "disabled");
    maintenance.put(table, all);
  }

  /** What is stored of a table, in JSON. */
  String maintenance(TableIdentifier table) {
    return stored(table).toString();
  }

  private static CatalogRoutes.Answer message(int status, String message) {
    return new CatalogRoutes.Answer(
        status, JSON.createObjectNode().put("message", message).toString());
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
}
