package io.ringlake.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What plain Spark sees of an export by listing its folder, with nothing of ours in its session, as
 * the view {@code lake}.
 */
public final class SparkLake implements AutoCloseable {

  private final SparkSession spark;

  /** Sees nothing yet. */
  public SparkLake() {
    this(Map.of());
  }

  /**
   * Sees nothing yet.
   *
   * @param properties of Spark, such as those of a catalog
   */
  public SparkLake(Map<String, String> properties) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.datetime.java8API.enabled", true)
            .config("spark.sql.sources.partitionColumnTypeInference.enabled", false);
    properties.forEach(builder::config);
    spark = builder.getOrCreate();
  }

  /**
   * @param output a folder with Parquet files at any depth
   */
  public SparkLake(Path output) {
    this();
    show(output);
  }

  /** Puts a folder with Parquet files at any depth in the place of what is seen. */
  public void show(Path output) {
    spark.read().parquet(output.toString()).createOrReplaceTempView("lake");
  }

  /** Puts a table of a catalog in the place of what is seen. */
  public void showTable(String name) {
    spark.read().table(name).createOrReplaceTempView("lake");
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
