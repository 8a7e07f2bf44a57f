package io.ringlake.job;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import io.ringlake.testing.Command;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.RandomValues;
import io.ringlake.testkit.BulkWriter;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.CassandraVersion;
import io.ringlake.testkit.SharedCassandra;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables of any shape, exported in one run, hold what CQL returns, write times too. The seed is
 * printed; {@code -Dringlake.seed} sets it. A plain build draws the same tables each time.
 */
class RandomSchemasIT {

  private static final String KEYSPACE = "random_it";
  private static final int TABLES = 20;
  private static final int LONGEST_TTL = 100_000;

  /** Any TTL that can be left of the longest one while the test runs. */
  private static final String TTL_LEFT = "\\b(9\\d{4}|100000)\\b";

  private static CassandraCluster cassandra;
  private static CqlSession cql;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    cassandra = SharedCassandra.get();
    cql = cassandra.session();
  }

  @Test
  @Tag("versions")
  void twentyTablesOfAHundredRows() throws Exception {
    exports(new Random(seed(1)), 100);
  }

  @Test
  @Tag("full")
  void twoHundredTablesOfAThousandRows() throws Exception {
    Random random = new Random(seed(System.nanoTime()));
    for (int export = 0; export < 10; export++) {
      exports(random, 1_000);
    }
  }

  private static long seed(long otherwise) {
    long seed = Long.getLong("ringlake.seed", otherwise);
    System.out.println("RandomSchemasIT: -Dringlake.seed=" + seed);
    return seed;
  }

  /** As many tables as a small Cassandra has room for are exported, then dropped. */
  private void exports(Random random, int rows) throws Exception {
    Path output = Files.createTempDirectory(folder, "out");
    boolean isFive = CassandraVersion.chosen() == CassandraVersion.V5_0;
    RandomSchema schema = new RandomSchema(random, isFive);
    cql.execute("DROP KEYSPACE IF EXISTS " + KEYSPACE);
    cql.execute(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
            .formatted(KEYSPACE));
    schema.types(KEYSPACE).forEach(cql::execute);
    for (int table = 0; table < TABLES; table++) {
      cql.execute(schema.table(KEYSPACE, "x" + table));
      fill("x" + table, rows, random);
    }

    Command.run(
            "export",
            "--table",
            KEYSPACE + ".*",
            "--output",
            output.toString(),
            "--writetime",
            "*",
            "--ttl",
            "*",
            "--parallel-tables",
            "4",
            "--spans",
            "2",
            "--contact-points",
            cassandra.contactPointsText())
        .succeeded();

    for (int table = 0; table < TABLES; table++) {
      assertHolds(output, "x" + table, isFive);
    }
    cql.execute("DROP KEYSPACE " + KEYSPACE);
  }

  private static TableMetadata metadata(String table) {
    return cql.getMetadata()
        .getKeyspace(KEYSPACE)
        .flatMap(keyspace -> keyspace.getTable(CqlIdentifier.fromInternal(table)))
        .orElseThrow();
  }

  /** Some rows lack some columns; each is written at a time of its own, some with a TTL. */
  private static void fill(String table, int rows, Random random) {
    RandomValues values = new RandomValues(random);
    TableMetadata metadata = metadata(table);
    List<ColumnMetadata> columns = List.copyOf(metadata.getColumns().values());
    PreparedStatement insert =
        cql.prepare(
            "INSERT INTO %s.%s (%s) VALUES (%s) USING TIMESTAMP ? AND TTL ?"
                .formatted(
                    KEYSPACE,
                    table,
                    columns.stream()
                        .map(column -> column.getName().asCql(true))
                        .collect(joining(", ")),
                    columns.stream().map(column -> "?").collect(joining(", "))));
    try (BulkWriter writer = new BulkWriter(cql)) {
      for (int row = 0; row < rows; row++) {
        BoundStatementBuilder bound = insert.boundStatementBuilder();
        for (int i = 0; i < columns.size(); i++) {
          boolean isKey = metadata.getPrimaryKey().contains(columns.get(i));
          if (isKey || random.nextInt(6) > 0) {
            bound = set(bound, i, columns.get(i).getType(), values, isKey);
          }
        }
        writer.write(
            bound
                .setLong(columns.size(), 1_000_000L + random.nextInt(1_000_000))
                .setInt(columns.size() + 1, random.nextInt(3) == 0 ? LONGEST_TTL : 0)
                .build());
      }
    }
  }

  /** The only column of a partition key may not be empty. */
  private static BoundStatementBuilder set(
      BoundStatementBuilder bound, int index, DataType type, RandomValues values, boolean isKey) {
    while (true) {
      Object value = values.of(type);
      TypeCodec<Object> codec = cql.getContext().getCodecRegistry().codecFor(type, value);
      ByteBuffer bytes = codec.encode(value, cql.getContext().getProtocolVersion());
      if (bytes != null && (!isKey || bytes.hasRemaining())) {
        return bound.setBytesUnsafe(index, bytes);
      }
    }
  }

  private static void assertHolds(Path output, String table, boolean tellsOfElements)
      throws Exception {
    TableMetadata metadata = metadata(table);
    List<String> inCql = new ArrayList<>();
    List<String> inLake = new ArrayList<>();
    for (ColumnMetadata column : metadata.getColumns().values()) {
      String name = column.getName().asInternal();
      inCql.add(name);
      inLake.add(name);
      boolean isKey = metadata.getPrimaryKey().contains(column);
      if (!isKey && (tellsOfElements || !isInCells(column.getType()))) {
        inCql.add("writetime(%s)".formatted(name));
        inCql.add("ttl(%s)".formatted(name));
        inLake.add(name + "_writetime");
        inLake.add(name + "_ttl");
      }
    }
    try (DuckLake lake = new DuckLake(output.resolve(KEYSPACE).resolve(table))) {
      assertThat(
              withoutSeconds(
                  lake.sortedRows("SELECT %s FROM lake".formatted(String.join(", ", inLake)))))
          .as(metadata.describe(false))
          .isNotEmpty()
          .isEqualTo(
              withoutSeconds(
                  CqlRows.sorted(
                      cql,
                      "SELECT %s FROM %s.%s"
                          .formatted(String.join(", ", inCql), KEYSPACE, table))));
    }
  }

  /** Rows without the seconds that a TTL lost meanwhile. */
  private static List<String> withoutSeconds(List<String> rows) {
    return rows.stream().map(row -> row.replaceAll(TTL_LEFT, "TTL")).sorted().toList();
  }

  private static boolean isInCells(DataType type) {
    return (type instanceof ListType list && !list.isFrozen())
        || (type instanceof SetType set && !set.isFrozen())
        || (type instanceof MapType map && !map.isFrozen())
        || (type instanceof UserDefinedType userDefined && !userDefined.isFrozen());
  }
}
