package io.ringlake.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringlake.sink.Manifest.Bounds;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** What is known of files of one format. */
interface FileFooters {

  /**
   * Finds out what is known of files.
   *
   * @param paths relative to the folder
   * @param boundColumns as in {@link FileTarget#boundColumns}
   * @return in the order of the paths
   */
  List<Footer> read(
      SparkSession session, OutputFolder folder, List<String> paths, List<String> boundColumns)
      throws IOException;

  /**
   * What is known of one file. Comes back from a task as JSON: what {@code spark.serializer} names
   * need not know records.
   *
   * @param bounds by column, in the order they were asked for; a column without a value, or whose
   *     bounds are not known, is not there
   */
  record Footer(long rows, Map<String, Bounds> bounds) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Footer fromJson(String json) {
      try {
        return JSON.readValue(json, Footer.class);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("This is no footer: " + json, e);
      }
    }

    String toJson() throws JsonProcessingException {
      return JSON.writeValueAsString(this);
    }
  }
}
