package io.ringlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {

  private static final String[] EXPORT = {"export", "--table", "shop.*", "--output=/lake"};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aJobThatIsDoneEndsWith0AndPrintsNothingOfItsOwn() {
    List<Command> commands = new ArrayList<>();

    int exitCode =
        new Main(command -> () -> commands.add(command), stream(out), stream(err)).run(EXPORT);

    assertThat(exitCode).isZero();
    assertThat(commands).containsExactly(new CommandLine(EXPORT).command());
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aFailureIsThreeLinesAndTheLastOneResumes() {
    RunFailure failure = new RunFailure(ErrorCode.READ_FAILED, "Span 7 failed.", "Look.");

    assertThat(run(failure, EXPORT)).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            RL-SOURCE-005 Span 7 failed.
            Look.
            export failed: RL-SOURCE-005, exit code 3. This resumes it: ringlake export --table 'shop.*' --output=/lake
            """);
  }

  @Test
  void whatWasStoppedOnRequestHasNotFailed() {
    RunFailure stopped =
        new RunFailure(ErrorCode.STOPPED_ON_REQUEST, "The run was stopped.", "Go on.");

    assertThat(run(stopped, EXPORT)).isEqualTo(6);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            RL-STOPPED-001 The run was stopped.
            Go on.
            export stopped: RL-STOPPED-001, exit code 6. This resumes it: ringlake export --table 'shop.*' --output=/lake
            """);
  }

  @Test
  void aFailureIsFoundBeneathThoseOfSpark() {
    RuntimeException wrapped =
        new IllegalStateException(
            "Job aborted", new RunFailure(ErrorCode.TARGET_UNWRITABLE, "Disk full.", "Look."));

    assertThat(run(wrapped, EXPORT)).isEqualTo(4);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("RL-TARGET-001 Disk full.\nLook.\n");
  }

  @Test
  void whatTheSameCommandCannotMendHasNoResume() {
    assertThat(run(new RunFailure(ErrorCode.TARGET_NOT_EMPTY, "Full.", "Look."), EXPORT))
        .isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("RL-USAGE-008 Full.\nLook.\nexport failed: RL-USAGE-008, exit code 2.\n");
  }

  @Test
  void onlyAnExportIsResumed() {
    RunFailure failure = new RunFailure(ErrorCode.UNREACHABLE, "No host.", "Look.");

    assertThat(run(failure, "status", "--checkpoint=/cp")).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .endsWith("\nstatus failed: RL-SOURCE-001, exit code 3.\n");
  }

  @Test
  void aDefectIsToldInThreeLinesAsWell() {
    assertThat(run(new IllegalStateException("Plan has no span\nrow data"), EXPORT)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            RL-INTERNAL-001 java.lang.IllegalStateException: Plan has no span
            This is a defect of Ringlake: please report it with the log, which has the stack trace.
            export failed: RL-INTERNAL-001, exit code 1. This resumes it: ringlake export --table 'shop.*' --output=/lake
            """);
  }

  @Test
  void wrongArgumentsAreToldAndNothingElse() {
    assertThat(run(new AssertionError("not reached"), "export", "--tabel", "a.b")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            RL-USAGE-001 --tabel is not a setting of export. Did you mean --table?
            table is missing. Set it, for example to shop.orders or shop.*.
            output is missing. Set it, for example to /data/lake/{keyspace}/{table}.
            ringlake export --help lists the settings.
            """);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void helpIsPrintedToStandardOutput() {
    assertThat(run(new AssertionError("not reached"), "plan", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: ringlake plan [options]");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private int run(Throwable thrown, String... argv) {
    Job failing =
        () -> {
          if (thrown instanceof RuntimeException e) {
            throw e;
          }
          throw (Error) thrown;
        };
    return new Main(command -> failing, stream(out), stream(err)).run(argv);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
