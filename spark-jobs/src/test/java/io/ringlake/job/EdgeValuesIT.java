package io.ringlake.job;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import io.ringlake.schema.TableName;
import io.ringlake.testing.Command;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.DeltaLake;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.EdgeValues;
import io.ringlake.testing.IcebergLake;
import io.ringlake.testing.SparkLake;
import io.ringlake.testing.TextLake;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.CassandraVersion;
import io.ringlake.testkit.SharedCassandra;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The edges of every type, alone and in all that can hold it, three deep, with write times and
 * TTLs: exported is what the driver returns, value by value. A table for each scalar type.
 */
@Tag("versions")
class EdgeValuesIT {

  private static final String KEYSPACE = "edges_it";
  private static final long WRITTEN = 1_700_000_000_000_000L;
  private static final int TTL = 100_000;

  /** Any TTL that can be left of it while the test runs. */
  private static final String TTL_LEFT = "\\b(9\\d{4}|100000)\\b";

  /** DuckDB's days and microseconds are bounded by its infinities, and its JDBC driver is off. */
  private static final Set<DataType> NOT_SHOWN_BY_DUCKDB =
      Set.of(DataTypes.DATE, DataTypes.TIMESTAMP);

  @TempDir private Path folder;

  private final CassandraCluster cassandra = SharedCassandra.get();
  private final CqlSession cql = cassandra.session();
  private final boolean isFive = CassandraVersion.chosen() == CassandraVersion.V5_0;

  @Test
  void areKeptOfEveryTypeWithWriteTimesAndTtls() throws Exception {
    fill();

    export("parquet", folder.resolve("parquet").toString(), Map.of());

    try (SparkLake spark = new SparkLake()) {
      for (DataType type : EdgeValues.SCALARS) {
        spark.show(output(type));
        try (DuckLake duck = new DuckLake(output(type))) {
          assertHolds(type, spark, duck);
        }
      }
    }
  }

  @Test
  @Tag("full")
  void areKeptInIceberg() throws Exception {
    fill();
    Map<String, String> catalog =
        Map.of("type", "hadoop", "warehouse", folder.resolve("lake").toString());

    export(
        "iceberg",
        "lake.{keyspace}.{table}",
        IcebergLake.spark(catalog),
        "--checkpoint",
        folder.resolve("checkpoint").toString());

    try (SparkLake spark = new SparkLake(IcebergLake.spark(catalog))) {
      for (DataType type : EdgeValues.SCALARS) {
        try (IcebergLake lake = new IcebergLake(catalog, TableName.of(KEYSPACE, table(type)));
            DuckLake duck = lake.lake()) {
          spark.showTable("lake.%s.`%s`".formatted(KEYSPACE, table(type)));
          assertHolds(type, spark, duck);
        }
      }
    }
  }

  @Test
  @Tag("full")
  void areKeptInDelta() throws Exception {
    fill();

    export("delta", folder.resolve("delta").toString(), Map.of());

    Map<String, String> delta =
        Map.of(
            "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    try (SparkLake spark = new SparkLake(delta)) {
      for (DataType type : EdgeValues.SCALARS) {
        Path table = folder.resolve("delta").resolve(KEYSPACE).resolve(table(type));
        spark.showTable("delta.`%s`".formatted(table));
        try (DuckLake duck = DuckLake.ofParquet(new DeltaLake(table).files())) {
          assertHolds(type, spark, duck);
        }
      }
    }
  }

  @Test
  @Tag("full")
  void areKeptInText() throws Exception {
    fill();
    for (String format : List.of("csv", "json")) {
      export(format, folder.resolve(format).toString(), Map.of(), "--compression", "uncompressed");

      for (DataType type : EdgeValues.SCALARS) {
        assertTextHolds(format, type);
      }
    }
  }

  private void fill() {
    cql.execute("DROP KEYSPACE IF EXISTS " + KEYSPACE);
    cql.execute(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
            .formatted(KEYSPACE));
    for (DataType type : EdgeValues.SCALARS) {
      fill(type);
    }
  }

