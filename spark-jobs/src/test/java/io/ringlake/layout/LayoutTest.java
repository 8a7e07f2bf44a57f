package io.ringlake.layout;

import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringlake.config.CellConfig;
import io.ringlake.config.CollectionWritetime;
import io.ringlake.config.ColumnChoice;
import io.ringlake.config.DataSize;
import io.ringlake.config.ValueConfig;
import io.ringlake.config.WrittenRange;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.projection.Projection;
import io.ringlake.projection.ProjectionPlanner;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.ServerVersion;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellSuffixes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

  private static final Table EVENTS =
      new Table(
          TableName.of("shop", "events"),
          new UUID(0, 2),
          List.of(
              column("id", Scalar.INT, ColumnKind.PARTITION_KEY),
              column("Tenant", Scalar.TEXT, ColumnKind.PARTITION_KEY),
              column("ts", Scalar.TIMESTAMP, ColumnKind.REGULAR),
              column("day_seen", Scalar.DATE, ColumnKind.REGULAR),
              column("event", Scalar.TIMEUUID, ColumnKind.REGULAR),
              column("name", Scalar.TEXT, ColumnKind.REGULAR),
              column("price", Scalar.DOUBLE, ColumnKind.REGULAR)),
          false,
          "");

  private static final String ROW =
      """
      SELECT 1 AS id, 'acme' AS Tenant, timestamp_micros(1769903999999999) AS ts,
          DATE'2024-02-29' AS day_seen, '50554d6e-29bb-11e5-b345-feff819cdc9f' AS event,
          'n' AS name, 2.5D AS price""";

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.newSession();
  }

  @Test
  void namesFoldersByPartsOfATimeInUtcPaddedWithZeros() {
    assertThat(
            folders(
                "year(ts),month(ts),day(ts),hour(ts),minute(ts)",
                "timestamp_micros(1769903999999999) AS ts"))
        .containsExactly("year=2026/month=01/day=31/hour=23/minute=59");
    assertThat(
            folders(
                "year(ts),month(ts),day(ts),hour(ts),minute(ts)",
                "timestamp_micros(1769904000000000) AS ts"))
        .containsExactly("year=2026/month=02/day=01/hour=00/minute=00");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, year=1969/month=12/day=31/hour=23/minute=59",
    "0, year=1970/month=01/day=01/hour=00/minute=00",
    "-62135596800000001, year=0000/month=12/day=31/hour=23/minute=59",
    "253402300800000000, year=10000/month=01/day=01/hour=00/minute=00",
    "-99999999999999999, year=-1199/month=02/day=15/hour=14/minute=13",
    "9223372036854775807, year=294247/month=01/day=10/hour=04/minute=00",
    "-9223372036854775808, year=-290308/month=12/day=21/hour=19/minute=59",
  })
  void namesFoldersOfTimesFarAway(long micros, String expected) {
    assertThat(
            folders(
                "year(ts),month(ts),day(ts),hour(ts),minute(ts)",
                "timestamp_micros(%s) AS ts".formatted(literal(micros))))
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "DATE'2024-02-29', year=2024/month=02/day=29",
    "date_from_unix_date(-2147483648), year=-5877641/month=06/day=23",
    "date_from_unix_date(2147483647), year=5881580/month=07/day=11",
  })
  void namesFoldersByPartsOfADate(String date, String expected) {
    assertThat(folders("year(day_seen),month(day_seen),day(day_seen)", date + " AS day_seen"))
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "50554d6e-29bb-11e5-b345-feff819cdc9f, year=2015/month=07/day=14/hour=00/minute=00",
    "00000000-0000-1000-8000-000000000000, year=1582/month=10/day=15/hour=00/minute=00",
    "ffffffff-ffff-1fff-8000-000000000000, year=5236/month=03/day=31/hour=21/minute=21",
  })
  void namesFoldersByThePartsOfATimeuuid(String uuid, String expected) {
    assertThat(
            folders(
                "year(event),month(event),day(event),hour(event),minute(event)",
                "'%s' AS event".formatted(uuid)))
        .containsExactly(expected);
  }

  @Test
  void leavesTheFolderOfANullToSpark() {
    assertThat(folders("year(ts),hour(ts)", "timestamp_micros(CAST(null AS bigint)) AS ts"))
        .containsExactly("year=null/hour=null");
  }

  @ParameterizedTest
  @CsvSource({"COLUMNS", "STRUCT"})
  void namesFoldersByWriteTimesInEitherLayout(CellLayout layout) {
    Projection projection = projection(layout, "name");
    Dataset<Row> rows =
        layout == CellLayout.COLUMNS
            ? spark.sql(ROW + ", 1769903999999999 AS name_writetime")
            : spark.sql(
                ROW
                    + ", named_struct('writetime', named_struct('name', 1769903999999999)) AS _cells");

    assertThat(
            folders(
                Layout.plan(
                    "year(writetime(name)),minute(writetime(name))",
                    false,
                    projection,
                    rows.schema()),
                rows))
        .containsExactly("year=2026/minute=59");
  }

  @Test
  void putsRowsOfOneKeyIntoOneBucket() {
    assertThat(folders("bucket(100,key)", "3 AS id", "'a' AS Tenant", "'x' AS name"))
        .isEqualTo(folders("bucket(100,key)", "3 AS id", "'a' AS Tenant", "'y' AS name"))
        .singleElement()
        .asString()
        .matches("bucket=\\d\\d");
    assertThat(folders("bucket(1000,key)", "3 AS id", "'a' AS Tenant"))
        .element(0)
        .asString()
        .matches("bucket=\\d\\d\\d");
    assertThat(folders("bucket(1,key)")).containsExactly("bucket=0");
  }

  @Test
  void namesFoldersByValuesAndTakesThemOutOfTheFiles() {
    Layout layout = plan("Tenant,day_seen,id");

    Dataset<Row> rows = layout.apply(spark.sql(ROW));

    assertThat(folders(layout, spark.sql(ROW)))
        .containsExactly("Tenant=acme/day_seen=2024-02-29/id=1");
    assertThat(rows.columns())
        .containsExactly("ts", "event", "name", "price", "Tenant", "day_seen", "id");
  }

  @Test
  void keepsColumnsInTheFilesBesideFoldersOfAnotherName() {
    Layout layout = Layout.plan("Tenant,year(ts)", true, projection(), spark.sql(ROW).schema());

    assertThat(layout.apply(spark.sql(ROW)).columns())
        .containsExactly(
            "id", "Tenant", "ts", "day_seen", "event", "name", "price", "Tenant_partition", "year");
    assertThat(folders(layout, spark.sql(ROW))).containsExactly("Tenant_partition=acme/year=2026");
  }

  @Test
  void putsTheSourceBeforeANameThatIsTaken() {
    assertThat(plan("year(ts),year(day_seen),month(day_seen)").partitionColumns())
        .containsExactly("year", "day_seen_year", "month");

    Table table =
        new Table(
            TableName.of("shop", "t"),
            new UUID(0, 3),
            List.of(
                column("Year", Scalar.INT, ColumnKind.PARTITION_KEY),
                column("ts", Scalar.TIMESTAMP, ColumnKind.REGULAR),
                column("bucket", Scalar.INT, ColumnKind.REGULAR)),
            false,
            "");
    Projection projection = planner(CellLayout.COLUMNS, "ts").plan(table, WrittenRange.ALL);
    Dataset<Row> rows =
        spark.sql("SELECT 1 AS Year, current_timestamp() AS ts, 2 AS bucket, 3L AS ts_writetime");
    assertThat(
            Layout.plan(
                    "year(ts),year(writetime(ts)),bucket(4,key),Year",
                    false,
                    projection,
                    rows.schema())
                .partitionColumns())
        .containsExactly("ts_year", "ts_writetime_year", "key_bucket", "Year");
  }

  @Test
  void worksInAnsiModeToo() {
    SparkSession ansi = LocalSpark.newSession();
    ansi.conf().set("spark.sql.ansi.enabled", true);
    Layout layout = plan("Tenant,year(ts),minute(ts),day(event),month(day_seen),bucket(9,key),id");

    Dataset<Row> rows = layout.distribute(layout.apply(ansi.sql(ROW)), new DataSize(1 << 20), 2.0);

    assertThat(rows.select("Tenant", "year", "minute", "day", "month", "id").collectAsList())
        .containsExactly(RowFactory.create("acme", "2026", "59", "14", "02", "1"));
  }

  @Test
  void saysHowFoldersAreMade() {
    assertThat(plan("year( ts ) , \"Tenant\",bucket( 4 , key )"))
        .hasToString("year=year(ts)/Tenant=\"Tenant\"/bucket=bucket(4,key)");
    assertThat(plan(" ").partitionColumns()).isEmpty();
  }

  @Test
  void refusesATextThatWouldBeReadAsNull() {
    Layout layout = plan("name");
    for (String text : List.of("", "__HIVE_DEFAULT_PARTITION__")) {
      Dataset<Row> rows = layout.apply(spark.sql(row("'%s' AS name".formatted(text))));

      Throwable failure = catchThrowable(() -> rows.write().format("noop").mode("append").save());

      assertThat(Layout.refusalIn(failure))
          .hasValueSatisfying(
              refusal ->
                  assertThat(refusal)
                      .hasMessage(
                          """
                          RL-USAGE-014 Column name holds a text that a folder's name cannot tell from null: \
                          an empty one, or __HIVE_DEFAULT_PARTITION__.
                          Use --keep-partition-columns, or leave the column out of --partition-by.""")
                      .extracting(RunFailure::code)
                      .isEqualTo(ErrorCode.BAD_LAYOUT));
    }
    assertThat(Layout.refusalIn(new IllegalStateException("something else"))).isEmpty();
  }

  @Test
  void takesATextThatWouldBeReadAsNullIfTheFilesKeepIt(@TempDir Path folder) {
    Dataset<Row> rows = spark.sql(row("'' AS name"));
    Layout layout = Layout.plan("name", true, projection(), rows.schema());

    layout.apply(rows).write().partitionBy("name_partition").parquet(folder + "/t");

    assertThat(
            spark
                .read()
                .parquet(folder + "/t")
                .select("name")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("");
  }

  @Test
  void isReadBackByAnotherEngine(@TempDir Path folder) throws SQLException {
    List<String> names = List.of("007", "a/b", "x=y", "50% off", "ünï", "a b", "2026-01-01", "..");
    Dataset<Row> rows =
        spark.sql(ROW).withColumn("name", explode(lit(names.toArray(String[]::new))));
    Layout layout = Layout.plan("name,year(ts)", false, projection(), rows.schema());

    layout.apply(rows).write().partitionBy("name", "year").parquet(folder + "/t");

    List<String> read = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT name, year FROM read_parquet('%s/t/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)"
                    .formatted(folder))) {
      while (result.next()) {
        read.add(result.getString(1));
        assertThat(result.getString(2)).isEqualTo("2026");
      }
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(names);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "day(price) | day(price): price is of type double, which has no day",
        "hour(day_seen) | hour(day_seen): day_seen is of type date, which has no hour",
        "price | price is of type double, which does not name folders",
        "ts | ts is of type timestamp, which does not name folders: use year(ts) and so on",
        "name,name | name is there twice",
        "yaer(ts) | yaer(ts): there is no yaer(), near ones are year",
        "week(ts) | week(ts): there is no week(), use one of year, month, day, hour, minute, bucket, truncate",
        "bucket(0,key) | bucket(0,key): the number of buckets is 1 to 10000",
        "bucket(16,id) | bucket(16,id): Iceberg tables have it, folders do not",
        "truncate(3,name) | truncate(3,name): Iceberg tables have it, folders do not",
        "truncate(0,name) | truncate(0,name): the width is at least 1",
        "truncate(name) | truncate(name): write truncate(10,column)",
        "bucket(id) | bucket(id): write bucket(16,key), with the word key",
        "year(ts | 'year(ts' is not a term: write column, year(column), year(writetime(column)) or bucket(16,key)",
        "name, | '' is not a term: write column, year(column), year(writetime(column)) or bucket(16,key)",
        "year(writetime(name)) | year(writetime(name)): name has no write time in the output: add it to --writetime",
        "id,\"Tenant\",year(ts),week(nam) | week(nam): there is no week(), use one of year, month, day, hour, minute, bucket, truncate",
        "year(price),month(tss) | year(price): price is of type double, which has no year; month(tss): there is no column tss, near ones are ts",
      })
  void refusesWhatDoesNotFit(String partitionBy, String problems) {
    assertThatThrownBy(() -> plan(partitionBy))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            """
            RL-USAGE-014 --partition-by '%s' does not fit table shop.events: %s.
            Terms are columns, year, month, day, hour and minute of a timestamp, date, timeuuid or write \
            time, and bucket(16,key); for Iceberg tables bucket(16,column) and truncate(10,column) too."""
                .formatted(partitionBy, problems));
  }

  @Test
  void namesUnknownColumnsWithNearOnes() {
    assertThatThrownBy(() -> plan("tenant,year(ms)"))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith(
            """
            RL-USAGE-003 --partition-by 'tenant,year(ms)' does not fit table shop.events: tenant: there is \
            no column tenant, near ones are "Tenant"; year(ms): there is no column ms, near ones are ts.
            """);
  }

  @Test
  void wantsOneWriteTimeAndAKeyThatSparkHashes() {
    String problems =
        problemsOfTags("year(writetime(tags)),bucket(4,key)", new ServerVersion(5, 0, 0));

    assertThat(problems)
        .contains(
            "year(writetime(tags)): tags has a write time for each element: use"
                + " --collection-writetime max or min; bucket(4,key): labels of the key is of type"
                + " frozen<map<text, text>>, which Spark does not hash");
    assertThat(problemsOfTags("year(writetime(tags))", new ServerVersion(4, 1, 10)))
        .contains(
            "year(writetime(tags)): tags has no write times to tell, so leave it out: not frozen, so"
                + " stored as many cells, of which Cassandra 4.1.10 does not tell (5.0 does)");
  }

  private static String problemsOfTags(String partitionBy, ServerVersion version) {
    Table table =
        new Table(
            TableName.of("shop", "tags"),
            new UUID(0, 3),
            List.of(
                column(
                    "labels",
                    new CqlType.MapOf(Scalar.TEXT, Scalar.TEXT, true),
                    ColumnKind.PARTITION_KEY),
                column("tags", new CqlType.SetOf(Scalar.TEXT, false), ColumnKind.REGULAR)),
            false,
            "");
    Projection projection =
        new ProjectionPlanner(
                new ColumnChoice.All(),
                ValueConfig.DEFAULT,
                cells(CellLayout.COLUMNS, "tags"),
                version)
            .plan(table, WrittenRange.ALL);
    StructType rows =
        spark
            .sql("SELECT map('a', 'b') AS labels, array('x') AS tags, array(1L) AS tags_writetime")
            .schema();
    RunFailure refusal =
        catchThrowableOfType(
            RunFailure.class, () -> Layout.plan(partitionBy, false, projection, rows));
    return String.valueOf(refusal.getMessage());
  }

  @Test
  void refusesColumnsThatAreNotExported() {
    Projection projection =
        new ProjectionPlanner(
                new ColumnChoice.Named(List.of(new Identifier("id"))),
                ValueConfig.DEFAULT,
                cells(CellLayout.COLUMNS),
                new ServerVersion(5, 0, 0))
            .plan(EVENTS, WrittenRange.ALL);

    assertThatThrownBy(
            () ->
                Layout.plan(
                    "year(ts),bucket(4,key),id",
                    false,
                    projection,
                    spark.sql("SELECT 1 AS id").schema()))
        .hasMessageContaining(
            """
            year(ts): ts is not exported: add it to --columns; bucket(4,key): "Tenant" is not \
            exported: add it to --columns; no column is left for the files.""");
  }

  private static List<String> folders(String partitionBy, String... values) {
    return folders(plan(partitionBy), spark.sql(row(values)));
  }

  /** The folders of rows, as Spark would name them. */
  private static List<String> folders(Layout layout, Dataset<Row> rows) {
    List<String> names = layout.partitionColumns();
    return layout.apply(rows).selectExpr(names.toArray(String[]::new)).collectAsList().stream()
        .map(
            row ->
                String.join(
                    "/", names.stream().map(name -> name + "=" + row.<String>getAs(name)).toList()))
        .toList();
  }

  /** The row with some of its values changed. */
  private static String row(String... values) {
    List<String> columns = new ArrayList<>();
    for (String name : List.of("id", "Tenant", "ts", "day_seen", "event", "name", "price")) {
      columns.add(
          Arrays.stream(values)
              .filter(value -> value.endsWith(" AS " + name))
              .findFirst()
              .orElse(name));
    }
    return "SELECT %s FROM (%s)".formatted(String.join(", ", columns), ROW);
  }

  private static String literal(long micros) {
    return micros == Long.MIN_VALUE ? "-9223372036854775807 - 1" : Long.toString(micros);
  }

  @Test
  void aTablePartitionsByItselfAndByColumnsWhereItHasNoFunction() {
    Projection projection = projection(CellLayout.COLUMNS, "name");
    Dataset<Row> rows = spark.sql(ROW + ", 1769903999999999 AS name_writetime");

    Layout layout =
        Layout.planTable(
            "day(ts),year(ts),month(day_seen),name,bucket(8,id),truncate(3,\"Tenant\"),minute(ts),year(event),month(writetime(name)),bucket(4,key)",
            projection,
            rows.schema());

    assertThat(layout)
        .hasToString(
            "day(ts), month(day_seen), identity(name), bucket(8,id), truncate(3,Tenant),"
                + " identity(minute), identity(year), identity(month), identity(bucket)");
    Dataset<Row> applied = layout.apply(rows);
    assertThat(applied.columns())
        .startsWith(rows.columns())
        .endsWith("minute", "year", "month", "bucket");
    assertThat(applied.select("minute", "year", "month").collectAsList())
        .containsExactly(RowFactory.create("59", "2015", "01"));
    assertThat(layout.distribute(applied, DataSize.parse("1MB"), 2.0)).isSameAs(applied);
  }

  @Test
  void aTablePartitionsByColumnsWithTheirTypes() {
    Layout layout =
        Layout.planColumns(
            "day_seen,id,name,year(ts),bucket(4,key)", projection(), spark.sql(ROW).schema());

    Dataset<Row> applied = layout.apply(spark.sql(ROW));

    assertThat(layout.partitionColumns())
        .containsExactly("day_seen", "id", "name", "year", "bucket");
    assertThat(applied.columns())
        .containsExactly(
            "Tenant", "ts", "event", "price", "day_seen", "id", "name", "year", "bucket");
    assertThat(applied.select("day_seen", "id", "name", "year").schema().simpleString())
        .isEqualTo("struct<day_seen:date,id:int,name:string,year:string>");
    assertThat(layout.distribute(applied, DataSize.parse("1MB"), 2.0).collectAsList())
        .isEqualTo(applied.collectAsList());
    assertThatThrownBy(() -> layout.apply(spark.sql(ROW.replace("'n'", "''"))).collectAsList())
        .hasMessageContaining(
            "Column name holds a text that a folder's name cannot tell from null");
  }

  @Test
  void aTableHasNoMinutesOfDatesEither() {
    assertThatThrownBy(
            () ->
                Layout.planTable(
                    "minute(day_seen),hour(day_seen),bucket(2,nosuch)",
                    projection(),
                    spark.sql(ROW).schema()))
        .hasMessageContaining("minute(day_seen): day_seen is of type date, which has no minute")
        .hasMessageContaining("hour(day_seen): day_seen is of type date, which has no hour")
        .hasMessageContaining("bucket(2,nosuch): there is no column nosuch");
  }

  private static Layout plan(String partitionBy) {
    return Layout.plan(partitionBy, false, projection(), spark.sql(ROW).schema());
  }

  private static Projection projection() {
    return new ProjectionPlanner(
            new ColumnChoice.All(),
            ValueConfig.DEFAULT,
            cells(CellLayout.COLUMNS),
            new ServerVersion(5, 0, 0))
        .plan(EVENTS, WrittenRange.ALL);
  }

  private static Projection projection(CellLayout layout, String writetime) {
    return planner(layout, writetime).plan(EVENTS, WrittenRange.ALL);
  }

  private static ProjectionPlanner planner(CellLayout layout, String writetime) {
    return new ProjectionPlanner(
        new ColumnChoice.All(),
        ValueConfig.DEFAULT,
        cells(layout, writetime),
        new ServerVersion(5, 0, 0));
  }

  private static CellConfig cells(CellLayout layout, String... writetimes) {
    return new CellConfig(
        writetimes.length == 0
            ? new ColumnChoice.None()
            : new ColumnChoice.Named(Arrays.stream(writetimes).map(Identifier::new).toList()),
        new ColumnChoice.None(),
        false,
        CollectionWritetime.LIST,
        layout,
        CellSuffixes.DEFAULT,
        false);
  }

  private static Column column(String name, CqlType type, ColumnKind kind) {
    return new Column(new Identifier(name), type, kind);
  }
}
