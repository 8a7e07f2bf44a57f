package io.ringlake.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What plain Spark sees of an export by listing its folder, with nothing of ours in its session, as
 * the view {@code lake}.
 */
public final class SparkLake implements AutoCloseable {

  private final SparkSession spark =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.datetime.java8API.enabled", true)
          .config("spark.sql.sources.partitionColumnTypeInference.enabled", false)
          .getOrCreate();

  /** Sees nothing yet. */
  public SparkLake() {}

  /**
   * @param output a folder with Parquet files at any depth
   */
  public SparkLake(Path output) {
    show(output.toString());
  }

  /** Puts Parquet files, or folders with them at any depth, in the place of what is seen. */
  public void show(String... paths) {
    spark.read().parquet(paths).createOrReplaceTempView("lake");
  }

  /** Rows as {@link DuckLake#sortedRows} spells them. */
  public List<String> sortedRows(String sql) {
    List<String> rows = new ArrayList<>();
    for (Row row : spark.sql(sql).collectAsList()) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        text.append(i == 0 ? "" : "|").append(Spelling.of(row.get(i)));
      }
      rows.add(text.toString());
    }
    Collections.sort(rows);
    return rows;
  }

  @Override
  public void close() {
    spark.stop();
  }
}
