package io.ringlake.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A Delta table on the local disk, read by the protocol alone: its log says which files count.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md">The protocol</a>
 */
public final class DeltaLake {

  private final Set<String> files = new LinkedHashSet<>();
  private final List<String> batches = new ArrayList<>();
  private final List<Added> added = new ArrayList<>();

  /**
   * A file as it was committed.
   *
   * @param version that added it
   * @param partition its values in JSON
   */
  public record Added(int version, String partition, long bytes) {}

  /**
   * Reads the log from its beginning, as long as no version of it was removed.
   *
   * @param table its folder
   */
  public DeltaLake(Path table) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Path> versions;
    try (Stream<Path> log = Files.list(table.resolve("_delta_log"))) {
      versions =
          log.filter(file -> file.getFileName().toString().matches("\\d{20}\\.json"))
              .sorted()
              .toList();
    }
    for (int version = 0; version < versions.size(); version++) {
      Path file = versions.get(version);
      if (!file.endsWith("%020d.json".formatted(version))) {
        throw new AssertionError("Version %d is missing before %s".formatted(version, file));
      }
      for (String action : Files.readAllLines(file)) {
        read(table, version, json, json.readTree(action));
      }
    }
  }

  private void read(Path table, int version, ObjectMapper json, JsonNode action)
      throws IOException {
    if (action.has("add")) {
      JsonNode file = action.get("add");
      files.add(path(table, file));
      added.add(
          new Added(
              version,
              file.required("partitionValues").toString(),
              file.required("size").asLong()));
    } else if (action.has("remove")) {
      files.remove(path(table, action.get("remove")));
    } else if (action.has("commitInfo")) {
      String metadata = action.get("commitInfo").path("userMetadata").asText("{}");
      String batch = json.readTree(metadata).path("ringlake.batch").asText();
      if (batch.matches("\\d+")) {
        batches.add(batch);
      }
    }
  }

  private static String path(Path table, JsonNode file) {
    String path = file.required("path").asText().replace("+", "%2B");
    return table.resolve(URLDecoder.decode(path, StandardCharsets.UTF_8)).toString();
  }

  /** The files of the newest version. */
  public List<String> files() {
    return List.copyOf(files);
  }

  /** The files that each version added, those that are gone since too. */
  public List<Added> added() {
    return List.copyOf(added);
  }

  /** The batches of all versions, the oldest first. */
  public List<String> batches() {
    return List.copyOf(batches);
  }
}
