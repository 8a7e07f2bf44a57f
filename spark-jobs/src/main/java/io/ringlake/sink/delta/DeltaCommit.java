package io.ringlake.sink.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A version of a Delta table.
 *
 * @param operation as Delta calls it, empty if the commit does not say
 * @param pass who wrote it, empty if it was not Ringlake
 * @param batch the batch's id, or what else of a pass it is
 * @see <a href="https://docs.delta.io/latest/delta-utility.html#history-schema">History schema</a>
 */
record DeltaCommit(
    long version,
    String operation,
    Map<String, String> parameters,
    Map<String, String> metrics,
    String pass,
    String batch) {

  /** Operations of others that leave the rows as they are. */
  private static final Set<String> HARMLESS =
      Set.of(
          "ADD COLUMNS",
          "ANALYZE",
          "CHANGE COLUMN",
          "CLUSTER BY",
          "COMPUTE STATS",
          "FSCK",
          "OPTIMIZE",
          "REORG",
          "SET TBLPROPERTIES",
          "UNSET TBLPROPERTIES",
          "UPGRADE PROTOCOL",
          "VACUUM END",
          "VACUUM START");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads a row of the table's history. */
  static DeltaCommit of(Row row) {
    JsonNode told = told(row.getAs("userMetadata"));
    return new DeltaCommit(
        row.<Long>getAs("version"),
        Objects.requireNonNullElse(row.getAs("operation"), ""),
        texts(row, "operationParameters"),
        texts(row, "operationMetrics"),
        told.path(DeltaPass.PASS).asText(),
        told.path(DeltaPass.BATCH).asText());
  }

  private static Map<String, String> texts(Row row, String column) {
    int index = row.fieldIndex(column);
    return row.isNullAt(index) ? Map.of() : row.getJavaMap(index);
  }

  /** What others write there may be no JSON. */
  private static JsonNode told(@Nullable String metadata) {
    try {
      return JSON.readTree(metadata == null ? "{}" : metadata);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  boolean isOf(UUID other) {
    return pass.equals(other.toString());
  }

  /**
   * Whether all rows that were committed before it may still be in the table but for those that
   * somebody chose: nothing is known of an operation that is not known.
   */
  boolean keepsOthers() {
    return leavesRows()
        || switch (operation) {
          case "WRITE" -> Set.of("Append", "ErrorIfExists", "Ignore").contains(parameter("mode"));
          case "STREAMING UPDATE" -> !parameter("outputMode").equals("Complete");
          case "DELETE" -> !Set.of("", "[]").contains(parameter("predicate"));
          case "MERGE", "UPDATE" -> true;
          default -> false;
        };
  }

  /** The version that it brought the table back to, -1 if it did not or does not say. */
  long restoredTo() {
    String version = parameter("version");
    return operation.equals("RESTORE") && version.matches("\\d{1,18}")
        ? Long.parseLong(version)
        : -1;
  }

  private String parameter(String name) {
    return Objects.requireNonNullElse(parameters.get(name), "");
  }

  /** Whether the rows of the table are the same after it. */
  boolean leavesRows() {
    return HARMLESS.contains(operation);
  }

  /** How many rows it added; so with bytes and files. */
  long rows() {
    return metric("numOutputRows");
  }

  long bytes() {
    return metric("numOutputBytes");
  }

  long files() {
    return metric("numFiles");
  }

  private long metric(String name) {
    return Long.parseLong(metrics.getOrDefault(name, "0"));
  }

  /** For messages. */
  @Override
  public String toString() {
    return "%s, version %d".formatted(operation, version);
  }
}
