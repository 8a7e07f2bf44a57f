package io.ringlake.iceberg;

import io.ringlake.iceberg.TargetRefused.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.iceberg.aws.AwsProperties;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.JsonNode;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.iceberg.util.EnvironmentUtil;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.JavaConverters;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Sets the maintenance of tables in a table bucket, by requests with the credentials of the
 * catalog. They are signed by the part of the AWS SDK that Iceberg needs, too, and sent by Java's
 * own client: Iceberg's bundle has none for S3 Tables.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/AmazonS3/latest/API/API_s3Buckets_PutTableMaintenanceConfiguration.html">
 *     PutTableMaintenanceConfiguration</a>
 */
public final class MaintenanceClient {

  private static final String PERMISSIONS =
      "Allow s3tables:GetTableMaintenanceConfiguration and"
          + " s3tables:PutTableMaintenanceConfiguration, or leave these settings out; then run the"
          + " same command.";
  private static final String LATER =
      "Run the same command when the service answers again, or without these settings.";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> TRANSIENT = Set.of(409, 429, 500, 502, 503, 504);
  private static final int ATTEMPTS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final S3Tables bucket;
  private final Map<String, String> properties;

  /** What sends and signs the requests of one table. */
  private record Signed(HttpClient http, AwsCredentialsProvider credentials) {}

  /**
   * @param session that has the bucket's catalog
   */
  public MaintenanceClient(SparkSession session, S3Tables bucket) {
    this.bucket = bucket;
    Map<String, String> given = new HashMap<>();
    for (Tuple2<String, String> setting :
        JavaConverters.asJavaIterable(session.conf().getAll().toIterable())) {
      if (setting._1().startsWith(S3Tables.PREFIX)) {
        given.put(setting._1().substring(S3Tables.PREFIX.length()), setting._2());
      }
    }
    this.properties = EnvironmentUtil.resolveAll(given);
  }

  /**
   * Makes the maintenance of a table what is wanted; asks first, and changes nothing that is so.
   *
   * @param namespace of one level
   * @return what was changed, for people
   * @throws TargetRefused if the service refuses or is not reached
   */
  public List<String> set(String namespace, String table, TableMaintenance wanted) {
    if (wanted.equals(TableMaintenance.AS_IT_IS)) {
      return List.of();
    }
    String path =
        "tables/%s/%s/%s/maintenance".formatted(encoded(bucket.toString()), namespace, table);
    try {
      Signed client =
          new Signed(
              HttpClient.newBuilder()
                  .version(HttpClient.Version.HTTP_1_1)
                  .connectTimeout(PATIENCE)
                  .build(),
              new AwsProperties(properties).restCredentialsProvider());
      JsonNode now = JSON.readTree(send(client, SdkHttpMethod.GET, path, "")).path("configuration");
      List<String> changes = new ArrayList<>();
      change(
          client,
          path,
          now,
          "icebergCompaction",
          Map.of("targetFileSizeMB", wanted.compactionTargetMegabytes()),
          changes);
      change(
          client,
          path,
          now,
          "icebergSnapshotManagement",
          Map.of(
              "minSnapshotsToKeep",
              wanted.minSnapshotsToKeep(),
              "maxSnapshotAgeHours",
              wanted.maxSnapshotAgeHours()),
          changes);
      return changes;
    } catch (IOException | SdkException e) { // the service, or whoever has the credentials
      throw refused(Failures.rootOf(e), LATER, e);
    } catch (LinkageError e) {
      throw TargetRefused.lackingClass(table, e);
    }
  }

  /** A kind is replaced whole, so what is not wanted otherwise goes along. */
  private void change(
      Signed client,
      String path,
      JsonNode now,
      String kind,
      Map<String, OptionalInt> wanted,
      List<String> changes)
      throws IOException {
    if (wanted.values().stream().allMatch(OptionalInt::isEmpty)) {
      return;
    }
    JsonNode settings = now.path(kind).path("settings").path(kind);
    ObjectNode then =
        settings.isObject() ? settings.<ObjectNode>deepCopy() : JSON.createObjectNode();
    List<String> made = new ArrayList<>();
    wanted.forEach(
        (name, number) -> {
          if (number.isPresent() && then.path(name).asInt() != number.getAsInt()) {
            made.add("%s of the table is %d now".formatted(name, number.getAsInt()));
            then.put(name, number.getAsInt());
          }
        });
    if (now.path(kind).path("status").asText("enabled").equals("disabled")) {
      made.add("%s of the table is enabled now".formatted(kind));
    }
    if (!made.isEmpty()) {
      ObjectNode body = JSON.createObjectNode();
      ObjectNode value = body.putObject("value");
      value.put("status", "enabled");
      value.putObject("settings").set(kind, then);
      send(client, SdkHttpMethod.PUT, path + "/" + kind, body.toString());
      changes.addAll(made);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String send(Signed client, SdkHttpMethod method, String path, String body)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      boolean isLast = attempt == ATTEMPTS;
      try {
        HttpResponse<String> answer = sendOnce(client, method, path, body);
        int status = answer.statusCode();
        if (status / 100 == 2) {
          return answer.body();
        }
        if (!TRANSIENT.contains(status) || isLast) {
          throw refused(
              "HTTP %d, %s".formatted(status, message(answer.body())),
              status == 403 ? PERMISSIONS : LATER,
              null);
        }
      } catch (IOException e) {
        if (isLast) {
          throw e;
        }
      }
      await(Duration.ofMillis(250L << attempt));
    }
  }

  private HttpResponse<String> sendOnce(
      Signed client, SdkHttpMethod method, String path, String body) throws IOException {
    URI uri = URI.create(bucket.serviceUri(properties) + "/" + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(method.name(), HttpRequest.BodyPublishers.ofString(body));
    signed(client, uri, method, body)
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Host")) { // which the client sets from the address
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return client.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a service was asked", e);
    }
  }

  /** The headers of a request, its signature among them. */
  private Map<String, List<String>> signed(
      Signed client, URI uri, SdkHttpMethod method, String body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(uri)
            .method(method)
            .putHeader("Content-Type", "application/json")
            .build();
    AwsCredentials credentials = client.credentials().resolveCredentials();
    return AwsV4HttpSigner.create()
        .sign(
            signing ->
                signing
                    .identity(credentials)
                    .request(request)
                    .payload(ContentStreamProvider.fromUtf8String(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3tables")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, bucket.region()))
        .request()
        .headers();
  }

  private static void await(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a service was busy", e);
    }
  }

  private static String message(String body) {
    try {
      return JSON.readTree(body).path("message").asText(body).lines().findFirst().orElse("");
    } catch (IOException e) {
      return body.lines().findFirst().orElse("");
    }
  }

  private TargetRefused refused(String why, String advice, @Nullable Exception cause) {
    return new TargetRefused(
        Reason.UNWRITABLE,
        "The maintenance of tables in %s cannot be set: %s".formatted(bucket, why),
        advice,
        cause);
  }
}
