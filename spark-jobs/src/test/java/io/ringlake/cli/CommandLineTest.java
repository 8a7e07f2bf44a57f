package io.ringlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.ExportConfig;
import io.ringlake.config.PlanCheck;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

  @Test
  void valuesFollowTheirFlagOrAnEqualsSign() {
    assertThat(export("--table", "shop.orders", "--output", "/lake", "--filter", "a = 1"))
        .isEqualTo(export("--table=shop.orders", "--output=/lake", "--filter=a = 1"));
  }

  @Test
  void switchesNeedNoValue() {
    ExportConfig config =
        export("--table=a.b", "--output=/lake", "--restart", "--strict=false", "--spans", "3");

    assertThat(config.run().restart()).isTrue();
    assertThat(config.cells().strict()).isFalse();
    assertThat(config.read().spans()).hasValue(3);
  }

  @Test
  void tablesAndExcludesAndSetCanBeRepeated() {
    ExportConfig config =
        export(
            "--table=a.*",
            "--table=b.*,c.*",
            "--exclude=a.x",
            "--exclude=a.y",
            "--set=output=/lake",
            "--set",
            "filter=a=1");

    assertThat(config.tables()).hasToString("[a.*, b.*, c.*]");
    assertThat(config.exclude()).hasToString("[a.x, a.y]");
    assertThat(config.output().output()).isEqualTo("/lake");
    assertThat(config.read().filter()).isEqualTo("a=1");
  }

  @Test
  void aTokenRangeMayBeginWithAMinus() {
    ExportConfig config = export("--table=a.b", "--output=/lake", "--token-range", "-100..7");

    assertThat(config.read().ring().tokenRange()).hasToString("-100..7");
  }

  @Test
  void flagsWinOverTheJobFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("job.conf"), "table = a.b\noutput = /file\nstrict = true\n");

    ExportConfig config =
        export("--config", file.toString(), "--output", "/flag", "--strict=false");

    assertThat(config.tables()).hasToString("[a.b]");
    assertThat(config.output().output()).isEqualTo("/flag");
    assertThat(config.cells().strict()).isFalse();
  }

  @Test
  void planTakesWhatExportTakesAndACheck() {
    Command command = command("plan", "--table=a.b", "--output=/lake", "--check=static");

    assertThat(command)
        .isEqualTo(
            new Command.PlanCommand(export("--table=a.b", "--output=/lake"), PlanCheck.STATIC));
  }

  @Test
  void statusTakesACheckpointAloneOrWhatTheExportWasGiven() {
    assertThat(command("status", "--checkpoint=/cp"))
        .isEqualTo(new Command.StatusCommand("/cp", Optional.empty()));
    assertThat(command("status", "--table=a.b", "--output=/lake"))
        .isEqualTo(
            new Command.StatusCommand(
                "/lake/_ringlake/checkpoint",
                Optional.of(export("--table=a.b", "--output=/lake"))));
    assertRefused(
        """
        RL-USAGE-001 checkpoint is missing. Set it, or all that the export was given.
        ringlake status --help lists the settings.""",
        "status");
    assertRefused(
        """
        RL-USAGE-001 checkpoint is '', which is empty. Set it or leave it out.
        ringlake status --help lists the settings.""",
        "status",
        "--checkpoint=");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertRefused(
        """
        RL-USAGE-001 --output has no value: --formt follows it.
        --span-size has no value.
        --set has no key and value. Use --set key=value.
        --formt is not a setting of export. Did you mean --format?
        -table is not a setting of export. Did you mean --table?
        --config is given 2 times. Name one file.
        config is 'no.conf', which is not a file.
        --set: colour is not a setting of export.
        page-rows is given twice, as '1' and as '2'. Leave one out.
        table is missing. Set it, for example to shop.orders or shop.*.
        output is missing. Set it, for example to /data/lake/{keyspace}/{table}.
        ringlake export --help lists the settings.""",
        "export",
        "--output",
        "--formt",
        "x",
        "-table",
        "a.b",
        "--set",
        "spans",
        "--set=colour=red",
        "--page-rows=1",
        "--page-rows=2",
        "--config=no.conf",
        "--config=no.conf",
        "--span-size");
  }

  @Test
  void whatFollowsAnUnknownFlagIsNotTold() {
    for (String[] password :
        new String[][] {
          {"--password", "hunter2"}, {"--password=hunter2"}, {"--password:hunter2"}
        }) {
      String[] argv = new String[password.length + 3];
      argv[0] = "export";
      argv[1] = "--table=a.b";
      argv[2] = "--output=/lake";
      System.arraycopy(password, 0, argv, 3, password.length);

      assertRefused(
          """
          RL-USAGE-001 --password is not a setting of export, since others can see it there. Use --password-file with a file or env:NAME.
          ringlake export --help lists the settings.""",
          argv);
    }
  }

  @Test
  void whatStandsInThePlaceOfAValueIsToldByItsNameOnly() {
    assertRefused(
        """
        RL-USAGE-001 --username has no value: --password follows it.
        --password is not a setting of export, since others can see it there. Use --password-file with a file or env:NAME.
        ringlake export --help lists the settings.""",
        "export",
        "--table=a.b",
        "--output=/lake",
        "--username",
        "--password=hunter2");
  }

  @Test
  void aWordWithoutAFlagIsRefused() {
    assertRefused(
        """
        RL-USAGE-001 'a.b' follows no flag. Flags begin with --; quote values that hold spaces.
        table is missing. Set it, for example to shop.orders or shop.*.
        ringlake export --help lists the settings.""",
        "export",
        "a.b",
        "--output=/lake");
  }

  @Test
  void jobsThatDoNotExistAreRefusedWithThoseThatDo() {
    assertRefused(
        """
        RL-USAGE-001 'exprot' is not a job.
        Jobs are: export, plan, status. ringlake --help says what they do.""",
        "exprot");
    assertRefused(
        """
        RL-USAGE-001 'source' is not a job.
        Jobs are: export, plan, status. ringlake --help says what they do.""",
        "source");
    for (String[] argv : new String[][] {{}, {"--table=a.b"}}) {
      assertRefused(
          """
          RL-USAGE-001 No job is named. Use ringlake <job> [flags].
          Jobs are: export, plan, status. ringlake --help says what they do.""",
          argv);
    }
  }

  @Test
  void helpOfAJobListsItsFlagsWithValueMeaningAndDefault() {
    assertThat(printed("export", "--help"))
        .isEqualTo(printed("export", "-h"))
        .startsWith("Usage: ringlake export [options]\n")
        .contains(
            """

            Write times and TTLs
              --writetime COLUMN,…|*   Columns whose write time is exported; * means all exported columns that have one.
            """)
        .contains(
            """
              --page-rows N            Rows asked for with one request, 1 to 100000; fewer where rows are so large that a page would
                                       exceed 8 MB.
                                       Default: 5000
            """)
        .doesNotContain("--check ");
    assertThat(printed("plan", "--help")).contains("--check static|connect");
  }

  @Test
  void helpAndVersionNeedNoJob() {
    assertThat(printed("--help")).contains("ringlake export   exports tables");
    assertThat(printed("--version")).isEqualTo("ringlake (not from a release: run from classes)");
  }

  @Test
  void printsAsItCanBeTypedIntoAShellAgain() {
    assertThat(
            new CommandLine("export", "--table", "shop.*", "--filter=a = 'x'", "")
                .resumeCommand(false))
        .isEqualTo("ringlake export --table 'shop.*' '--filter=a = '\\''x'\\''' ''");
  }

  @Test
  void resumesWithoutTheRestartThatWouldBeginAnew() {
    for (String restart :
        List.of("--restart", "--restart=true", "--set restart=true", "--set=restart=true")) {
      List<String> argv = new ArrayList<>(List.of("export", "--table", "a.b"));
      argv.addAll(List.of(restart.split(" ", -1)));
      argv.addAll(List.of("--run-id", "x"));

      assertThat(new CommandLine(argv.toArray(String[]::new)).resumeCommand(true))
          .isEqualTo("ringlake export --table a.b --run-id x");
    }
    assertThat(new CommandLine("export", "--config", "job.conf").resumeCommand(true))
        .isEqualTo("ringlake export --config job.conf --restart=false");
    assertThat(new CommandLine("export", "--restart", "--config=job.conf").resumeCommand(true))
        .isEqualTo("ringlake export --config=job.conf --restart=false");
  }

  private static Command command(String... argv) {
    return new CommandLine(argv).command();
  }

  private static ExportConfig export(String... flags) {
    String[] argv = new String[flags.length + 1];
    argv[0] = "export";
    System.arraycopy(flags, 0, argv, 1, flags.length);
    return ((Command.ExportCommand) command(argv)).config();
  }

  private static String printed(String... argv) {
    return ((Command.PrintCommand) command(argv)).text();
  }

  private static void assertRefused(String message, String... argv) {
    assertThatThrownBy(() -> command(argv))
        .isInstanceOfSatisfying(
            RunFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_SETTINGS))
        .hasMessage(message);
  }
}
