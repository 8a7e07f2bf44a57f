package io.ringlake.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringlake.sink.Manifest.Bounds;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** What files of one format tell about themselves. */
interface FileFooters {

  /**
   * Reads the footers of files, on the executors.
   *
   * @param boundColumns as in {@link FileTarget#boundColumns}
   * @return in the order of the files
   */
  List<Footer> read(SparkSession session, List<Path> files, List<String> boundColumns);

  /**
   * What one file tells. Comes back from a task as JSON: what {@code spark.serializer} names need
   * not know records.
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
        throw new IllegalStateException("A task returned no footer: " + json, e);
      }
    }

    String toJson() throws JsonProcessingException {
      return JSON.writeValueAsString(this);
    }
  }
}
