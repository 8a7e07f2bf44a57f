package io.ringlake.cli;

import io.ringlake.failure.Causes;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.FailureKind;
import io.ringlake.failure.RunFailure;
import io.ringlake.job.ExportJob;
import io.ringlake.job.PlanJob;
import io.ringlake.job.StatusJob;
import io.ringlake.progress.ConsoleBar;
import io.ringlake.progress.LogLines;
import io.ringlake.progress.RunObserver;
import io.ringlake.report.ErrorReport;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a command, and tells by the exit code what became of it: see {@link FailureKind}. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private final Function<Command, Job> jobs;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param jobs makes the job of a command; never asked for that of a {@link Command.PrintCommand}
   * @param out what was asked for
   * @param err what went wrong
   */
  Main(Function<Command, Job> jobs, PrintStream out, PrintStream err) {
    this.jobs = jobs;
    this.out = out;
    this.err = err;
  }

  /** Ends the process with the exit code of a failure; returns on success, as YARN wants it. */
  public static void main(String[] argv) {
    // Names of files, CQL and JSON are the same everywhere: some locales have digits of their own.
    Locale.setDefault(Locale.ROOT);
    int exitCode = run(System.out, System.err, argv);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /**
   * Runs a command to its end.
   *
   * @param out what was asked for
   * @param err progress, and what went wrong
   * @return the exit code of the process
   */
  public static int run(PrintStream out, PrintStream err, String... argv) {
    CommandLine commandLine = new CommandLine(argv);
    return new Main(command -> job(command, commandLine, out, err), out, err).run(argv);
  }

  /** The one place where commands become jobs. */
  private static Job job(
      Command command, CommandLine commandLine, PrintStream out, PrintStream err) {
    if (command instanceof Command.ExportCommand export) {
      RunObserver progress =
          ConsoleBar.on(System.console(), System.getenv())
              .orElseGet(() -> new LogLines(err::println));
      return new ExportJob(
              export.config(),
              commandLine.resumeCommand(export.config().run().restart()),
              Version.text(),
              List.of(progress),
              out)
          ::run;
    }
    if (command instanceof Command.PlanCommand plan) {
      return new PlanJob(plan.config(), plan.check(), out)::run;
    }
    if (command instanceof Command.StatusCommand status) {
      return new StatusJob(status.checkpoint(), status.config(), out)::run;
    }
    throw new IllegalStateException("No job does " + command.getClass().getSimpleName());
  }

  /** Runs the command and returns the exit code. */
  int run(String... argv) {
    CommandLine commandLine = new CommandLine(argv);
    Command command = null;
    try {
      command = commandLine.command();
      if (command instanceof Command.PrintCommand print) {
        out.println(print.text());
      } else {
        jobs.apply(command).run();
      }
      return 0;
    } catch (Throwable e) { // an OutOfMemoryError ends a run as well
      ErrorCode code =
          Causes.find(e, RunFailure.class).map(RunFailure::code).orElse(ErrorCode.INTERNAL);
      boolean isAsked = code.kind() == FailureKind.STOPPED;
      if (code == ErrorCode.INTERNAL || (command != null && !isAsked)) {
        LOG.error("The run is lost job={}", commandLine.job(), e);
      }
      err.println(ErrorReport.of(e));
      if (command != null) {
        tellHowItEnded(code, command, commandLine);
      }
      return code.kind().exitCode();
    }
  }

  private void tellHowItEnded(ErrorCode code, Command command, CommandLine commandLine) {
    FailureKind kind = code.kind();
    String resume =
        command instanceof Command.ExportCommand export && kind != FailureKind.USAGE
            ? " This resumes it: " + commandLine.resumeCommand(export.config().run().restart())
            : "";
    err.printf(
        "%s %s: %s, exit code %d.%s%n",
        commandLine.job(),
        kind == FailureKind.STOPPED ? "stopped" : "failed",
        code,
        kind.exitCode(),
        resume);
  }
}
