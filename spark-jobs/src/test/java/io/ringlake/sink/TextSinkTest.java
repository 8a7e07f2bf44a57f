package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import io.ringlake.config.OutputFormat;
import io.ringlake.config.TextConfig;
import io.ringlake.config.TextConfig.BlobText;
import io.ringlake.config.WriteMode;
import io.ringlake.failure.RunFailure;
import io.ringlake.sink.Manifest.Bounds;
import io.ringlake.sink.SmallExport.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextSinkTest extends FileSinkFixture {

  private static final String COLUMNS = "id, name, year, month";
  private static final String CSV = "read_csv('%s/**/part-*.csv*', hive_partitioning = true)";
  private static final String JSON = "read_json('%s/**/part-*.json*', hive_partitioning = true)";

  TextSinkTest(@TempDir Path temp) {
    super(temp);
  }

  private static TextConfig config(String encoding, boolean jsonArray) {
    return new TextConfig(
        ',', '"', '"', true, "", jsonArray, encoding, "iso", "iso", "UTC", BlobText.BASE64);
  }

  static Format csv(String compression) {
    return (session, target, hold) ->
        TextSink.csv(session, target, config("UTF-8", false), compression, hold);
  }

  private static Format json(boolean array) {
    return (session, target, hold) ->
        TextSink.json(session, target, config("UTF-8", array), "gzip", hold);
  }

  @Test
  void writesCsvThatItsManifestDescribes() throws IOException {
    SmallExport export = export(WriteMode.ERROR).as(csv("gzip"));

    Manifest manifest = export.run();

    FolderCheck check = new FolderCheck(folder);
    check.assertFinished(manifest);
    assertThat(check.query(COLUMNS, CSV, "id")).isEqualTo(export.rows());
    assertThat(manifest.rows()).isEqualTo(12);
    Manifest.DataFile first = manifest.files().get(0);
    assertThat(first.path()).startsWith("year=2024/month=01/part-").endsWith(".csv.gz");
    assertThat(first.rows()).isEqualTo(2);
    assertThat(first.bounds().keySet()).containsExactly("ts", "name_writetime");
    assertThat(first.bounds())
        .containsEntry(
            "name_writetime",
            new Bounds(
                Long.toString(1_700_000_000_000_000L + firstId(first)),
                Long.toString(1_700_000_000_000_002L + firstId(first))));
    assertThat(Files.readString(folder.resolve("_ringlake/table.sql")))
        .contains(
            "OpenCSVSerde", "'skip.header.line.count' = '1'", "`id` STRING", "format = 'CSV'");
  }

  /** Each file has every other row of four. */
  private static long firstId(Manifest.DataFile file) {
    return Long.parseLong(
        Objects.requireNonNull(file.bounds().get("ts")).least().substring(17, 19));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writesJsonInLinesAndAsArrays(boolean array) throws IOException {
    SmallExport export = export(WriteMode.ERROR).as(json(array));

    Manifest manifest = export.run();

    FolderCheck check = new FolderCheck(folder);
    check.assertFinished(manifest);
    assertThat(check.query(COLUMNS, JSON, "id")).isEqualTo(export.rows());
    assertThat(manifest.rows()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd", "bzip2", "lz4", "deflate", "uncompressed"})
  void compressesByEachCodec(String compression) throws IOException {
    SmallExport export = export(WriteMode.ERROR).as(csv(compression));

    new FolderCheck(folder).assertFinished(export.run());

    if (List.of("gzip", "zstd", "uncompressed").contains(compression)) {
      assertThat(new FolderCheck(folder).query(COLUMNS, CSV, "id")).isEqualTo(export.rows());
    } else { // DuckDB cannot read them, Spark can
      assertThat(
              LocalSpark.newSession()
                  .read()
                  .option("header", true)
                  .csv(folder.toString())
                  .selectExpr("concat_ws('|', id, name, year, lpad(month, 2, '0'))")
                  .sort("id")
                  .collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactlyInAnyOrderElementsOf(export.rows());
    }
  }

  @Test
  void addsToAndTakesThePlaceOfWhatIsThere() throws IOException {
    export(WriteMode.ERROR).as(csv("gzip")).run();
    SmallExport second = new SmallExport(folder.toString(), WriteMode.APPEND, true, 50);

    Manifest both = second.as(csv("gzip")).run();

    new FolderCheck(folder).assertFinished(both);
    assertThat(both.rows()).isEqualTo(24);
    SmallExport third = export(WriteMode.OVERWRITE).as(csv("zstd"));
    Manifest alone = third.run();
    new FolderCheck(folder).assertFinished(alone);
    assertThat(new FolderCheck(folder).query(COLUMNS, CSV, "id")).isEqualTo(third.rows());
  }

  @Test
  void leavesAFileWithItsColumnsOfATableWithoutRows() throws IOException {
    SmallExport export = export(WriteMode.ERROR).as(csv("uncompressed"));

    Manifest manifest = export.finish(export.begin(), -1);

    new FolderCheck(folder).assertFinished(manifest);
    assertThat(manifest.rows()).isZero();
    assertThat(Files.readString(folder.resolve(manifest.files().get(0).path())))
        .isEqualTo("id,ts,name,name_writetime,year,month\n");
  }

  @Test
  void doesNotGuessHowManyRowsAFileHas() throws IOException {
    SmallExport export = export(WriteMode.ERROR).as(csv("gzip"));
    export.runWithoutFinish();
    deleteRecursively(folder.resolve("_ringlake/figures"));

    RunFailure failure = failure(export::run);

    assertThat(failure)
        .hasMessageContaining(
            "RL-TARGET-003 It is not known how many rows year=2024/month=01/part-")
        .hasMessageContaining("Nothing was deleted.");
  }

  /** What another driver stored for the same batch changes nothing, whole or cut off. */
  @Test
  void keepsWhatWasCountedOfABatchThatIsThere() throws IOException {
    SmallExport export = export(WriteMode.ERROR).as(csv("gzip"));
    export.runWithoutFinish();
    OutputFolder output =
        new OutputFolder(export.target().output(), new org.apache.hadoop.conf.Configuration());
    ToldFigures.store(output, "0", Map.of("part-of-another-driver", "{}"));
    output.storeFigures("1", "{\"part-".getBytes(StandardCharsets.UTF_8));

    Manifest manifest = export.run();

    assertThat(manifest.rows()).isEqualTo(12);
    new FolderCheck(folder).assertFinished(manifest);
  }

  @ParameterizedTest
  @CsvSource({"CSV, a, 急", "CSV, 急, a", "JSON, a, 急", "JSON, 急, a"})
  void endsAtACharacterThatTheEncodingLacks(OutputFormat format, String column, String value) {
    StructType schema = new StructType().add(column, DataTypes.StringType, false);
    FileTarget target = targetOf(schema);
    SparkSession session = LocalSpark.newSession();
    TextConfig latin = config("ISO-8859-1", false);
    Sink sink =
        format == OutputFormat.CSV
            ? TextSink.csv(session, target, latin, "gzip", () -> {})
            : TextSink.json(session, target, latin, "gzip", () -> {});
    Dataset<Row> rows = session.createDataFrame(List.of(RowFactory.create(value)), schema);
    sink.prepare(-1);

    Exception failure = catchException(() -> sink.write(0, rows));

    assertThat(failure)
        .hasStackTraceContaining(
            "RL-SOURCE-006 A value or the name of a column holds a character that encoding"
                + " ISO-8859-1 lacks, in ");
  }

  @Test
  void refusesLinesWithoutACharacter() {
    FileTarget target = targetOf(new StructType().add("a", DataTypes.StringType));

    RunFailure failure =
        failure(
            () ->
                TextSink.csv(
                    LocalSpark.newSession(), target, config("UTF-8", false), "gzip", () -> {}));

    assertThat(failure)
        .hasMessage(
            """
            RL-USAGE-001 A row of table shop.orders in which a is null would be a blank line of CSV, \
            which readers skip.
            Choose a word for null, for example --csv-null NULL, or another format.""");
  }

  private FileTarget targetOf(StructType schema) {
    FileTarget target = export(WriteMode.ERROR).target();
    return new FileTarget(
        target.table(),
        target.ddl(),
        target.output(),
        target.mode(),
        target.passId(),
        target.givenUp(),
        target.checkpoint(),
        schema,
        List.of(),
        List.of(),
        List.of());
  }
}
