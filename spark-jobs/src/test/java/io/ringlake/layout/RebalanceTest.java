package io.ringlake.layout;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.config.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebalanceTest {

  /** What a shuffled byte of an order is to one of its file, measured: 1.93. */
  private static final double SHUFFLE_BYTES_PER_DISK_BYTE = 2.0;

  @Test
  void splitsAHotFolderIntoFilesAndNoOther(@TempDir Path folder) throws Exception {
    for (int hotMonth : new int[] {0, 11, 23}) {
      checkFiles(folder, hotMonth, 80_000, 12, new DataSize(1 << 19));
    }
  }

  /** Writes orders as one batch and checks the files of each month. */
  private static void checkFiles(Path folder, int hotMonth, long rows, int tasks, DataSize fileSize)
      throws Exception {
    Dataset<Row> orders = Orders.rows(LocalSpark.newSession(), rows, hotMonth, tasks);
    Layout layout = Layout.plan("year(ts),month(ts)", false, Orders.PROJECTION, orders.schema());
    Path target = folder.resolve("hot-%02d".formatted(hotMonth));

    layout
        .distribute(layout.apply(orders), fileSize, SHUFFLE_BYTES_PER_DISK_BYTE)
        .write()
        .partitionBy(layout.partitionColumns().toArray(String[]::new))
        .parquet(target.toString());

    Map<String, List<Long>> files = files(target);
    assertThat(files).hasSize(Orders.MONTHS);
    files.forEach(
        (month, sizes) -> {
          boolean hot = month.equals(Orders.folder(hotMonth));
          long bytes = sizes.stream().mapToLong(Long::longValue).sum();
          long needed = (bytes + fileSize.bytes() - 1) / fileSize.bytes();
          assertThat(sizes)
              .describedAs("%s, hot is %s: %s", month, Orders.folder(hotMonth), sizes)
              .hasSizeBetween(hot ? 2 : 1, hot ? Math.toIntExact(2 * needed) : 2);
        });
    checkFoldersByAnotherEngine(target, rows);
  }

  private static void checkFoldersByAnotherEngine(Path target, long rows) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet result =
            statement.executeQuery(
                """
                SELECT count(*), count(DISTINCT id),
                    count(*) FILTER (strftime(make_timestamp(epoch_us(ts)), '%%Y/%%m') = year || '/' || month)
                FROM read_parquet('%s/**/*.parquet', hive_partitioning = true,
                    hive_types_autocast = false)"""
                    .formatted(target))) {
      result.next();
      assertThat(result.getLong(1)).isEqualTo(rows);
      assertThat(result.getLong(2)).isEqualTo(rows);
      assertThat(result.getLong(3)).isEqualTo(rows);
    }
  }

  @Test
  void bringsNoTwoFoldersOfFiveYearsOfDaysTogether() {
    Dataset<Row> days =
        Orders.rows(LocalSpark.newSession(), 1_826, 0, 1)
            .withColumn("n", expr("row_number() OVER (ORDER BY id)"))
            .withColumn("ts", expr("timestamp_micros(1640995200000000 + (n - 1) * 86400000000)"));

    assertThat(partitions(days, "year(ts),month(ts),day(ts)")).hasSize(1_826);
  }

  @Test
  void bringsNoTwoFoldersOfAHashAndItsMonthsTogether() {
    Dataset<Row> orders = Orders.rows(LocalSpark.newSession(), 20_000, 0, 1);

    assertThat(partitions(orders, "bucket(16,key),year(ts),month(ts)")).hasSize(16 * Orders.MONTHS);
  }

  @Test
  void givesRowsWithoutATimeAPartitionOfTheirOwn() {
    Dataset<Row> orders =
        Orders.rows(LocalSpark.newSession(), 5_000, 0, 1)
            .withColumn("ts", expr("if(note_ttl IS NULL, ts, NULL)"));

    assertThat(partitions(orders, "year(ts),month(ts)")).hasSize(Orders.MONTHS + 1);
  }

  /** The shuffle partitions that Spark would choose. */
  private static List<Integer> partitions(Dataset<Row> rows, String partitionBy) {
    Layout layout = Layout.plan(partitionBy, false, Orders.PROJECTION, rows.schema());
    return layout
        .apply(rows)
        .select(pmod(hash(layout.rebalance(1).key()), lit(Rebalance.PARTITIONS)).as("partition"))
        .distinct()
        .as(Encoders.INT())
        .collectAsList();
  }

  @Test
  void leavesRowsWhereTheyAreWithoutFolders() {
    Dataset<Row> orders = Orders.rows(LocalSpark.newSession(), 10, 0, 1);
    Layout layout = Layout.plan("", false, Orders.PROJECTION, orders.schema());

    assertThat(layout.apply(orders)).isSameAs(orders);
    assertThat(layout.distribute(orders, new DataSize(1), 1)).isSameAs(orders);
  }

  private static Map<String, List<Long>> files(Path target) throws IOException {
    Map<String, List<Long>> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(target)) {
      for (Path path : paths.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        files
            .computeIfAbsent(
                target.relativize(path.getParent()).toString(), month -> new ArrayList<>())
            .add(Files.size(path));
      }
    }
    return files;
  }
}
