package io.ringlake.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.WriteMode;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.TokenSpan;
import io.ringlake.schema.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStatusTest {

  private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");
  private static final Driver DEAD =
      new Driver("x", "host-a", "etl", 4711, TEN, "application_1_7", "");

  private java.nio.file.Path folder;
  private Path checkpoint;
  private TableCheckpoint orders;

  @BeforeEach
  void open(@TempDir java.nio.file.Path temporary) {
    folder = temporary;
    checkpoint = new Path(temporary.toUri());
    orders = new TableCheckpoint(checkpoint, Plans.ORDERS, new Configuration());
  }

  @Test
  void tellsWhatIsDoneLeftAndFailedAndThatNobodyIsAtWork() throws IOException {
    orders.finish(orders.begin(Plans.plan("x")), Plans.finished());
    Pass second = orders.begin(Plans.plan("y"));
    committed(second, 3);
    Attempt first = orders.beginAttempt(second, DEAD, TEN);
    orders.endAttempt(second, first, TEN.plusSeconds(60), "RL-SOURCE-005 1 span failed");
    orders.beginAttempt(second, DEAD, TEN.plusSeconds(90));
    orders.beginAttempt(second, DEAD, TEN.plusSeconds(120));

    assertThat(status().toText())
        .isEqualTo(
            """
            shop.orders
              pass 1, run x, finished 2026-11-20T10:31:02Z: 200,000 rows in 24 files (11.4 MB), 2 attempts
              pass 2, run y, unfinished, begun 2026-11-20T10:00:00Z: 3 of 4 spans done (75.0 % of the ring), 1 left
                attempt 1: 2026-11-20T10:00:00Z, etl@host-a, pid 4711, application application_1_7; 2026-11-20T10:01:00Z, RL-SOURCE-005 1 span failed
                attempt 2: 2026-11-20T10:01:30Z, etl@host-a, pid 4711, application application_1_7; died
                attempt 3: 2026-11-20T10:02:00Z, etl@host-a, pid 4711, application application_1_7; at work, or died
              held by nobody"""
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void tellsTheShareOfThePartOfTheRingThatIsRead() throws IOException {
    RingPart quarter = RingPart.parse("0..4611686018427387904");
    List<TokenSpan> halves = List.of(new TokenSpan(1L << 61, 1L << 62), new TokenSpan(0, 1L << 61));
    committed(orders.begin(Plans.plan(quarter, halves)), 1);

    assertThat(status().toText())
        .contains(": 1 of 2 spans done (50.0 % of 25 % of the ring), 1 left");
  }

  @Test
  void tellsWhoIsAtWorkWithoutDisturbingIt() {
    Driver self = Driver.current("x", "local-1");
    orders.begin(Plans.plan("x"));

    try (Hold hold = orders.hold(self)) {
      assertThat(status().toText())
          .contains("  held by %s; last sign of life ".formatted(self))
          .contains("Z by its clock");
      hold.check();
    }

    assertThat(status().toText()).endsWith("  held by nobody");
  }

  @Test
  void tellsHowTheNewestPassDiffersFromACommand() {
    orders.begin(Plans.plan("x"));

    assertThat(
            status()
                .tables()
                .get(0)
                .differences(
                    new TreeMap<>(Map.of("columns", "id", "mode", "error", "writetime", "*"))))
        .containsExactly(new Difference("columns", "*", "id"));
    assertThat(status().tables().get(0).differences(Plans.IDENTITY)).isEmpty();
  }

  @Test
  void oneDamagedTableDoesNotHideTheOthers() throws IOException {
    orders.begin(Plans.plan("x"));
    TableCheckpoint items =
        new TableCheckpoint(checkpoint, TableName.of("shop", "items"), new Configuration());
    Pass damaged = items.begin(Plans.plan("x"));
    Files.writeString(folder.resolve("shop.items/pass-0001/plan.json"), "[]");
    Files.createDirectories(folder.resolve("notATable"));

    List<TableStatus> tables = status().tables();

    assertThat(tables).hasSize(2);
    assertThat(tables.get(0).problems())
        .singleElement()
        .asString()
        .startsWith("RL-USAGE-011 " + damaged.folder() + "/plan.json is damaged: ");
    assertThat(tables.get(0).toText()).startsWith("shop.items" + System.lineSeparator());
    assertThat(tables.get(1).passes()).hasSize(1);
  }

  @Test
  void saysThatARestartIsNotComplete() throws IOException {
    orders.begin(Plans.plan("x"));
    Files.writeString(folder.resolve("shop.orders/given-up"), "");

    assertThat(status().toText())
        .contains(
            "  problem: given up with --restart; what is left of it is deleted at the next start");
  }

  @Test
  void aFolderThatIsNoCheckpointIsRefusedNamingIt() {
    assertThatThrownBy(this::status)
        .isInstanceOfSatisfying(
            RunFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NO_CHECKPOINT))
        .hasMessage(
            ("RL-USAGE-015 There is no checkpoint in %s%nGive --checkpoint the path that the export"
                    + " had, or <output>/_ringlake/checkpoint if it had none.")
                .formatted(checkpoint));
  }

  @Test
  void readsWhatADecisionReads() {
    Pass pass = orders.begin(Plans.plan("x"));

    assertThat(orders.decide(Plans.command(null, WriteMode.ERROR)))
        .isEqualTo(new Decision.Resume(pass));
    assertThat(status().tables().get(0).passes()).containsExactly(pass);
  }

  private CheckpointStatus status() {
    return CheckpointStatus.of(checkpoint, new Configuration());
  }

  /** What Spark writes when a batch that ends with so many spans is committed. */
  private static void committed(Pass pass, int spans) throws IOException {
    java.nio.file.Path folder = java.nio.file.Path.of(pass.folder().toUri().getPath());
    Files.createDirectories(folder.resolve("offsets"));
    Files.createDirectories(folder.resolve("commits"));
    Files.writeString(folder.resolve("offsets/0"), "v1\n{}\n{\"spans\":%d}".formatted(spans));
    Files.writeString(folder.resolve("commits/0"), "v1\n{\"nextBatchWatermarkMs\":0}");
  }
}
