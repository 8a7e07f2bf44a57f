package io.ringlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ErrorReportTest {

  @Test
  void findsTheFailureThatSparkHasWrapped() {
    RunFailure failure =
        new RunFailure(
            ErrorCode.READ_FAILED, "Node 10.0.0.1 does not answer.", "Look after the node.");

    ErrorReport report =
        ErrorReport.of(new RuntimeException("Job aborted", new IOException(failure)));

    assertThat(report.code()).isEqualTo("RL-SOURCE-005");
    assertThat(report.message().lines())
        .containsExactly("Node 10.0.0.1 does not answer.", "Look after the node.");
  }

  @Test
  void tellsTheMessageOfADefectOfOurs() {
    assertThat(ErrorReport.of(new IllegalStateException("Span 7 is read twice")))
        .isEqualTo(
            new ErrorReport(
                "RL-INTERNAL-001",
                "java.lang.IllegalStateException: Span 7 is read twice\nThis is a defect of"
                    + " Ringlake: please report it with the log, which has the stack trace."));
  }

  @Test
  void keepsTheMessagesOfOthersToTheLog() {
    assertThat(ErrorReport.of(new IOException("https://user:password@host/ refused")).message())
        .isEqualTo(
            "java.io.IOException\nThis is a defect of Ringlake: please report it with the log, which"
                + " has the stack trace.");
  }
}
