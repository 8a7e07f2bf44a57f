package io.ringlake.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.DataType;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.SharedSpark;
import io.ringlake.testkit.BulkWriter;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import io.ringlake.writetime.WritetimeExtensions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code cassandra_token} of keys that the source read, against the server's own {@code token()} of
 * the same rows: a table for each type of a partition key, and some with keys of two, three and
 * four columns. The seed of the keys is printed; {@code -Dringlake.seed} sets it.
 */
class CassandraTokenIT {

  private static final int MOST_COLUMNS = 4;

  private static CassandraCluster cassandra;
  private static CqlSession cql;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
    spark =
        SharedSpark.newSession(
            new SparkConf()
                .setMaster("local[2]")
                .set("spark.sql.extensions", WritetimeExtensions.class.getName()));
  }

  @Test
  void isTheServersForEveryKey() {
    assertThat(compare("token_it", 3, 60)).isGreaterThan(1_000);
  }

  @Test
  @Tag("full")
  void isTheServersForAHundredThousandKeys() {
    assertThat(compare("token_it_full", RandomKeyValues.TYPES.size(), 5_000))
        .isGreaterThan(100_000);
  }

  /**
   * How many keys were compared.
   *
   * @param composites tables whose key has several columns
   */
  private static int compare(String keyspace, int composites, int keysOfATable) {
    long seed = Long.getLong("ringlake.seed", System.nanoTime());
    System.out.println("Tokens of random keys: -Dringlake.seed=" + seed);
    RandomKeyValues values = new RandomKeyValues(seed);
    cql.execute("DROP KEYSPACE IF EXISTS " + keyspace);
    cql.execute(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
            .formatted(keyspace));

    int compared = 0;
    for (List<DataType> types : keys(composites)) {
      String table = keyspace + ".k_" + cql(types, "_");
      fill(table, types, values, keysOfATable);
      compared += compareTokens(table, types);
    }
    return compared;
  }

  /**
   * The types of the columns of each table's key: one of each type, and some of several columns, of
   * which each type is first once, and second, and so on, if there are as many.
   */
  private static List<List<DataType>> keys(int composites) {
    List<DataType> types = RandomKeyValues.TYPES;
    List<List<DataType>> keys = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      keys.add(List.of(types.get(i)));
      if (i >= composites) {
        continue;
      }
      int columns = 2 + i % (MOST_COLUMNS - 1);
      int first = i;
      keys.add(
          IntStream.range(0, columns)
              .mapToObj(column -> types.get((first + 5 * column) % types.size()))
              .toList());
    }
    return keys;
  }

  private static void fill(String table, List<DataType> types, RandomKeyValues values, int keys) {
    String columns =
        IntStream.range(0, types.size())
            .mapToObj(i -> "k%d %s".formatted(i, types.get(i).asCql(false, true)))
            .collect(Collectors.joining(", "));
    cql.execute(
        "CREATE TABLE %s (%s, id int, PRIMARY KEY ((%s)))"
            .formatted(table, columns, names(types.size())));
    PreparedStatement insert =
        cql.prepare(
            "INSERT INTO %s (%s, id) VALUES (%s?)"
                .formatted(table, names(types.size()), "?, ".repeat(types.size())));
    int leastLength = types.size() == 1 ? 1 : 0;
    try (BulkWriter writer = new BulkWriter(cql)) {
      for (int id = 0; id < keys; id++) {
        List<Object> row = new ArrayList<>();
        types.forEach(type -> row.add(values.next(type, leastLength)));
        row.add(id);
        writer.write(insert.bind(row.toArray()));
      }
    }
  }

  private static String cql(List<DataType> types, String separator) {
    return types.stream()
        .map(type -> type.asCql(false, true))
        .collect(Collectors.joining(separator));
  }

  private static String names(int columns) {
    return IntStream.range(0, columns).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
  }

  private static int compareTokens(String table, List<DataType> types) {
    String key = names(types.size());
    List<Row> rows =
        spark
            .read()
            .format("ringlake")
            .option("contact-points", cassandra.contactPointsText())
            .option("table", table)
            .load()
            .selectExpr("id", "cassandra_token('%s', %s)".formatted(cql(types, ","), key))
            .collectAsList();

    assertThat(rows.stream().map(row -> row.mkString("|")).sorted().toList())
        .as(table)
        .isNotEmpty()
        .isEqualTo(CqlRows.sorted(cql, "SELECT id, token(%s) FROM %s".formatted(key, table)));
    return rows.size();
  }
}
