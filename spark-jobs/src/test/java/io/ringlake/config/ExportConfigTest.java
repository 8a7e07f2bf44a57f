package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.TextConfig.BlobText;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.ring.RingChoice;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.Sample;
import io.ringlake.schema.TableName;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellSuffixes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportConfigTest {

  private static final TextConfig TEXT =
      new TextConfig(',', '"', '"', true, "", false, "UTF-8", "iso", "iso", "UTC", BlobText.BASE64);

  private static final String ARN = "arn:aws:s3tables:eu-central-1:111122223333:bucket/lake";

  private static final TableConfig NO_TABLE = new TableConfig(List.of(), Map.of());

  @Test
  void tableAndOutputAreAllThatHasToBeSet() {
    ExportConfig config = export("table=shop.orders", "output=/lake/orders");

    assertThat(config)
        .isEqualTo(
            new ExportConfig(
                List.of(new TablePattern("shop", "orders", false, false)),
                List.of(),
                new ConnectionConfig(List.of(), null, null, null, Duration.ofSeconds(15)),
                new ReadConfig(
                    new ColumnChoice.All(),
                    null,
                    WrittenRange.ALL,
                    RingChoice.WHOLE_RING,
                    "LOCAL_ONE",
                    5000,
                    DataSize.parse("128MB"),
                    OptionalInt.empty(),
                    OptionalInt.empty()),
                ValueConfig.DEFAULT,
                new CellConfig(
                    new ColumnChoice.None(),
                    new ColumnChoice.None(),
                    false,
                    CollectionWritetime.LIST,
                    CellLayout.COLUMNS,
                    CellSuffixes.DEFAULT,
                    false),
                new OutputConfig(
                    "/lake/orders",
                    OutputFormat.PARQUET,
                    WriteMode.ERROR,
                    "zstd",
                    "",
                    false,
                    DataSize.parse("128MB"),
                    false,
                    TEXT,
                    NO_TABLE,
                    null),
                new RunConfig(null, null, false, 1, null),
                config.identity(),
                new TreeMap<>()));
  }

  @Test
  void everySettingReachesItsRecord(@TempDir Path folder) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "hunter2\n");

    ExportConfig config =
        export(
            "table=shop.*",
            "exclude=shop.x",
            "output=/lake/{table}/",
            "format=PARQUET",
            "mode=append",
            "compression=snappy",
            "partition-by=year(ts), region",
            "keep-partition-columns=true",
            "file-size=1GB",
            "columns=a,\"B\"",
            "filter= a > 1 ",
            "written-after= 2024-01-01 ",
            "written-before=5000000000000000",
            "written-match=ALL",
            "token-range= 100..-100 ",
            "sample= 0.050 ",
            "sample-seed=7",
            "consistency=local_quorum",
            "page-rows=10",
            "span-size=64MB",
            "spans=12",
            "batch-spans=3",
            "decimal-as= total = DECIMAL( 18 , 2 ), decimal(38,10)",
            "on-overflow=text",
            "writetime=a",
            "ttl=*",
            "expires-at=true",
            "cell-layout=struct",
            "writetime-suffix=_w",
            "ttl-suffix=_t",
            "expires-at-suffix=_e",
            "strict=true",
            "contact-points=n1, n2:9142",
            "local-datacenter=dc1",
            "username=me",
            "password-file=" + password,
            "request-timeout=500ms",
            "checkpoint=/cp",
            "run-id=scheduled__2026-11-01T00:00:00+00:00",
            "restart=true",
            "parallel-tables=4",
            "report=/r.json");

    assertThat(config.tables()).hasToString("[shop.*]");
    assertThat(config.exclude()).hasToString("[shop.x]");
    assertThat(config.output())
        .isEqualTo(
            new OutputConfig(
                "/lake/{table}",
                OutputFormat.PARQUET,
                WriteMode.APPEND,
                "snappy",
                "year(ts),region",
                true,
                DataSize.parse("1GB"),
                false,
                TEXT,
                NO_TABLE,
                null));
    assertThat(config.read())
        .isEqualTo(
            new ReadConfig(
                ColumnChoice.parse("a,\"B\""),
                "a > 1",
                new WrittenRange(
                    1_704_067_200_000_000L, 5_000_000_000_000_000L, WrittenRange.Match.ALL),
                new RingChoice(RingPart.parse("100..-100"), new Sample(new BigDecimal("0.05"), 7)),
                "LOCAL_QUORUM",
                10,
                DataSize.parse("64MB"),
                OptionalInt.of(12),
                OptionalInt.of(3)));
    assertThat(config.values())
        .isEqualTo(
            new ValueConfig(
                DecimalTypes.parse("decimal(38,10),total=decimal(18,2)"), OnOverflow.TEXT));
    assertThat(config.cells())
        .isEqualTo(
            new CellConfig(
                ColumnChoice.parse("a"),
                new ColumnChoice.All(),
                true,
                CollectionWritetime.LIST,
                CellLayout.STRUCT,
                new CellSuffixes("_w", "_t", "_e"),
                true));
    assertThat(config.connection())
        .isEqualTo(
            new ConnectionConfig(
                List.of("n1", "n2:9142"),
                "dc1",
                "me",
                new Secret("hunter2"),
                Duration.ofMillis(500)));
    assertThat(config.run())
        .isEqualTo(
            new RunConfig("/cp", "scheduled__2026-11-01T00:00:00+00:00", true, 4, "/r.json"));
    assertThat(config.toString()).doesNotContain("hunter2");
  }

  @Test
  void identityHasEveryKeyThatDecidesTheOutput() {
    assertThat(
            export("table=shop.orders", "output=/lake/", "writetime=*", "columns=A,b").identity())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("cell-layout", "columns"),
                Map.entry("collection-writetime", "list"),
                Map.entry("columns", "\"A\",b"),
                Map.entry("compression", "zstd"),
                Map.entry("decimal-as", ""),
                Map.entry("expires-at", "false"),
                Map.entry("expires-at-suffix", "_expires_at"),
                Map.entry("filter", ""),
                Map.entry("format", "parquet"),
                Map.entry("keep-partition-columns", "false"),
                Map.entry("mode", "error"),
                Map.entry("on-overflow", "fail"),
                Map.entry("output", "/lake"),
                Map.entry("partition-by", ""),
                Map.entry("sample", ""),
                Map.entry("sample-seed", "0"),
                Map.entry("token-range", ""),
                Map.entry("ttl", ""),
                Map.entry("ttl-suffix", "_ttl"),
                Map.entry("writetime", "*"),
                Map.entry("writetime-suffix", "_writetime"),
                Map.entry("written-after", ""),
                Map.entry("written-before", ""),
                Map.entry("written-match", "any")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "1.01", "0.0000001", "1 %", "1e-3", "-0.1", "."})
  void aSampleIsAShare(String sample) {
    assertProblems(
        List.of("table=a.b", "output=/lake", "sample=" + sample),
        ("sample is '%s', which is not a share. Use a number above 0 and at most 1, with up to six"
                + " decimals, for example 0.01.")
            .formatted(sample));
  }

  @Test
  void aSampleIsTheSameHoweverItIsSpelled() {
    for (String sample : List.of("0.5", ".5", "0.500000")) {
      assertThat(export("table=a.b", "output=/lake", "sample=" + sample).identity())
          .containsEntry("sample", "0.5");
    }
  }

  @Test
  void aRangeOfWriteTimesHoldsSomething() {
    assertProblems(
        List.of("table=a.b", "output=/lake", "written-match=all"),
        "written-match says how written-after and written-before are meant: set one of them.");
    assertProblems(
        List.of("table=a.b", "output=/lake", "written-after=2024-01-01", "written-before=2024"),
        "written-before is 1970-01-01T00:00:00.002024Z, where nothing is after written-after,"
            + " 2024-01-01T00:00:00Z.");
    assertProblems(
        List.of("table=a.b", "output=/lake", "written-after=7", "written-before=8"),
        "written-before is 1970-01-01T00:00:00.000008Z, where nothing is after written-after,"
            + " 1970-01-01T00:00:00.000007Z.");
    assertThat(export("table=a.b", "output=/lake", "written-after=2024-01-01").identity())
        .containsEntry("written-after", "2024-01-01T00:00:00Z");
  }

  @Test
  void theSourceIsGivenTheSameSettings() {
    ExportConfig config =
        export(
            "table=shop.*",
            "output=/lake",
            "writetime=a,\"b,c\"",
            "contact-points=n1",
            "contact-points=n2",
            "password-file=env:PATH",
            "decimal-as=a=decimal(9,2)",
            "on-overflow=text",
            "written-after=5",
            "strict=true");

    assertThat(config.sourceOptions())
        .isEqualTo(
            Map.of(
                "writetime", "a,\"b,c\"",
                "contact-points", "n1,n2",
                "password-file", "env:PATH",
                "decimal-as", "a=decimal(9,2)",
                "on-overflow", "text",
                "written-after", "5",
                "strict", "true"));
    Map<String, String> options = new TreeMap<>(config.sourceOptions());
    options.put("table", "shop.orders");
    SourceConfig source = SourceConfig.from(options);
    assertThat(source.connection()).isEqualTo(config.connection());
    assertThat(source.read()).isEqualTo(config.read());
    assertThat(source.values()).isEqualTo(config.values());
    assertThat(source.cells()).isEqualTo(config.cells());
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertProblems(
        List.of(
            "table=orders",
            "exclude=\"a.b",
            "output=s3a://lake/{tabel}",
            "format=parqet",
            "mode=overwrit",
            "compression=lzo",
            "file-size=128",
            "columns=",
            "filter= ",
            "token-range=5..5",
            "sample=2",
            "sample-seed=-1",
            "consistency=ANY",
            "page-rows=100001",
            "span-size=big",
            "spans=0",
            "batch-spans=x",
            "writetime=a,a",
            "ttl=a.b",
            "cell-layout=rows",
            "writetime-suffix=_ttl",
            "strict=yes",
            "contact-points=n1,n2:x",
            "password-file=/hunter2",
            "request-timeout=15",
            "run-id=a b",
            "parallel-tables=65",
            "spans-size=1"),
        "spans-size is not a setting of export. Did you mean span-size?",
        "table is 'orders', where a table is not keyspace.table. Names with dots need double quotes:"
            + " \"a.b\".\"T\".",
        "exclude is '\"a.b', where a double quote is not closed.",
        "contact-points is 'n1,n2:x', where 'n2:x' is not host or host:port.",
        "password-file is (secret), which is not a file. Name a file that holds the password, or"
            + " env:NAME.",
        "request-timeout is '15', which is not a length of time. Use a whole number above 0 and ms,"
            + " s, m or h, for example 15s.",
        "columns is '', which is empty. Set it or leave it out.",
        "filter is ' ', which is empty. Set it or leave it out.",
        "token-range is '5..5', where 5..5 ends where it begins. Leave it out to read the whole ring.",
        "sample is '2', which is not a share. Use a number above 0 and at most 1, with up to six"
            + " decimals, for example 0.01.",
        "sample-seed is '-1', which is not a whole number from 0 to 999999999.",
        "consistency is 'ANY', which is not known. Use one of: LOCAL_ONE, ONE, TWO, THREE,"
            + " LOCAL_QUORUM, QUORUM, EACH_QUORUM, ALL.",
        "page-rows is '100001', which is not a whole number from 1 to 100000.",
        "span-size is 'big', which is not a data size. Use a whole number above 0 and B, KB, MB, GB"
            + " or TB, for example 128MB.",
        "spans is '0', which is not a whole number from 1 to 1000000.",
        "batch-spans is 'x', which is not a whole number from 1 to 1000000.",
        "writetime is 'a,a', where a column stands twice.",
        "ttl is 'a.b', where a column has a dot. Names with dots need double quotes: \"a.b\".",
        "cell-layout is 'rows', which is not known. Use one of: columns, struct.",
        "writetime-suffix '_ttl', ttl-suffix '_ttl' and expires-at-suffix '_expires_at' must differ.",
        "strict is 'yes', which is not known. Use one of: true, false.",
        "format is 'parqet', which is not known. Use one of: parquet, csv, json, iceberg, s3-tables, delta.",
        "output is 's3a://lake/{tabel}', where {tabel} is not a variable. Use {keyspace} and"
            + " {table}.",
        "mode is 'overwrit', which is not known. Use one of: error, append, overwrite.",
        "compression is 'lzo', which is not known. Use one of: default, zstd, snappy, gzip,"
            + " uncompressed.",
        "file-size is '128', which is not a data size. Use a whole number above 0 and B, KB, MB, GB"
            + " or TB, for example 128MB.",
        "run-id is 'a b', which is not 1 to 200 letters, digits and characters of ._:+- .",
        "parallel-tables is '65', which is not a whole number from 1 to 64.");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertProblems(
        List.of(),
        "table is missing. Set it, for example to shop.orders or shop.*.",
        "output is missing. Set it, for example to /data/lake/{keyspace}/{table}.");
  }

  @Test
  void theFormOfTheArgumentDecidesWhereATableGoes() {
    TableName orders = TableName.of("shop", "Orders");

    assertThat(export("table=shop.Orders", "output=/lake").outputOf(orders)).isEqualTo("/lake");
    assertThat(export("table=shop.*", "output=/lake").outputOf(orders))
        .isEqualTo("/lake/shop/Orders");
    assertThat(export("table=a.b,c.d", "output=/lake").outputOf(orders))
        .isEqualTo("/lake/shop/Orders");
    assertThat(export("table=shop.*", "output=/lake/{table}/of={keyspace}").outputOf(orders))
        .isEqualTo("/lake/Orders/of=shop");
  }

  @Test
  void theCheckpointLiesUnderTheOutputUnlessItIsSet() {
    assertThat(export("table=a.b", "output=s3a://lake/").checkpointRoot())
        .isEqualTo("s3a://lake/_ringlake/checkpoint");
    assertThat(export("table=a.*", "output=/lake/x_{table}").checkpointRoot())
        .isEqualTo("/lake/_ringlake/checkpoint");
    assertThat(export("table=a.*", "output=/lake", "checkpoint=/cp").checkpointRoot())
        .isEqualTo("/cp");
  }

  @Test
  void variablesNeedAFolderBeforeThem() {
    for (String output : List.of("{table}", "/{table}", "s3a://{keyspace}/x")) {
      assertProblems(
          List.of("table=a.b", "output=" + output),
          ("output is '%s', where no folder stands before the first variable. The report and the"
                  + " checkpoint of the run need one.")
              .formatted(output));
    }
    assertThat(export("table=a.b", "output=s3a://lake/{table}").reportFolder())
        .isEqualTo("s3a://lake/_ringlake");
  }

  @Test
  void aTableHasAPlaceInACatalogAndACheckpointElsewhere() {
    ExportConfig config =
        export(
            "table=shop.*",
            "format=iceberg",
            "output=lake.{keyspace}.{table}",
            "checkpoint=/checkpoints");

    assertThat(config.outputOf(TableName.of("shop", "orders"))).isEqualTo("lake.shop.orders");
    assertThat(config.outputOf(TableName.of("my shop", "1`2"))).isEqualTo("lake.`my shop`.`1``2`");
    assertThat(config.reportFolder()).isEqualTo("/checkpoints/_ringlake");
    assertThat(config.output().compression()).isEqualTo("zstd");
    assertThat(config.identity()).doesNotContainKeys("keep-partition-columns", "csv-null");
    assertProblems(
        List.of("table=a.b", "format=iceberg", "output=/lake/x", "keep-partition-columns=true"),
        "output is '/lake/x', which is not the name of a table in a catalog. Use"
            + " catalog.namespace.table, for example lake.shop.orders.",
        "keep-partition-columns means nothing to tables, which keep all columns. Leave it out.",
        "checkpoint is missing, and a table has no folder for it. Set it, for example to"
            + " /data/checkpoints.");
  }

  @Test
  void aDeltaTableIsAFolderOrHasAName() {
    ExportConfig folder =
        export("table=shop.*", "format=delta", "output=/lake", "merge-schema=true");
    assertThat(folder.outputOf(TableName.of("shop", "orders"))).isEqualTo("/lake/shop/orders");
    assertThat(folder.checkpointRoot()).isEqualTo("/lake/_ringlake/checkpoint");
    assertThat(folder.output().mergeSchema()).isTrue();

    ExportConfig named =
        export(
            "table=shop.*",
            "format=delta",
            "output=spark_catalog.{keyspace}.{table}",
            "checkpoint=/checkpoints");
    assertThat(named.outputOf(TableName.of("shop", "orders")))
        .isEqualTo("spark_catalog.shop.orders");
    assertThat(named.reportFolder()).isEqualTo("/checkpoints/_ringlake");

    assertProblems(
        List.of("table=a.b", "format=delta", "output=spark_catalog.lake.orders", "sort-by=id"),
        "checkpoint is missing, and a table has no folder for it. Set it, for example to"
            + " /data/checkpoints.",
        "sort-by means nothing to format delta. Leave it out.");
    assertProblems(
        List.of("table=a.b", "output=/lake", "merge-schema=true"),
        "merge-schema means nothing to other formats than delta. Leave it out.");
  }

  @Test
  void aTableOfABucketHasANameThatS3TablesTakes() {
    ExportConfig config =
        export(
            "table=shop.*",
            "format=s3-tables",
            "bucket-arn=" + ARN,
            "output={keyspace}.copy_of_{table}",
            "checkpoint=/checkpoints",
            "compaction-target=128MB",
            "min-snapshots-to-keep=3",
            "max-snapshot-age=72h");

    assertThat(config.outputOf(TableName.of("My Shop", "Orders.2024_")))
        .isEqualTo("my_shop.copy_of_orders_2024");
    assertThat(config.output().s3Tables())
        .isEqualTo(
            new S3TablesConfig(
                ARN, DataSize.parse("128MB"), OptionalInt.of(3), Duration.ofDays(3)));
    assertThat(config.output().compression()).isEqualTo("zstd");
    assertThat(config.identity()).containsEntry("bucket-arn", ARN);
    assertThatThrownBy(
            () ->
                config.checkOutputs(
                    List.of(TableName.of("shop", "Orders"), TableName.of("shop", "orders"))))
        .hasMessageContaining("would both be written to shop.copy_of_orders.");
    assertThatThrownBy(() -> config.outputOf(TableName.of("__", "orders")))
        .hasMessageContaining(
            "would be .copy_of_orders in the table bucket, which is no name there.");
    assertThatThrownBy(() -> config.outputOf(TableName.of("aws_x", "orders")))
        .hasMessageContaining("would be aws_x.copy_of_orders in the table bucket");
  }

  @Test
  void saysWhatIsWrongWithATableBucket() {
    assertProblems(
        List.of(
            "table=a.b",
            "format=s3-tables",
            "bucket-arn=arn:aws:s3:::lake",
            "output=lake.shop.orders",
            "checkpoint=/c",
            "compression=gzip",
            "table-properties=history.expire.max-snapshot-age-ms=1",
            "compaction-target=63MB",
            "min-snapshots-to-keep=0",
            "max-snapshot-age=90m"),
        "output is 'lake.shop.orders', which is not the name of a table in a table bucket. Use"
            + " namespace.table, for example shop.orders.",
        "compression is 'gzip', which is not known. Use one of: default, zstd, snappy.",
        "table-properties has history.expire.max-snapshot-age-ms, which S3 Tables decides. Leave it"
            + " out; see min-snapshots-to-keep and max-snapshot-age.",
        "compaction-target is '63MB', which is not a whole number of MB from 64MB to 512MB.",
        "min-snapshots-to-keep is '0', which is not a whole number from 1 to 999999999.",
        "max-snapshot-age is '90m', which is not a whole number of hours, such as 120h.",
        "bucket-arn is 'arn:aws:s3:::lake', which is not the ARN of a table bucket, such as"
            + " arn:aws:s3tables:eu-central-1:111122223333:bucket/lake.");
    assertProblems(
        List.of("table=a.b", "format=s3-tables", "output=a.b", "checkpoint=/c"),
        "bucket-arn is missing. Set it, for example to"
            + " arn:aws:s3tables:eu-central-1:111122223333:bucket/lake.");
    assertProblems(
        List.of("table=a.b", "output=/lake", "max-snapshot-age=2h"),
        "max-snapshot-age means nothing to other formats than s3-tables. Leave it out.");
  }

  @Test
  void recordsCannotExistInAWrongState() {
    ExportConfig config = export("table=a.b", "output=/lake");

    assertThatThrownBy(
            () ->
                new ExportConfig(
                    List.of(),
                    List.of(),
                    config.connection(),
                    config.read(),
                    config.values(),
                    config.cells(),
                    config.output(),
                    config.run(),
                    config.identity(),
                    config.sourceOptions()))
        .hasMessage("An export has no table");
    assertThatThrownBy(() -> new RunConfig(null, null, false, 0, null))
        .hasMessage("0 parallel tables are not 1 to 64");
    assertThatThrownBy(() -> new RunConfig(null, "a/b", false, 1, null))
        .hasMessage("Run id a/b is not letters, digits and ._:+-");
    assertThatThrownBy(() -> new ConnectionConfig(List.of(), null, null, null, Duration.ZERO))
        .hasMessage("A request timeout of PT0S is not above 0");
  }

  private static ExportConfig export(String... keysAndValues) {
    return ExportConfig.from(settings(List.of(keysAndValues)));
  }

  private static Settings settings(List<String> keysAndValues) {
    List<GivenValue> values = new ArrayList<>();
    for (String keyAndValue : keysAndValues) {
      String[] parts = keyAndValue.split("=", 2);
      values.add(GivenValue.of(parts[0], parts[1]));
    }
    return new Settings(Scope.EXPORT, List.of(), values, new Problems());
  }

  private static void assertProblems(List<String> keysAndValues, String... lines) {
    assertThatThrownBy(() -> ExportConfig.from(settings(keysAndValues)))
        .isInstanceOfSatisfying(
            RunFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_SETTINGS))
        .hasMessage(
            "RL-USAGE-001 "
                + String.join("\n", lines)
                + "\nringlake export --help lists the settings.");
  }
}
