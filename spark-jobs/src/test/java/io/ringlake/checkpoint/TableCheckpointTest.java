package io.ringlake.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.WriteMode;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.TableName;
import io.ringlake.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.CommitLog;
import org.apache.spark.sql.execution.streaming.CommitMetadata;
import org.apache.spark.sql.execution.streaming.OffsetSeq;
import org.apache.spark.sql.execution.streaming.OffsetSeqLog;
import org.apache.spark.sql.execution.streaming.SerializedOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

class TableCheckpointTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static SparkSession spark;

  private Path folder;
  private TableCheckpoint checkpoint;

  @BeforeAll
  static void startSpark() {
    spark = SharedSpark.newSession(new SparkConf(false).setMaster("local[1]"));
  }

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    checkpoint = checkpoint(Plans.ORDERS);
  }

  @Test
  void hasNoPassAtFirstAndMakesNothingByLooking() throws IOException {
    assertThat(checkpoint.passes()).isEmpty();
    assertThat(checkpoint.decide(Plans.command(null, WriteMode.ERROR)))
        .isEqualTo(new Decision.NewPass());
    assertThat(filesBelow(folder)).isEmpty();
  }

  @Test
  void aPassThatBeganIsFoundAgain() throws IOException {
    Pass begun = checkpoint.begin(Plans.plan("x"));

    assertThat(checkpoint.passes()).containsExactly(begun);
    assertThat(begun.committed()).isEqualTo(Committed.NONE);
    assertThat(filesBelow(folder)).containsExactly("shop.orders/pass-0001/plan.json");
  }

  @Test
  void passesAreNumbered() {
    checkpoint.begin(Plans.plan("x"));
    checkpoint.begin(Plans.plan("y"));
    Pass third = checkpoint.begin(Plans.plan("z"));

    assertThat(third.number()).isEqualTo(3);
    assertThat(third.folder().getName()).isEqualTo("pass-0003");
    assertThat(checkpoint.passes().stream().map(pass -> pass.plan().runId()))
        .containsExactly("x", "y", "z");
  }

  @Test
  void tellsWhatSparkHasCommitted() {
    Pass pass = checkpoint.begin(Plans.plan("x"));
    offset(pass, 0, 2);
    assertThat(checkpoint.reread(pass).committed()).isEqualTo(Committed.NONE);

    commit(pass, 0);
    offset(pass, 1, 4);
    assertThat(checkpoint.reread(pass).committed()).isEqualTo(new Committed(0, 2));

    commit(pass, 1);
    assertThat(checkpoint.reread(pass).committed()).isEqualTo(new Committed(1, 4));
  }

  @Test
  void tellsTheNewestBatchByNumber() {
    Pass pass = checkpoint.begin(Plans.plan("x"));
    for (int batch = 0; batch <= 10; batch++) {
      offset(pass, batch, batch < 10 ? 1 : 3);
      commit(pass, batch);
    }

    assertThat(checkpoint.reread(pass).committed()).isEqualTo(new Committed(10, 3));
  }

  @Test
  void countsTheDriversThatWorkedOnAPass() {
    Pass pass = checkpoint.begin(Plans.plan("x"));
    Driver driver = Driver.current("x", "local-1");
    Attempt first = checkpoint.beginAttempt(pass, driver, NOON);
    checkpoint.endAttempt(pass, first, NOON.plusSeconds(60), "RL-SOURCE-005 2 spans failed");
    Attempt second = checkpoint.beginAttempt(pass, driver, NOON.plusSeconds(90));

    assertThat(checkpoint.reread(pass).attempts())
        .containsExactly(
            new Attempt(
                1,
                driver,
                NOON,
                Optional.of(new Attempt.End(NOON.plusSeconds(60), "RL-SOURCE-005 2 spans failed"))),
            second);
  }

  @Test
  void aFinishedPassSaysWhatItLeft() {
    Pass pass = checkpoint.begin(Plans.plan("x"));
    checkpoint.finish(pass, Plans.finished());

    assertThat(checkpoint.reread(pass).finished()).contains(Plans.finished());
    assertThat(checkpoint.decide(Plans.command("x", WriteMode.ERROR)))
        .isInstanceOf(Decision.LeaveAlone.class);
  }

  @Test
  void restartThrowsThisTablesPassesAwayAndSaysWhich() throws IOException {
    TableCheckpoint other = checkpoint(TableName.of("shop", "items"));
    other.begin(Plans.plan("x"));
    checkpoint.finish(checkpoint.begin(Plans.plan("x")), Plans.finished());
    Pass second = checkpoint.begin(Plans.plan("y"));
    offset(second, 0, 2);
    commit(second, 0);
    Files.writeString(folder.resolve("shop.orders/notes.txt"), "not ours");

    List<String> thrownAway = checkpoint.restart(Plans.restart());

    assertThat(thrownAway)
        .containsExactly(
            "pass-0001 of run x, begun 2026-11-20T10:00:00Z, 0 of 4 spans done",
            "pass-0002 of run y, begun 2026-11-20T10:00:00Z, 2 of 4 spans done");
    assertThat(filesBelow(folder))
        .containsExactly(
            "shop.items/pass-0001/plan.json", "shop.orders/given-up", "shop.orders/notes.txt");
    assertThat(checkpoint.begin(Plans.plan("z")).number()).isEqualTo(1);
    assertThat(filesBelow(folder))
        .containsExactly(
            "shop.items/pass-0001/plan.json",
            "shop.orders/notes.txt",
            "shop.orders/pass-0001/plan.json");
  }

  @Test
  void restartOfNothingDoesNothing() throws IOException {
    assertThat(checkpoint.restart(Plans.restart())).isEmpty();
    assertThat(filesBelow(folder)).isEmpty();
  }

  @Test
  void restartHelpsWhereAPlanIsDamaged() throws IOException {
    Pass pass = checkpoint.begin(Plans.plan("x"));
    Files.writeString(local(pass).resolve("plan.json"), "{");

    assertThatThrownBy(() -> checkpoint.decide(Plans.command(null, WriteMode.ERROR)))
        .isInstanceOfSatisfying(
            RunFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_DAMAGED))
        .hasMessageContaining(pass.folder() + "/plan.json is damaged: ")
        .hasMessageContaining("--restart");
    assertThat(checkpoint.restart(Plans.restart())).containsExactly("pass-0001, which is damaged");
    assertThat(checkpoint.passes()).isEmpty();
  }

  @Test
  void aRestartKilledBeforeItsPlanIsStoredKnowsWhatItGaveUpAtTheNextStart() throws IOException {
    ScanPlan plan = Plans.plan("x");
    checkpoint.begin(plan);
    TableRequest again = Plans.command(null, WriteMode.ERROR);

    checkpoint.restart(Plans.restart());

    assertThat(checkpoint.givenUp(again)).containsExactly(plan.passId());
    checkpoint.begin(Plans.plan("y"));
    assertThat(checkpoint.givenUp(again)).isEmpty();
  }

  @Test
  void aRestartFindsTheIdOfAPassInADamagedPlan() throws IOException {
    Pass pass = checkpoint.begin(Plans.plan("x"));
    Path file = local(pass).resolve("plan.json");
    Files.writeString(file, Files.readString(file).replaceFirst("(?s)\"spans\".*", ""));

    assertThat(checkpoint.givenUp(Plans.restart())).contains(pass.plan().passId());
  }

  @Test
  void aRestartKilledHalfwayIsCompletedWhenTheNextPassBegins() throws IOException {
    checkpoint.begin(Plans.plan("x"));
    Pass second = checkpoint.begin(Plans.plan("y"));
    offset(second, 0, 2);
    Files.delete(local(second).resolve("plan.json"));
    Files.writeString(folder.resolve("shop.orders/given-up"), "");

    assertThat(checkpoint.passes()).isEmpty();
    assertThat(checkpoint.begin(Plans.plan("z")).number()).isEqualTo(1);
    assertThat(filesBelow(folder)).containsExactly("shop.orders/pass-0001/plan.json");
  }

  @Test
  void aPlanThatIsGoneUnderSparksFilesIsDamage() throws IOException {
    Pass pass = checkpoint.begin(Plans.plan("x"));
    offset(pass, 0, 2);
    Files.delete(local(pass).resolve("plan.json"));

    assertThatThrownBy(() -> checkpoint.passes())
        .hasMessageContaining("plan.json is damaged: it is missing, though Spark has worked by it");
  }

  @Test
  void aFolderWithoutPlanThatADeadDriverLeftIsUsedAgain() throws IOException {
    Files.createDirectories(folder.resolve("shop.orders/pass-0001"));
    Files.writeString(folder.resolve("shop.orders/pass-0001/.plan.json.5.tmp"), "{");

    assertThat(checkpoint.passes()).isEmpty();
    assertThat(checkpoint.begin(Plans.plan("x")).number()).isEqualTo(1);
  }

  @Test
  void anOffsetThatIsMissingOrForeignOrBeyondThePlanIsDamage() throws IOException {
    Pass pass = checkpoint.begin(Plans.plan("x"));
    commit(pass, 0);
    assertThatThrownBy(() -> checkpoint.passes())
        .hasMessageContaining(
            pass.folder() + "/offsets/0 is damaged: it is missing, though the batch is committed");

    offset(pass, 0, 5);
    assertThatThrownBy(() -> checkpoint.passes())
        .hasMessageContaining("/offsets/0 is damaged: 5 spans are done of a plan of 4");

    Path file = local(pass).resolve("offsets/0");
    Files.writeString(file, "v1\n{}\n{\"tokens\":5}");
    assertThatThrownBy(() -> checkpoint.passes())
        .hasMessageContaining("/offsets/0 is damaged: Missing creator property 'spans'");

    Files.writeString(file, "v2\n{}\n{\"spans\":5}");
    assertThatThrownBy(() -> checkpoint.passes())
        .hasMessageContaining(
            "/offsets/0 is damaged: it is not a log of version v1 with one source in three lines");
  }

  @Test
  void aCheckpointBelowAFileIsRefusedNamingIt() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    TableCheckpoint below =
        new TableCheckpoint(
            new org.apache.hadoop.fs.Path(folder.resolve("file/cp").toUri()),
            Plans.ORDERS,
            new Configuration());

    assertThatThrownBy(() -> below.begin(Plans.plan("x")))
        .isInstanceOfSatisfying(
            RunFailure.class, failure -> assertThat(failure.code().kind().exitCode()).isEqualTo(4))
        .hasMessageContaining("file/cp/shop.orders");
  }

  @Test
  void aCheckpointOnAnUnknownFileSystemIsRefusedNamingIt() {
    assertThatThrownBy(
            () ->
                new TableCheckpoint(
                    new org.apache.hadoop.fs.Path("moon://base/cp"),
                    Plans.ORDERS,
                    new Configuration()))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("moon://base/cp cannot be read")
        .hasMessageContaining("\"moon\"");
  }

  @Test
  void differentTablesNeverShareAFolder() {
    List<String> odd =
        List.of("a", "A", "a.b", "a-b", "a-002eb", "a/b", "a\"b", "a b", "ä", ".", "..", "-", "𝒳");
    Set<String> names = new HashSet<>();
    for (String keyspace : odd) {
      for (String table : odd) {
        String name = TableCheckpoint.folderName(TableName.of(keyspace, table));
        assertThat(name).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
        assertThat(names.add(name)).as(name).isTrue();
      }
    }
    assertThat(TableCheckpoint.folderName(TableName.of("shop", "a.\"b\"")))
        .isEqualTo("shop.a-002e-0022b-0022");
  }

  private TableCheckpoint checkpoint(TableName table) {
    return new TableCheckpoint(
        new org.apache.hadoop.fs.Path(folder.toUri()), table, new Configuration());
  }

  private static void offset(Pass pass, long batch, int spans) {
    OffsetSeqLog log = new OffsetSeqLog(spark, pass.folder() + "/offsets");
    SerializedOffset offset = new SerializedOffset("{\"spans\":%d}".formatted(spans));
    log.add(
        batch,
        OffsetSeq.fill(
            JavaConverters.asScalaBuffer(
                List.<org.apache.spark.sql.connector.read.streaming.Offset>of(offset))));
  }

  private static void commit(Pass pass, long batch) {
    new CommitLog(spark, pass.folder() + "/commits").add(batch, new CommitMetadata(0));
  }

  private static Path local(Pass pass) {
    return Path.of(pass.folder().toUri().getPath());
  }

  private static List<String> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".crc"))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
