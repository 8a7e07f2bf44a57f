package io.ringlake.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * What was counted of files while they were written, for formats whose files do not tell. It is
 * stored with each batch, by the names of the files, which are unique.
 */
final class ToldFigures implements FileFooters {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXT_BY_NAME = new TypeReference<>() {};

  /** Stores what the tasks of a batch told. */
  static void store(OutputFolder folder, String batch, Map<String, String> byName)
      throws IOException {
    folder.storeFigures(batch, JSON.writeValueAsBytes(byName));
  }

  @Override
  public List<Footer> read(
      SparkSession session, OutputFolder folder, List<String> paths, List<String> boundColumns)
      throws IOException {
    Map<String, String> told = new HashMap<>();
    for (byte[] batch : folder.figures()) {
      try {
        told.putAll(JSON.readValue(batch, TEXT_BY_NAME));
      } catch (JsonProcessingException e) {
        // Its driver died while it stored them, so before the batch was in the log. Whoever wrote
        // the batch after it stored its own.
      }
    }
    List<Footer> footers = new ArrayList<>();
    for (String path : paths) {
      String json = told.get(path.substring(path.lastIndexOf('/') + 1));
      if (json == null) {
        throw new RunFailure(
            ErrorCode.COMMIT_IN_DOUBT,
            "It is not known how many rows %s of %s has: what was counted of it is not in %s."
                .formatted(path, folder.root(), OutputFolder.FIGURES_FOLDER),
            "Look who removed it; --restart with --mode overwrite begins anew. "
                + FileSink.NOTHING_DELETED);
      }
      footers.add(Footer.fromJson(json));
    }
    return footers;
  }
}
