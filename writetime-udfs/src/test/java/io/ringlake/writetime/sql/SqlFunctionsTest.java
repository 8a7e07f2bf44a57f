package io.ringlake.writetime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all functions: how Spark names, plans, compiles and describes them. */
class SqlFunctionsTest {

  private static final String CELLS =
      "(SELECT CAST(id AS STRING) AS v, id AS w, CAST(id AS INT) AS i, timestamp_micros(id) AS t"
          + " FROM range(3)) AS cells";

  private static String plan(String query, String mode) {
    return LocalSpark.generating().sql("EXPLAIN " + mode + " " + query).head().getString(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "writetime_timestamp(w)",
        "timestamp_writetime(t)",
        "expires_at(t, i)",
        "is_expired(t)",
        "latest_writetime(w, w + 1)",
        "timeuuid_timestamp(v)",
        "cassandra_token('text,int', v, i)",
        "last_write('text', v, w, t)"
      })
  void areGeneratedCodeAndNoUdf(String call) {
    String query = "SELECT " + call + " FROM " + CELLS;

    assertThat(plan(query, "CODEGEN"))
        .contains("Generated code:")
        .doesNotContainIgnoringCase("udf");
    assertThat(plan(query, "EXTENDED")).doesNotContainIgnoringCase("scalaudf");
  }

  @Test
  void headColumnsByTheCallAsItWasWritten() {
    Dataset<Row> rows =
        LocalSpark.session()
            .sql(
                """
                SELECT writetime_timestamp(w), cassandra_token('text,int', cells.v, i),
                  last_write('int', i, w)
                FROM %s GROUP BY w, v, i"""
                    .formatted(CELLS));

    assertThat(rows.columns())
        .containsExactly(
            "writetime_timestamp(w)", "cassandra_token(text,int, v, i)", "last_write(int, i, w)");
  }

  @Test
  void areCalledFromJavaByName() {
    Dataset<Row> rows =
        LocalSpark.session()
            .range(1)
            .select(
                functions.call_function(
                    "cassandra_token", functions.lit("bigint"), functions.col("id").plus(1)));

    assertThat(rows.head().getLong(0)).isEqualTo(6292367497774912474L);
  }

  @Test
  void canBeGroupedBy() {
    assertThat(
            LocalSpark.rows(
                """
                SELECT cassandra_token('int', cells.i), count(*) FROM %s
                GROUP BY cassandra_token('int', i) ORDER BY 1"""
                    .formatted(CELLS)))
        .containsExactly(
            "-4069959284402364209,1", "-3485513579396041028,1", "-3248873570005575792,1");
  }

  @Test
  void surviveViewsJoinsAndSubqueries() {
    SparkSession spark = LocalSpark.session();
    spark
        .sql(
            "SELECT i, cassandra_token('int', i) AS token, last_write('int', i, w) AS last FROM "
                + CELLS
                + " GROUP BY i")
        .createOrReplaceTempView("tokens");

    assertThat(
            spark
                .sql(
                    "SELECT count(*) FROM tokens a JOIN tokens b ON a.token = b.token AND a.last = b.last")
                .head()
                .getLong(0))
        .isEqualTo(3);
    assertThat(
            spark
                .sql("SELECT count(*) FROM tokens WHERE token = (SELECT max(token) FROM tokens)")
                .head()
                .getLong(0))
        .isEqualTo(1);
  }

  @Test
  void letParquetSkipWhatTheyFilter(@TempDir Path folder) {
    SparkSession spark = LocalSpark.session();
    String path = folder.resolve("cells").toString();
    spark.sql("SELECT * FROM " + CELLS).write().parquet(path);
    spark.read().parquet(path).createOrReplaceTempView("cells");

    assertThat(
            spark
                .sql("EXPLAIN SELECT v FROM cells WHERE NOT is_expired(t, TIMESTAMP'2024-01-01')")
                .head()
                .getString(0))
        .contains("PushedFilters: [Or(IsNull(t),GreaterThan(t,2024-01-01");
    assertThat(
            spark
                .sql(
                    "EXPLAIN SELECT v FROM cells WHERE w >= timestamp_writetime(TIMESTAMP'2024-01-01')")
                .head()
                .getString(0))
        .contains("GreaterThanOrEqual(w,1704067200000000)");
  }

  @Test
  void areDescribed() {
    assertThat(LocalSpark.rows("DESCRIBE FUNCTION is_expired"))
        .contains(
            "Usage: is_expired(expires_at[, at]) - Whether a cell is gone at a time, by default now; one without expiry never is.");
    assertThat(LocalSpark.rows("SHOW FUNCTIONS LIKE 'cassandra_token'"))
        .containsExactly("cassandra_token");
  }
}
