package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.ringlake.testing.DriverProcess;
import io.ringlake.testing.DuckLake;
import io.ringlake.testkit.BulkWriter;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exports with a heap of 512 MB that hold more than it: what is kept in memory depends on pages and
 * files being written, not on the number of rows. The second table is the first one with more rows.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MemoryIT {

  private static final int ROWS_PER_DEVICE = 1_000;
  private static final int ROWS_PER_BATCH = 200;
  private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static int devices;

  @TempDir private Path folder;

  @Test
  @Order(1)
  void twoMillionRowsFitThroughHalfAGigabyte() throws Exception {
    fill(2_000);

    export("--writetime", "*");

    assertThatEachRowIsThereOnce();
  }

  @Test
  @Order(2)
  void eightMillionRowsFitThroughHalfAGigabyte() throws Exception {
    fill(8_000);

    export("--writetime", "*");

    assertThatEachRowIsThereOnce();
  }

  @Test
  @Order(3)
  void eightMillionRowsFitThroughHalfAGigabyteIntoMonths() throws Exception {
    fill(8_000);

    export("--writetime", "*", "--partition-by", "year(at),month(at)");

    assertThatEachRowIsThereOnce();
  }

  private void export(String... more) throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--table",
                "memory_it.readings",
                "--output",
                output().toString(),
                "--contact-points",
                SharedCassandra.get().contactPointsText()));
    arguments.addAll(List.of(more));
    try (DriverProcess driver =
        DriverProcess.start(
            folder.resolve("driver.log"),
            Map.of("spark.driver.memory", "512m"),
            arguments.toArray(String[]::new))) {
      assertThat(driver.await(PATIENCE)).as(driver::output).isZero();
    }
  }

  private void assertThatEachRowIsThereOnce() throws Exception {
    long rows = (long) devices * ROWS_PER_DEVICE;
    try (DuckLake lake = new DuckLake(output())) {
      assertThat(lake.number("SELECT count(*) FROM lake")).isEqualTo(rows);
      assertThat(lake.number("SELECT count(DISTINCT device * 1000::BIGINT + number) FROM lake"))
          .isEqualTo(rows);
      assertThat(lake.number("SELECT count(*) FROM lake WHERE text_writetime IS NULL")).isZero();
    }
  }

  private Path output() {
    return folder.resolve("out");
  }

  /** Adds devices until there are so many. */
  private static void fill(int wanted) {
    CqlSession cql = SharedCassandra.get().session();
    cql.execute(
        "CREATE KEYSPACE IF NOT EXISTS memory_it WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    cql.execute(
        "CREATE TABLE IF NOT EXISTS memory_it.readings (device int, number int, at timestamp, text"
            + " text, PRIMARY KEY (device, number))");
    PreparedStatement insert =
        cql.prepare(
            "INSERT INTO memory_it.readings (device, number, at, text) VALUES (?, ?, ?, ?)");
    try (BulkWriter writer = new BulkWriter(cql)) {
      for (; devices < wanted; devices++) {
        for (int first = 0; first < ROWS_PER_DEVICE; first += ROWS_PER_BATCH) {
          BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
          for (int number = first; number < first + ROWS_PER_BATCH; number++) {
            batch.addStatement(
                insert.bind(
                    devices, number, FROM.plus(Duration.ofHours(number * 12L)), text(number)));
          }
          writer.write(batch.build());
        }
      }
    }
  }

  /** Some 100 characters that do not compress away. */
  private static String text(int number) {
    long seed = devices * 1_000L + number;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      seed = seed * 6364136223846793005L + 1442695040888963407L;
      text.append(Long.toHexString(seed));
    }
    return text.toString();
  }
}
