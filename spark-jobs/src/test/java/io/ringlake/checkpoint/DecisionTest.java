package io.ringlake.checkpoint;

import static io.ringlake.checkpoint.Plans.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.WriteMode;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {

  @ParameterizedTest
  @EnumSource
  void withoutAPassANewOneBegins(WriteMode mode) {
    assertThat(Decision.of(command(null, mode), List.of())).isEqualTo(new Decision.NewPass());
    assertThat(Decision.of(command("x", mode), List.of())).isEqualTo(new Decision.NewPass());
  }

  @ParameterizedTest
  @EnumSource
  void theSameCommandResumesAnUnfinishedPassInEveryMode(WriteMode mode) {
    Pass unfinished = pass(1, "x", mode, Optional.empty());

    assertThat(Decision.of(command(null, mode), List.of(unfinished)))
        .isEqualTo(new Decision.Resume(unfinished));
    assertThat(Decision.of(command("x", mode), List.of(unfinished)))
        .isEqualTo(new Decision.Resume(unfinished));
  }

  @Test
  void anUnfinishedPassIsResumedOnlyInTheModeThatItBeganWith() {
    assertThatThrownBy(
            () -> Decision.of(command(null, WriteMode.APPEND), List.of(unfinished(1, "x"))))
        .hasMessageContaining("mode was 'error', is now 'append'");
  }

  @Test
  void aFinishedPassIsLeftAlone() {
    Pass finished = finished(1, "x");

    assertThat(Decision.of(command(null, WriteMode.ERROR), List.of(finished)))
        .isEqualTo(
            new Decision.LeaveAlone(
                finished,
                "shop.orders is finished: run x ended 2026-11-20T10:31:02Z with 200,000 rows in 24"
                    + " files. Nothing is done. --mode overwrite exports it anew."));
  }

  @Test
  void aFurtherAppendNeedsARunIdOfItsOwnAndIsToldSo() {
    Pass finished = pass(1, "x", WriteMode.APPEND, Optional.of(Plans.finished()));

    assertThat(Decision.of(command(null, WriteMode.APPEND), List.of(finished)))
        .isEqualTo(
            new Decision.LeaveAlone(
                finished,
                "shop.orders is finished: run x ended 2026-11-20T10:31:02Z with 200,000 rows in 24"
                    + " files. Nothing is done. Another --run-id begins a new pass, which --mode"
                    + " append or overwrite lets write to the same output."));
  }

  @Test
  void overwriteStartsAnewAfterAFinishedPass() {
    assertThat(Decision.of(command(null, WriteMode.OVERWRITE), List.of(finished(1, "x"))))
        .isEqualTo(new Decision.NewPass());
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatIsFinishedIsLeftAloneInEveryModeAndBehindLaterRuns(WriteMode mode) {
    Pass own = pass(2, "x", mode, Optional.of(Plans.finished()));
    List<Pass> passes = List.of(finished(1, "x"), own, unfinished(3, "y"));

    assertThat(Decision.of(command("x", mode), passes))
        .isInstanceOfSatisfying(
            Decision.LeaveAlone.class, alone -> assertThat(alone.pass()).isEqualTo(own));
  }

  @Test
  void anotherRunBeginsItsOwnPassAfterAFinishedOne() {
    assertThat(Decision.of(command("y", WriteMode.APPEND), List.of(finished(1, "x"))))
        .isEqualTo(new Decision.NewPass());
  }

  @Test
  void anotherRunsUnfinishedPassIsRefused() {
    assertThatThrownBy(
            () -> Decision.of(command("y", WriteMode.APPEND), List.of(unfinished(1, "x"))))
        .isInstanceOfSatisfying(
            RunFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OTHER_RUN_UNFINISHED))
        .hasMessage(
            ("RL-USAGE-012 The checkpoint of shop.orders holds an unfinished pass of run x (2 of 4"
                    + " spans done, begun 2026-11-20T10:00:00Z), so run y cannot begin%nComplete it"
                    + " with --run-id x, or give it up with --restart.")
                .formatted());
  }

  @Test
  void restartBeginsANewPassWhateverIsThere() {
    TableRequest restart =
        new TableRequest(
            TableName.of("shop", "other"),
            UUID.randomUUID(),
            List.of(),
            new TreeMap<>(),
            "file:/elsewhere",
            WriteMode.ERROR,
            "y",
            true);

    assertThat(Decision.of(restart, List.of(unfinished(1, "x")))).isEqualTo(new Decision.NewPass());
  }

  @Test
  void aResumeWithOtherSettingsIsRefusedNamingEach() {
    TableRequest other =
        command(
            null,
            WriteMode.ERROR,
            new TreeMap<>(Map.of("columns", "id", "filter", "price > 3", "mode", "error")),
            Plans.SCHEMA);

    assertThatThrownBy(() -> Decision.of(other, List.of(unfinished(1, "x"))))
        .isInstanceOfSatisfying(
            RunFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_DIFFERS))
        .hasMessage(
            ("RL-USAGE-010 The unfinished pass of run x over shop.orders differs from this command:"
                    + " columns was '*', is now 'id'; filter was not there,"
                    + " is now 'price > 3'; writetime was '*', is now not there%nRun the command as"
                    + " it was, or give the pass up with --restart.")
                .formatted());
  }

  @Test
  void aResumeAfterTheTableWasMadeAgainIsRefused() {
    TableRequest remade =
        new TableRequest(
            Plans.ORDERS,
            UUID.fromString("0a0b0c0d-0000-4000-8000-000000000009"),
            Plans.SCHEMA,
            Plans.IDENTITY,
            "file:/lake/orders",
            WriteMode.ERROR,
            null,
            false);

    assertThatThrownBy(() -> Decision.of(remade, List.of(unfinished(1, "x"))))
        .hasMessageContaining(
            "differs from this command: table id (dropped and made again) was"
                + " '0a0b0c0d-0000-4000-8000-000000000001', is now"
                + " '0a0b0c0d-0000-4000-8000-000000000009'");
  }

  @Test
  void aResumeAfterTheColumnsChangedIsRefusedNamingEach() {
    TableRequest altered =
        command(
            null,
            WriteMode.ERROR,
            Plans.IDENTITY,
            List.of("id uuid", "\"Note \" map<text, int>", "tax int"));

    assertThatThrownBy(() -> Decision.of(altered, List.of(unfinished(1, "x"))))
        .hasMessageContaining(
            "differs from this command: column \"Note \" was 'text', is now 'map<text, int>';"
                + " column price was 'decimal', is now not there; column tax was not there, is now"
                + " 'int'");
  }

  @Test
  void aResumeWithColumnsInAnotherOrderIsRefused() {
    TableRequest reordered =
        command(
            null,
            WriteMode.ERROR,
            Plans.IDENTITY,
            List.of("price decimal", "id uuid", "\"Note \" text"));

    assertThatThrownBy(() -> Decision.of(reordered, List.of(unfinished(1, "x"))))
        .hasMessageContaining(
            "differs from this command: order of the columns was 'id uuid, \"Note \" text, price"
                + " decimal', is now 'price decimal, id uuid, \"Note \" text'");
  }

  @Test
  void aResumeWithAnotherTargetIsRefused() {
    TableRequest elsewhere =
        new TableRequest(
            Plans.ORDERS,
            Plans.TABLE_ID,
            Plans.SCHEMA,
            Plans.IDENTITY,
            "file:/sea/orders",
            WriteMode.ERROR,
            null,
            false);

    assertThatThrownBy(() -> Decision.of(elsewhere, List.of(unfinished(1, "x"))))
        .hasMessageContaining("target was 'file:/lake/orders', is now 'file:/sea/orders'");
  }

  @Test
  void aFinishedPassIsNoAnswerToAnotherCommand() {
    TableRequest other =
        command(
            null,
            WriteMode.ERROR,
            new TreeMap<>(Map.of("columns", "*", "mode", "error", "writetime", "price")),
            Plans.SCHEMA);

    assertThatThrownBy(() -> Decision.of(other, List.of(finished(1, "x"))))
        .hasMessage(
            ("RL-USAGE-010 The finished pass of run x over shop.orders differs from this command:"
                    + " writetime was '*', is now 'price'%n--mode overwrite exports it anew.")
                .formatted());
  }

  @Test
  void aFinishedPassIsLeftAloneAlthoughTheTableHasChangedSince() {
    TableRequest altered =
        command(null, WriteMode.ERROR, Plans.IDENTITY, List.of("id uuid", "price decimal"));

    assertThat(Decision.of(altered, List.of(finished(1, "x"))))
        .isInstanceOf(Decision.LeaveAlone.class);
  }

  @Test
  void anotherTablesCheckpointIsRefused() {
    TableRequest items =
        new TableRequest(
            TableName.of("shop", "items"),
            Plans.TABLE_ID,
            Plans.SCHEMA,
            Plans.IDENTITY,
            "file:/lake/orders",
            WriteMode.OVERWRITE,
            "y",
            false);

    assertThatThrownBy(() -> Decision.of(items, List.of(finished(1, "x"))))
        .hasMessage(
            ("RL-USAGE-010 /cp/shop.orders is the checkpoint of shop.orders, not of shop.items%n"
                    + "Name another --checkpoint, or give this one up with --restart.")
                .formatted());
  }

  private static Pass unfinished(int number, String runId) {
    return pass(number, runId, WriteMode.ERROR, Optional.empty());
  }

  private static Pass finished(int number, String runId) {
    return pass(number, runId, WriteMode.ERROR, Optional.of(Plans.finished()));
  }

  private static Pass pass(int number, String runId, WriteMode mode, Optional<Finished> finished) {
    return new Pass(
        number,
        new Path("/cp/shop.orders/pass-%04d".formatted(number)),
        Plans.plan(runId, mode),
        new Committed(0, 2),
        List.of(),
        finished);
  }
}
