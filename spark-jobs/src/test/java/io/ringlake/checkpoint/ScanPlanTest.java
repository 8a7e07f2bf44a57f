package io.ringlake.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.TokenSpan;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class ScanPlanTest {

  private static final TokenSpan HALF_OF_IT = new TokenSpan(1L << 61, 1L << 62);

  private static final Path FILE = new Path("/cp/shop.orders/pass-0001/plan.json");

  @Test
  void isReadBackAsItWasWritten() {
    ScanPlan plan = Plans.plan("nightly");

    assertThat(read(Json.write(plan))).isEqualTo(plan);
  }

  @Test
  void isWrittenForPeopleWithItsSpansAsPairs() {
    assertThat(Json.write(Plans.plan("nightly")))
        .isEqualTo(
            """
            {
              "version" : 4,
              "runId" : "nightly",
              "passId" : "0a0b0c0d-0000-4000-8000-000000000002",
              "givenUp" : [ ],
              "table" : "shop.orders",
              "tableId" : "0a0b0c0d-0000-4000-8000-000000000001",
              "schema" : [ "id uuid", "\\"Note \\" text", "price decimal" ],
              "identity" : {
                "columns" : "*",
                "mode" : "error",
                "writetime" : "*"
              },
              "cql" : "SELECT \\"id\\" FROM \\"shop\\".\\"orders\\" WHERE token(\\"id\\") > ? AND token(\\"id\\") <= ?",
              "part" : [ [ -9223372036854775808, 9223372036854775807 ] ],
              "spans" : [ [ 0, 4611686018427387904 ], [ -9223372036854775808, -4611686018427387904 ], [ 4611686018427387904, 9223372036854775807 ], [ -4611686018427387904, 0 ] ],
              "batchSpans" : 2,
              "taskSpans" : 1,
              "target" : "file:/lake/orders",
              "createdAt" : "2026-11-20T10:00:00Z"
            }"""
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void keepsThousandsOfSpansSmall() {
    List<TokenSpan> spans = new ArrayList<>();
    long width = Long.MAX_VALUE / 5_000;
    for (int i = 0; i < 10_000; i++) {
      long end = i == 9_999 ? Long.MAX_VALUE : Long.MIN_VALUE + (i + 1) * width;
      spans.add(new TokenSpan(Long.MIN_VALUE + i * width, end));
    }

    String text = Json.write(Plans.plan("nightly", spans));

    assertThat(text.length()).isLessThan(500_000);
    assertThat(read(text).spans()).isEqualTo(spans);
  }

  @Test
  void refusesSpansThatDoNotCoverTheRing() {
    assertThatThrownBy(() -> Plans.plan("nightly", Plans.SPANS.subList(0, 3)))
        .hasMessage("Spans leave out (-4611686018427387904, 0] of the ring");
  }

  @Test
  void aDamagedPlanIsNamedWithWhatIsWrongAndTheRemedy() {
    String text =
        Json.write(Plans.plan("nightly")).replace("[ -4611686018427387904, 0 ]", "[ 0, 0 ]");

    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            RunFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_DAMAGED))
        .hasMessage(
            "RL-USAGE-011 /cp/shop.orders/pass-0001/plan.json is damaged: Token span (0, 0] is"
                + " empty or wraps%nRestore the file if you have a copy, or give the checkpoint up"
                    .formatted()
                + " with --restart.");
  }

  @Test
  void aPlanCutShortAtAnyByteIsDamaged() {
    String text = Json.write(Plans.plan("nightly"));

    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(RunFailure.class)
          .hasMessageStartingWith("RL-USAGE-011 " + FILE + " is damaged: ");
    }
  }

  @Test
  void aPlanWithAFieldTooManyOrTooFewIsDamaged() {
    String text = Json.write(Plans.plan("nightly"));

    assertThatThrownBy(() -> read(text.replace("\"batchSpans\" : 2,", "")))
        .hasMessageContaining(
            "is damaged: Missing creator property 'batchSpans' (index 11) (line ");
    assertThatThrownBy(() -> read(text.replace("\"target\"", "\"mood\" : 1, \"target\"")))
        .hasMessageContaining("is damaged: it has the unknown field 'mood' (line ");
    assertThatThrownBy(() -> read(text.replace("\"2026-11-20T10:00:00Z\"", "\"noon\"")))
        .hasMessageContaining("is damaged: 'noon' is not a time");
    assertThatThrownBy(() -> read(text.replace("\"nightly\"", "null")))
        .hasMessageContaining("is damaged: Null value for creator property 'runId'");
    assertThatThrownBy(() -> read(text + "}")).hasMessageContaining("is damaged: ");
  }

  @Test
  void aPlanOfAnotherVersionIsNotRead() {
    String text = Json.write(Plans.plan("nightly")).replace("\"version\" : 4", "\"version\" : 3");

    assertThatThrownBy(() -> read(text))
        .hasMessage(
            ("RL-USAGE-011 /cp/shop.orders/pass-0001/plan.json is of version 3; this Ringlake reads"
                    + " version 4%nUse the Ringlake that wrote it, or give the checkpoint up with"
                    + " --restart.")
                .formatted());
  }

  @Test
  void spellsColumnsAsCqlDoes() {
    assertThat(
            ScanPlan.schemaOf(
                List.of(
                    new Column(new Identifier("id"), CqlType.Scalar.UUID, ColumnKind.PARTITION_KEY),
                    new Column(
                        new Identifier("Tags"),
                        new CqlType.SetOf(CqlType.Scalar.TEXT, false),
                        ColumnKind.REGULAR))))
        .containsExactly("id uuid", "\"Tags\" set<text>");
  }

  @Test
  void tellsTheShareOfTheRingThatItsFirstSpansCover() {
    ScanPlan plan = Plans.plan("nightly");

    assertThat(plan.share(0)).isZero();
    assertThat(plan.share(1)).isEqualTo(0.25);
    assertThat(plan.share(4)).isEqualTo(1);
  }

  @Test
  void knowsThePartOfTheRingThatItReads() {
    RingPart quarter = RingPart.of(Plans.SPANS.subList(0, 1));
    ScanPlan plan = Plans.plan(quarter, List.of(new TokenSpan(0, 1L << 61), HALF_OF_IT));

    assertThat(read(Json.write(plan))).isEqualTo(plan);
    assertThat(plan.share(1)).isEqualTo(0.5);
    assertThatThrownBy(() -> Plans.plan(quarter, List.of(HALF_OF_IT)))
        .hasMessage("Spans leave out (0, 2305843009213693952] of the ring");
    assertThatThrownBy(() -> Plans.plan(quarter, Plans.SPANS))
        .hasMessageEndingWith(" goes beyond the part of the ring that is read");
  }

  private static ScanPlan read(String text) {
    return Json.read(FILE, text, ScanPlan.class, ScanPlan.VERSION);
  }
}
