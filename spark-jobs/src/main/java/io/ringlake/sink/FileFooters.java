package io.ringlake.sink;

import io.ringlake.sink.Manifest.Bounds;
import java.io.Serializable;
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
   * What one file tells.
   *
   * @param bounds by column, in the order they were asked for; a column without a value, or whose
   *     bounds are not known, is not there
   */
  record Footer(long rows, Map<String, Bounds> bounds) implements Serializable {}
}