  private void export(String format, String output, Map<String, String> spark, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--table",
                KEYSPACE + ".*",
                "--output",
                output,
                "--format",
                format,
                "--writetime",
                "*",
                "--ttl",
                "*",
                "--spans",
                "1",
                "--parallel-tables",
                "4",
                "--contact-points",
                cassandra.contactPointsText()));
    arguments.addAll(List.of(more));
    Command.run(spark, arguments).succeeded();
  }

  private static String table(DataType type) {
    return "of_" + type.asCql(true, true);
  }

  /** Every place that a value of a type can have, by column. */
  private Map<String, String> columns(DataType type) {
    String name = type.asCql(true, true);
    String userType = "u_" + name;
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("v", name);
    columns.put("li", "list<%s>".formatted(name));
    columns.put("fli", "frozen<list<%s>>".formatted(name));
    columns.put("ma", "map<text, %s>".formatted(name));
    columns.put("fma", "frozen<map<text, %s>>".formatted(name));
    if (!type.equals(DataTypes.DURATION)) { // which has no order
      columns.put("se", "set<%s>".formatted(name));
      columns.put("fse", "frozen<set<%s>>".formatted(name));
      columns.put("mk", "map<%s, int>".formatted(name));
    }
    columns.put("tu", "tuple<%1$s, frozen<list<%1$s>>>".formatted(name));
    columns.put("ud", userType);
    columns.put("fud", "frozen<%s>".formatted(userType));
    columns.put(
        "deep", "map<text, frozen<map<text, frozen<list<frozen<%s>>>>>>".formatted(userType));
    if (isFive) {
      columns.put("ve", "vector<%s, 3>".formatted(name));
      columns.put("vel", "vector<frozen<list<%s>>, 2>".formatted(name));
      if (type.equals(DataTypes.FLOAT)) {
        columns.put("embedding", "vector<float, 1536>");
      }
    }
    return columns;
  }

  private void fill(DataType type) {
    cql.execute(
        "CREATE TYPE %1$s.u_%2$s (a %2$s, b frozen<list<%2$s>>)"
            .formatted(KEYSPACE, type.asCql(true, true)));
    cql.execute(
        "CREATE TABLE %s.%s (id int PRIMARY KEY, %s)"
            .formatted(
                KEYSPACE,
                table(type),
                columns(type).entrySet().stream()
                    .map(column -> column.getKey() + " " + column.getValue())
                    .collect(joining(", "))));
    TableMetadata table =
        cql.getMetadata().getKeyspace(KEYSPACE).orElseThrow().getTable(table(type)).orElseThrow();
    List<ColumnMetadata> columns = List.copyOf(table.getColumns().values());
    PreparedStatement insert =
        cql.prepare(
            "INSERT INTO %s.%s (%s) VALUES (%s) USING TIMESTAMP ? AND TTL ?"
                .formatted(
                    KEYSPACE,
                    table(type),
                    columns.stream()
                        .map(column -> column.getName().asCql(true))
                        .collect(joining(", ")),
                    columns.stream().map(column -> "?").collect(joining(", "))));
    int rows = EdgeValues.of(type).size() + EdgeValues.large(type).size() + 1; // one without values
    for (int id = 0; id < rows; id++) {
      BoundStatementBuilder row = insert.boundStatementBuilder();
      for (int i = 0; i < columns.size(); i++) {
        row = set(row, i, columns.get(i), id);
      }
      cql.execute(
          row.setLong(columns.size(), WRITTEN + id)
              .setInt(columns.size() + 1, id % 2 == 0 ? 0 : TTL)
              .build());
    }
  }

  /** The value that a row has in a column; rows that come after the values have none. */
  private BoundStatementBuilder set(
      BoundStatementBuilder row, int index, ColumnMetadata column, int id) {
    if (column.getName().asInternal().equals("id")) {
      return row.setInt(index, id);
    }
    DataType type = column.getType();
    List<Object> values = new ArrayList<>(EdgeValues.of(type));
    values.addAll(EdgeValues.large(type));
    if (id >= values.size()) {
      return row;
    }
    TypeCodec<Object> codec = cql.getContext().getCodecRegistry().codecFor(type, values.get(id));
    return row.setBytesUnsafe(
        index, codec.encode(values.get(id), cql.getContext().getProtocolVersion()));
  }

  private Path output(DataType type) {
    return folder.resolve("parquet").resolve(KEYSPACE).resolve(table(type));
  }

  private void assertHolds(DataType type, SparkLake spark, DuckLake duck) throws SQLException {
    List<String> columns = List.copyOf(columns(type).keySet());
    try {
      assertHolds(type, columns, spark, duck);
    } catch (AssertionError inSome) {
      for (String column : columns) { // which one it is
        assertHolds(type, List.of(column), spark, duck);
      }
      throw inSome;
    }
  }

  private void assertHolds(DataType type, List<String> columns, SparkLake spark, DuckLake duck)
      throws SQLException {
    List<String> inCql =
        rows(
            "SELECT id, %s FROM %s.%s"
                .formatted(cells(columns, ", writetime(%1$s), ttl(%1$s)"), KEYSPACE, table(type)));
    String query =
        "SELECT id, %s FROM lake".formatted(cells(columns, ", %1$s_writetime, %1$s_ttl"));
    assertThat(leftAside(spark.sortedRows(query)))
        .as("%s of %s by Spark", columns, type)
        .isEqualTo(inCql);
    if (!NOT_SHOWN_BY_DUCKDB.contains(type)) {
      assertThat(leftAside(duck.sortedRows(query)))
          .as("%s of %s by DuckDB", columns, type)
          .isEqualTo(inCql);
    }
    for (String column : columns) {
      if (!tellsOfCells(column)) {
        assertThat(spark.sortedRows("SELECT count(%s_writetime) FROM lake".formatted(column)))
            .as("write times of %s of %s", column, type)
            .containsExactly("0");
      }
    }
  }

  /** Columns, each with what the cluster tells of its cells. */
  private String cells(List<String> columns, String ofCells) {
    return columns.stream()
        .map(column -> column + (tellsOfCells(column) ? ofCells.formatted(column) : ""))
        .collect(joining(", "));
  }

  private boolean tellsOfCells(String column) {
    return isFive || !isInCells(column);
  }

  private void assertTextHolds(String format, DataType type) throws IOException {
    TextLake lake = new TextLake(folder.resolve(format).resolve(KEYSPACE).resolve(table(type)));
    TableMetadata table =
        cql.getMetadata().getKeyspace(KEYSPACE).orElseThrow().getTable(table(type)).orElseThrow();
    for (String column : columns(type).keySet()) {
      boolean tellsOfCells = tellsOfCells(column);
      Map<String, @Nullable DataType> types = new LinkedHashMap<>();
      types.put("id", DataTypes.INT);
      types.put(column, table.getColumn(column).orElseThrow().getType());
      if (tellsOfCells) {
        types.put(column + "_writetime", null);
        types.put(
            column + "_ttl", isInCells(column) ? DataTypes.listOf(DataTypes.INT) : DataTypes.INT);
      }
      assertThat(leftAside(lake.sortedRows(types)))
          .as("%s of %s in %s", column, type, format)
          .isEqualTo(
              rows(
                  "SELECT id, %1$s%2$s FROM %3$s.%4$s"
                      .formatted(
                          column,
                          tellsOfCells ? ", writetime(%1$s), ttl(%1$s)".formatted(column) : "",
                          KEYSPACE,
                          table(type))));
    }
  }

  private static boolean isInCells(String column) {
    return Set.of("li", "ma", "se", "mk", "ud", "deep").contains(column);
  }

  private List<String> rows(String query) {
    return leftAside(CqlRows.sorted(cql, query));
  }

  /** Rows without the seconds that a TTL lost meanwhile. */
  private static List<String> leftAside(List<String> rows) {
    return rows.stream().map(row -> row.replaceAll(TTL_LEFT, "TTL")).sorted().toList();
  }
}
