package io.ringlake.testkit.iceberg;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.JsonNode;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * What S3 Tables refuses that other Iceberg catalogs do.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-integrating-open-source.html">
 *     S3 Tables Iceberg REST endpoint</a>
 */
final class S3TablesRules {

  private static final Pattern NAME = Pattern.compile("[0-9a-z]([0-9a-z_]{0,253}[0-9a-z])?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private S3TablesRules() {}

  /**
   * Why a request is refused, empty if it is not.
   *
   * @param path as Iceberg's catalogs without a prefix have it: {@code /v1/namespaces/…}
   */
  static Optional<String> refusal(String method, String path, @Nullable String query, String body) {
    String[] parts = path.substring(1).split("/", -1);
    JsonNode json = json(body);
    if (method.equals("POST") && parts.length == 2) {
      return refusalOfNamespace(json.path("namespace"));
    }
    if (method.equals("POST") && parts.length == 4 && parts[3].equals("tables")) {
      return refusalOfTable(json);
    }
    boolean isPurge = query != null && query.contains("purgeRequested=true");
    if (method.equals("DELETE") && parts.length == 5 && !isPurge) {
      return Optional.of("A table can only be dropped with purge");
    }
    for (JsonNode update : json.path("updates")) {
      if (update.path("action").asText().equals("set-location")) {
        return Optional.of("The location of a table cannot be set");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> refusalOfNamespace(JsonNode levels) {
    if (levels.size() != 1) {
      return Optional.of("A namespace has one level");
    }
    String name = levels.path(0).asText();
    return NAME.matcher(name).matches() && !name.startsWith("aws")
        ? Optional.empty()
        : Optional.of("The namespace '%s' is not valid".formatted(name));
  }

  private static Optional<String> refusalOfTable(JsonNode table) {
    if (table.path("stage-create").asBoolean()) {
      return Optional.of("stage-create is not supported");
    }
    if (table.hasNonNull("location")) {
      return Optional.of("The location of a table cannot be set");
    }
    String name = table.path("name").asText();
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("The table name '%s' is not valid".formatted(name));
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body.isEmpty() ? "{}" : body);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
