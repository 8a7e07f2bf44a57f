package io.ringlake.cli;

import io.ringlake.config.ExportConfig;
import io.ringlake.config.PlanCheck;
import io.ringlake.config.Problems;
import io.ringlake.config.Scope;
import io.ringlake.config.Settings;
import io.ringlake.config.SettingsReference;
import io.ringlake.config.ValueFormat;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The arguments of {@code ringlake <job> [flags]}. */
public final class CommandLine {

  private static final List<Scope> JOBS = List.of(Scope.EXPORT, Scope.PLAN, Scope.STATUS);
  private static final Pattern RESTART = Pattern.compile("--(set=)?restart(=.*)?");
  private static final Pattern CONFIG = Pattern.compile("--config(=.*)?");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");
  private static final String HELP =
      """
      Ringlake moves Apache Cassandra tables into the data lake, with the write time and TTL of every cell.

      ringlake export   exports tables; the same command again resumes
      ringlake plan     says what an export would do, and writes nothing
      ringlake status   says how far an export is

      ringlake <job> --help lists the flags of a job, ringlake --version prints the version.""";

  private final List<String> argv;

  public CommandLine(String... argv) {
    this.argv = List.of(argv);
  }

  /** The first argument: the job, where one is named. */
  String job() {
    return argv.isEmpty() ? "" : argv.get(0);
  }

  /**
   * What is asked for.
   *
   * @throws RunFailure {@link ErrorCode#BAD_SETTINGS} with all that is wrong
   */
  public Command command() {
    return switch (job()) {
      case "--help", "-h", "help" -> new Command.PrintCommand(HELP);
      case "--version" -> new Command.PrintCommand("ringlake " + Version.text());
      default -> command(scope());
    };
  }

  private Scope scope() {
    for (Scope each : JOBS) {
      if (each.word().equals(job())) {
        return each;
      }
    }
    throw new RunFailure(
        ErrorCode.BAD_SETTINGS,
        argv.isEmpty() || job().startsWith("-")
            ? "No job is named. Use ringlake <job> [flags]."
            : "'%s' is not a job.".formatted(job()),
        "Jobs are: %s. ringlake --help says what they do."
            .formatted(JOBS.stream().map(Scope::word).collect(Collectors.joining(", "))));
  }

  private Command command(Scope job) {
    Problems problems = new Problems();
    Flags flags = new Flags(SettingsReference.load(), job, problems);
    flags.read(argv.subList(1, argv.size()));
    if (flags.helpAsked()) {
      return new Command.PrintCommand(flags.usage());
    }
    Settings settings = new Settings(job, flags.jobFile(), flags.arguments(), problems);
    return switch (job) {
      case EXPORT -> new Command.ExportCommand(ExportConfig.from(settings));
      case PLAN -> plan(settings);
      case STATUS -> status(settings, problems);
      case SOURCE -> throw new IllegalStateException("The Spark source is not a job");
    };
  }

  private static Command plan(Settings settings) {
    PlanCheck check = PlanCheck.from(settings);
    return new Command.PlanCommand(ExportConfig.from(settings), check);
  }

  /** The checkpoint alone, or all that the export was given. */
  private static Command status(Settings settings, Problems problems) {
    if (settings.givenKeys().isEmpty()) {
      problems.add("checkpoint is missing. Set it, or all that the export was given.");
      settings.raiseProblems();
    }
    if (!settings.givenKeys().equals(Set.of("checkpoint"))) {
      ExportConfig config = ExportConfig.from(settings);
      return new Command.StatusCommand(config.checkpointRoot(), Optional.of(config));
    }
    String checkpoint = settings.optional("checkpoint", ValueFormat.path());
    settings.raiseProblems();
    return new Command.StatusCommand(Objects.requireNonNull(checkpoint), Optional.empty());
  }

  /**
   * The command that goes on where this one ended, as it can be typed into a POSIX shell; it holds
   * no secret. It is the same command without {@code --restart}, which would begin anew once more.
   *
   * @param restarts whether this one restarts, by whatever says so
   */
  String resumeCommand(boolean restarts) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < argv.size(); i++) {
      String argument = argv.get(i);
      boolean isPair = argument.equals("--set") && i + 1 < argv.size();
      if (RESTART.matcher(isPair ? argument + "=" + argv.get(i + 1) : argument).matches()) {
        i += isPair ? 1 : 0;
      } else {
        arguments.add(argument);
      }
    }
    boolean hasJobFile = arguments.stream().anyMatch(CONFIG.asMatchPredicate());
    if (restarts && (hasJobFile || arguments.size() == argv.size())) {
      arguments.add("--restart=false"); // the job file may say it, too
    }
    return "ringlake "
        + arguments.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
