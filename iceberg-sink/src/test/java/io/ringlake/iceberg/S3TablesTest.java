package io.ringlake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringlake.iceberg.IcebergTarget.Mode;
import io.ringlake.iceberg.TargetRefused.Reason;
import io.ringlake.testkit.S3Properties;
import io.ringlake.testkit.S3Server;
import io.ringlake.testkit.iceberg.Fault;
import io.ringlake.testkit.iceberg.RestCatalogServer;
import io.ringlake.testkit.iceberg.TableBucket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A table bucket that checks signatures and the rules of S3 Tables; its files on the local disk.
 */
class S3TablesTest {

  private static final TableBucket BUCKET = TableBucket.example();
  private static final S3Tables CATALOG = new S3Tables(BUCKET.arn());
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.optional(1, "id", Types.LongType.get()));

  private static S3Server s3;
  private static RestCatalogServer server;
  private static SparkSession spark;

  private Optional<Ledger.Entry> entry = Optional.empty();
  private final String table = "orders_" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void start(@TempDir Path folder) {
    s3 = S3Server.start(folder.resolve("s3"));
    s3.bucket("tables");
    server =
        RestCatalogServer.startS3Tables(
            folder.resolve("rest"),
            "s3://tables/warehouse",
            S3Properties.ofIceberg(s3.endpoint()),
            BUCKET);
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2");
    // The same bucket, with files that Iceberg removes.
    Map<String, String> removing = new HashMap<>(given(BUCKET.secretKey()));
    removing.put("s3.delete-enabled", "true");
    builder.config("spark.sql.catalog.removing", "org.apache.iceberg.spark.SparkCatalog");
    CATALOG
        .properties(removing)
        .forEach((key, value) -> builder.config("spark.sql.catalog.removing." + key, value));
    CATALOG.sparkProperties(given(BUCKET.secretKey())).forEach(builder::config);
    spark = builder.getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    server.close();
    s3.close();
  }

  @AfterEach
  void heal() {
    server.heal();
  }

  /** What is not as on AWS. */
  private static Map<String, String> given(String secretKey) {
    Map<String, String> given = new HashMap<>(S3Properties.ofIceberg(s3.endpoint()));
    given.putAll(BUCKET.properties(server.uri()));
    given.put("rest.secret-access-key", secretKey);
    return given;
  }

  private static RESTCatalog catalog(String secretKey) {
    return (RESTCatalog)
        CatalogUtil.buildIcebergCatalog(
            "bucket", CATALOG.properties(given(secretKey)), spark.sessionState().newHadoopConf());
  }

  private IcebergTarget target(UUID pass, Mode mode) {
    return target(S3Tables.CATALOG, pass, mode, Map.of());
  }

  private IcebergTarget target(
      String catalog, UUID pass, Mode mode, Map<String, String> properties) {
    Ledger ledger =
        new Ledger() {
          @Override
          public Optional<Entry> read() {
            return entry;
          }

          @Override
          public void write(Entry next) {
            entry = Optional.of(next);
          }
        };
    return new IcebergTarget(
        spark,
        new TableDefinition(
            "%s.shop.%s".formatted(catalog, table),
            new StructType().add("id", DataTypes.LongType),
            List.of(),
            List.of(),
            List.of(),
            properties),
        new IcebergTarget.Pass(pass, Set.of(), mode, batch -> Map.of(), Map.of()),
        ledger,
        () -> {});
  }

  private static Dataset<Row> batch(long batchId) {
    return spark.range(batchId * 4, batchId * 4 + 4).toDF();
  }

  private long distinctIds() {
    return spark
        .table("%s.shop.%s".formatted(S3Tables.CATALOG, table))
        .select("id")
        .distinct()
        .count();
  }

  private long rows() {
    return spark.table("%s.shop.%s".formatted(S3Tables.CATALOG, table)).count();
  }

  @ParameterizedTest
  @EnumSource
  void holdsEachBatchOnce(Mode mode) {
    UUID pass = UUID.randomUUID();
    for (long batch = 0; batch < 2; batch++) {
      IcebergTarget driver = target(pass, mode);
      driver.prepare(batch - 1);
      driver.write(batch, batch(batch));
      assertThat(target(pass, mode).write(batch, batch(batch))).isFalse();
    }

    assertThat(target(pass, mode).finish(1).rows()).isEqualTo(8);

    assertThat(rows()).isEqualTo(8);
    assertThat(distinctIds()).isEqualTo(8);
    assertThat(target(pass, mode).isComplete()).isTrue();
  }

  /** Its files are not removed, since the catalog forbids that. */
  @Test
  void countsACommitThatWasDoneAndRefused() {
    IcebergTarget driver =
        target(
            S3Tables.CATALOG,
            UUID.randomUUID(),
            Mode.APPEND,
            Map.of("commit.retry.num-retries", "0"));
    driver.prepare(-1);
    server.fail("POST .+/tables/" + table, Fault.DONE_AND_REFUSED, 0, 1);

    driver.write(0, batch(0));

    assertThat(server.heal()).isEqualTo(1);
    assertThat(driver.finish(0).rows()).isEqualTo(4);
    assertThat(distinctIds()).isEqualTo(4);
  }

  @Test
  void refusesACommitThatWasDoneAndRefusedWhereIcebergHasRemovedItsFiles() {
    IcebergTarget driver =
        target("removing", UUID.randomUUID(), Mode.APPEND, Map.of("commit.retry.num-retries", "0"));
    driver.prepare(-1);
    server.fail("POST .+/tables/" + table, Fault.DONE_AND_REFUSED, 0, 1);

    TargetRefused refused =
        catchThrowableOfType(TargetRefused.class, () -> driver.write(0, batch(0)));

    assertThat(server.heal()).isEqualTo(1);
    assertThat(refused.reason()).isEqualTo(Reason.LOST);
  }

  @Test
  void saysWhenTheKeyIsWrong() {
    SparkSession other = spark.newSession();
    other.conf().set("spark.sql.catalog.other", "org.apache.iceberg.spark.SparkCatalog");
    CATALOG
        .properties(given("wrong"))
        .forEach((key, value) -> other.conf().set("spark.sql.catalog.other." + key, value));
    SparkSession.setActiveSession(other);
    TableDefinition definition =
        new TableDefinition(
            "other.shop.t",
            new StructType().add("id", DataTypes.LongType),
            List.of(),
            List.of(),
            List.of(),
            Map.of());

    TargetRefused refused =
        catchThrowableOfType(
            TargetRefused.class,
            () ->
                new IcebergTarget(
                        other,
                        definition,
                        new IcebergTarget.Pass(
                            UUID.randomUUID(), Set.of(), Mode.ERROR, b -> Map.of(), Map.of()),
                        new Ledger() {
                          @Override
                          public Optional<Entry> read() {
                            return Optional.empty();
                          }

                          @Override
                          public void write(Entry next) {
                            throw new AssertionError();
                          }
                        },
                        () -> {})
                    .look());

    SparkSession.setActiveSession(spark);
    assertThat(refused.problem())
        .isEqualTo("Catalog other cannot be used: Forbidden: The signature does not match");
    assertThat(refused.reason()).isEqualTo(Reason.UNWRITABLE);
    assertThat(refused.advice())
        .isEqualTo("Look at the settings that begin with spark.sql.catalog.other.");
  }

  @Test
  void refusesWhatS3TablesRefuses() throws Exception {
    try (RESTCatalog catalog = catalog(BUCKET.secretKey())) {
      Namespace rules = Namespace.of("rules");
      catalog.createNamespace(rules);
      TableIdentifier orders = TableIdentifier.of(rules, "orders");

      assertThatThrownBy(() -> catalog.newCreateTableTransaction(orders, SCHEMA))
          .isInstanceOf(BadRequestException.class)
          .hasMessageContaining("stage-create is not supported");
      assertThatThrownBy(
              () -> catalog.buildTable(orders, SCHEMA).withLocation("/elsewhere").create())
          .hasMessageContaining("The location of a table cannot be set");
      assertThatThrownBy(() -> catalog.createTable(TableIdentifier.of(rules, "Orders"), SCHEMA))
          .hasMessageContaining("The table name 'Orders' is not valid");
      assertThatThrownBy(() -> catalog.createNamespace(Namespace.of("a", "b")))
          .hasMessageContaining("A namespace has one level");
      assertThatThrownBy(() -> catalog.createNamespace(Namespace.of("aws_x")))
          .hasMessageContaining("The namespace 'aws_x' is not valid");
      catalog.createTable(orders, SCHEMA);
      assertThatThrownBy(() -> catalog.dropTable(orders, false))
          .hasMessageContaining("A table can only be dropped with purge");
      assertThat(catalog.dropTable(orders, true)).isTrue();
    }
    assertThatThrownBy(() -> catalog("wrong"))
        .isInstanceOf(ForbiddenException.class)
        .hasMessageContaining("The signature does not match");
  }

  @Test
  void setsTheMaintenanceOfATableAndLeavesTheRest() {
    target(UUID.randomUUID(), Mode.ERROR).prepare(-1);
    MaintenanceClient client = new MaintenanceClient(spark, CATALOG);
    TableMaintenance wanted =
        new TableMaintenance(OptionalInt.of(128), OptionalInt.empty(), OptionalInt.of(72));

    assertThat(client.set("shop", table, wanted))
        .containsExactly(
            "targetFileSizeMB of the table is 128 now",
            "maxSnapshotAgeHours of the table is 72 now");
    assertThat(client.set("shop", table, wanted)).isEmpty();

    assertThat(server.maintenance(TableIdentifier.of("shop", table)))
        .contains("\"targetFileSizeMB\":128")
        .contains("\"minSnapshotsToKeep\":1")
        .contains("\"maxSnapshotAgeHours\":72");
  }

  @Test
  void saysThatItSwitchesMaintenanceOn() {
    target(UUID.randomUUID(), Mode.ERROR).prepare(-1);
    TableIdentifier identifier = TableIdentifier.of("shop", table);
    server.disableMaintenance(identifier, "icebergCompaction");

    assertThat(
            new MaintenanceClient(spark, CATALOG)
                .set(
                    "shop",
                    table,
                    new TableMaintenance(
                        OptionalInt.of(512), OptionalInt.empty(), OptionalInt.empty())))
        .containsExactly("icebergCompaction of the table is enabled now");

    assertThat(server.maintenance(identifier)).doesNotContain("disabled");
  }

  @Test
  void asksAgainWhileTheServiceIsBusyAndSaysWhatItRefuses() {
    target(UUID.randomUUID(), Mode.ERROR).prepare(-1);
    MaintenanceClient client = new MaintenanceClient(spark, CATALOG);
    TableMaintenance wanted =
        new TableMaintenance(OptionalInt.of(64), OptionalInt.empty(), OptionalInt.empty());
    for (Fault fault : List.of(Fault.UNAVAILABLE, Fault.CUT)) {
      server.fail("GET .+/maintenance", fault, 0, 1);
      client.set("shop", table, wanted);
      assertThat(server.heal()).isEqualTo(1);
    }
    server.fail("GET .+/maintenance", Fault.FORBIDDEN, 0, 1);
    TargetRefused forbidden =
        catchThrowableOfType(TargetRefused.class, () -> client.set("shop", table, wanted));
    assertThat(forbidden.problem()).contains("HTTP 403, ");
    assertThat(forbidden.advice()).startsWith("Allow s3tables:GetTableMaintenanceConfiguration");

    TargetRefused refused =
        catchThrowableOfType(TargetRefused.class, () -> client.set("shop", "nosuch", wanted));
    assertThat(refused.problem())
        .isEqualTo(
            "The maintenance of tables in %s cannot be set: HTTP 404, The specified table does not exist"
                .formatted(BUCKET.arn()));
  }

  @Test
  void knowsTheEndpointsOfABucket() {
    Map<String, String> own = CATALOG.properties(Map.of());
    assertThat(own)
        .containsEntry("uri", "https://s3tables.eu-central-1.amazonaws.com/iceberg")
        .containsEntry("warehouse", BUCKET.arn())
        .containsEntry("rest.signing-name", "s3tables")
        .containsEntry("s3.delete-enabled", "false");
    assertThat(CATALOG.serviceUri(own)).isEqualTo("https://s3tables.eu-central-1.amazonaws.com");

    Map<String, String> glue = CATALOG.properties(Map.of("rest.signing-name", "glue"));
    assertThat(glue)
        .containsEntry("uri", "https://glue.eu-central-1.amazonaws.com/iceberg")
        .containsEntry("warehouse", "111122223333:s3tablescatalog/ringlake-tests");
    assertThat(CATALOG.serviceUri(glue)).isEqualTo("https://s3tables.eu-central-1.amazonaws.com");

    assertThat(
            new S3Tables("arn:aws-cn:s3tables:cn-north-1:111122223333:bucket/lake")
                .properties(Map.of()))
        .containsEntry("uri", "https://s3tables.cn-north-1.amazonaws.com.cn/iceberg");
    assertThat(CATALOG.serviceUri(Map.of("uri", "https://vpce.example/iceberg/")))
        .isEqualTo("https://vpce.example");
    assertThatThrownBy(() -> CATALOG.properties(Map.of("warehouse", "elsewhere")))
        .hasMessage("elsewhere is not table bucket " + BUCKET.arn());
    assertThatThrownBy(() -> new S3Tables("arn:aws:s3:::lake"))
        .hasMessage("arn:aws:s3:::lake is not the ARN of a table bucket");
  }

  @Test
  void maintenanceHasBounds() {
    assertThatThrownBy(
            () ->
                new TableMaintenance(OptionalInt.of(63), OptionalInt.empty(), OptionalInt.empty()))
        .hasMessage("63 is not from 64 to 512");
    assertThatThrownBy(
            () -> new TableMaintenance(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(0)))
        .hasMessage("0 is not from 1 to 2147483647");
  }
}
