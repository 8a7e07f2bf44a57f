package io.ringlake.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What plain Spark sees of an export by listing its folder, with nothing of ours in its session.
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

  /**
   * @param output a folder with Parquet files at any depth; seen as the view {@code lake}
   */
  public SparkLake(Path output) {
    show(output);
  }

  /** Puts another folder in the place of the one that is seen. */
  public void show(Path output) {
    spark.read().parquet(output.toString()).createOrReplaceTempView("lake");
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
