package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import com.datastax.oss.driver.internal.core.metadata.token.Murmur3Token;
import com.datastax.oss.driver.internal.core.metadata.token.Murmur3TokenFactory;
import io.ringlake.checkpoint.ScanPlan;
import io.ringlake.checkpoint.TableCheckpoint;
import io.ringlake.ring.TokenSpan;
import io.ringlake.schema.TableName;
import io.ringlake.testing.Command;
import io.ringlake.testing.DuckLake;
import io.ringlake.testkit.BulkWriter;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.SharedCassandra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How many files a batch writes, where one month has four fifths of the rows. The table has a time
 * column for each month that can be the hot one.
 */
@Tag("full")
class LayoutIT {

  private static final int MONTHS = 24;

  /** Of the column whose values are spread evenly. */
  private static final int SPREAD_MONTHS = 45;

  private static final int ROWS = 2_000_000;
  private static final int ROWS_PER_DEVICE = 40;
  private static final int SPANS = 100;
  private static final int BATCHES = 4;
  private static final long FILE_BYTES = 4 << 20;
  private static final LocalDate FIRST_MONTH = LocalDate.parse("2024-07-01");
  private static final TableName TABLE = TableName.of("layout_it", "readings");

  private static CassandraCluster cassandra;

  @TempDir private Path output;

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    CqlSession cql = cassandra.session();
    cql.execute(
        "CREATE KEYSPACE layout_it WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    cql.execute(
        "CREATE TABLE %s (device int, number int, note text, spread timestamp, %s, PRIMARY KEY (device, number))"
            .formatted(TABLE, columns("%s timestamp")));
    PreparedStatement insert =
        cql.prepare(
            "INSERT INTO %s (device, number, note, spread, %s) VALUES (?, ?, ?, ?%s)"
                .formatted(TABLE, columns("%s"), ", ?".repeat(MONTHS)));
    try (BulkWriter writer = new BulkWriter(cql)) {
      for (int device = 0; device < ROWS / ROWS_PER_DEVICE; device++) {
        BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
        for (int number = 0; number < ROWS_PER_DEVICE; number++) {
          batch = batch.addStatement(reading(insert, device, number).build());
        }
        writer.write(batch.build());
      }
    }
  }

  /** A row whose times are in the hot month of their column, or one row in five: in another one. */
  private static BoundStatementBuilder reading(PreparedStatement insert, int device, int number) {
    SplittableRandom random = new SplittableRandom(device * 1_000L + number);
    String note = "%016x%016x".formatted(random.nextLong(), random.nextLong()).repeat(2);
    BoundStatementBuilder row =
        insert
            .boundStatementBuilder()
            .setInt("device", device)
            .setInt("number", number)
            .setString("note", note + "%016x".formatted(random.nextLong()));
    int away = random.nextInt(5) == 0 ? random.nextInt(1, MONTHS) : 0;
    long millis = random.nextLong(28L * 86_400_000);
    row =
        row.setInstant(
            "spread", inMonth(FIRST_MONTH.plusMonths(random.nextInt(SPREAD_MONTHS)), millis));
    for (int hot = 0; hot < MONTHS; hot++) {
      LocalDate month = FIRST_MONTH.plusMonths((hot + away) % MONTHS);
      row = row.setInstant(column(hot), inMonth(month, millis));
    }
    return row;
  }

  private static Instant inMonth(LocalDate month, long millis) {
    return month.atStartOfDay().toInstant(ZoneOffset.UTC).plusMillis(millis);
  }

  static IntStream months() {
    return IntStream.range(0, MONTHS);
  }

  @ParameterizedTest
  @MethodSource("months")
  void splitsTheHotMonthOfABatchIntoFilesAndNoOther(int hot) throws Exception {
    export(column(hot));

    LocalDate month = FIRST_MONTH.plusMonths(hot);
    String hotFolder = "year=%d/month=%02d".formatted(month.getYear(), month.getMonthValue());
    Map<String, List<Long>> files = filesOfBatches(column(hot));
    assertThat(files).hasSize(BATCHES * MONTHS);
    files.forEach(
        (folder, sizes) -> {
          long bytes = sizes.stream().mapToLong(Long::longValue).sum();
          int needed = Math.toIntExact((bytes + FILE_BYTES - 1) / FILE_BYTES);
          assertThat(sizes)
              .as("%s, hot is %s: %s", folder, hotFolder, sizes)
              .hasSizeBetween(1, folder.endsWith(hotFolder) ? 2 * needed : 2);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"ICEBERG_HADOOP", "DELTA"})
  void writesFewFilesToEachOfThePartitionsOfATable(ExportTarget.Kind kind) throws Exception {
    try (ExportTarget target = kind.in(output, TABLE)) {
      export("spread", target.spark(), target.flags());

      Map<String, List<Long>> files = target.added();
      assertThat(files).hasSize(BATCHES * SPREAD_MONTHS);
      files.forEach(
          (partition, sizes) -> {
            long bytes = sizes.stream().mapToLong(Long::longValue).sum();
            int needed = Math.toIntExact((bytes + FILE_BYTES - 1) / FILE_BYTES);
            assertThat(sizes).as(partition).hasSizeBetween(1, 2 * needed);
          });
      try (DuckLake rows = target.rows()) {
        assertThat(rows.number("SELECT count(DISTINCT device * 1000::BIGINT + number) FROM lake"))
            .isEqualTo(ROWS);
        assertThat(rows.number("SELECT count(*) FROM lake")).isEqualTo(ROWS);
      }
    }
  }

  private void export(String time) {
    export(time, Map.of(), List.of("--output", output.toString()));
  }

  private static void export(String time, Map<String, String> spark, List<String> target) {
    List<String> arguments = new ArrayList<>(target);
    arguments.addAll(
        0,
        List.of(
            "export",
            "--table",
            TABLE.toString(),
            "--columns",
            "device,number,note," + time,
            "--partition-by",
            "year(%s),month(%s)".formatted(time, time),
            "--file-size",
            "4MB",
            "--spans",
            Integer.toString(SPANS),
            "--batch-spans",
            Integer.toString(SPANS / BATCHES),
            "--contact-points",
            cassandra.contactPointsText()));
    Command.run(spark, arguments).succeeded();
  }

  /**
   * The sizes of the files by batch and folder, once every row is in the right folder. Which batch
   * wrote a file is told by the token of any of its rows.
   */
  private Map<String, List<Long>> filesOfBatches(String time) throws Exception {
    List<TokenSpan> spans = plan().spans();
    try (DuckLake lake = new DuckLake(output)) {
      assertThat(
              lake.sortedRows(
                  """
                  SELECT count(*), count(DISTINCT device * 1000::BIGINT + number),
                      count(*) FILTER (strftime(%s, '%%Y/%%m') = year || '/' || month)
                  FROM lake"""
                      .formatted(time)))
          .containsExactly("%d|%d|%d".formatted(ROWS, ROWS, ROWS));
      return lake.sortedRows("SELECT filename, min(device) FROM files GROUP BY filename").stream()
          .map(row -> row.split("\\|", -1))
          .collect(
              Collectors.groupingBy(
                  file ->
                      "batch %d %s"
                          .formatted(
                              batch(spans, Integer.parseInt(file[1])),
                              output.relativize(Path.of(file[0]).getParent())),
                  TreeMap::new,
                  Collectors.mapping(file -> bytes(Path.of(file[0])), Collectors.toList())));
    }
  }

  private ScanPlan plan() {
    return new TableCheckpoint(
            new org.apache.hadoop.fs.Path(output + "/_ringlake/checkpoint"),
            TABLE,
            new Configuration())
        .passes()
        .get(0)
        .plan();
  }

  private static int batch(List<TokenSpan> spans, int device) {
    Murmur3Token token =
        (Murmur3Token)
            new Murmur3TokenFactory().hash(TypeCodecs.INT.encode(device, ProtocolVersion.DEFAULT));
    int span =
        IntStream.range(0, spans.size())
            .filter(i -> spans.get(i).startExclusive() < token.getValue())
            .filter(i -> token.getValue() <= spans.get(i).endInclusive())
            .findFirst()
            .orElseThrow();
    return span / (SPANS / BATCHES);
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String column(int hot) {
    return "time_%02d".formatted(hot);
  }

  private static String columns(String form) {
    return months().mapToObj(hot -> form.formatted(column(hot))).collect(Collectors.joining(", "));
  }
}
