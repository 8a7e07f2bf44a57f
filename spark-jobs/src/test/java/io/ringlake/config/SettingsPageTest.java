package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/settings.md to the reference file; {@code -Dringlake.docs.write} writes it anew. */
class SettingsPageTest {

  private static final Path PAGE = Path.of("../docs/settings.md");
  private static final String HEAD =
      """
      # Settings

      <!-- Made from spark-jobs/src/main/resources/io/ringlake/config/settings.conf. After a change there:
           mvn -pl spark-jobs -am test -Dtest=SettingsPageTest -Dringlake.docs.write -Dsurefire.failIfNoSpecifiedTests=false -->

      A key is a flag of the command line (`--span-size 64MB` or `--span-size=64MB`), a key of a job file (`span-size = 64MB`, read by `--config FILE`) and an option of Spark's
      `format("ringlake")` (`.option("span-size", "64MB")`). `--set key=value` sets any key. Flags win over the job file; both win over `spark.cassandra.*` in Spark's configuration.
      A job file is flat [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md): values with `*`, `,`, `(` or `{` stand in quotes, lists are `["a", "b"]`, `include` and `${?VARIABLE}` work.
      [conf/export.conf](../conf/export.conf) is one to copy.

      - **Names** are exact, as Cassandra stores them. Names with commas, dots or wildcards, or with spaces at their ends, stand in double quotes, in which `""` is one: `--columns '"a,b",c'`, `--table '"a.b"."T"'`.
      - **Lists** are separated by commas, or given repeatedly. **Switches** need no value; `--strict=false` turns one off that the job file turns on.
      - **Sizes** are a whole number and `B`, `KB`, `MB`, `GB` or `TB`, powers of 1024. **Lengths of time** are a whole number and `ms`, `s`, `m` or `h`.
      - **Passwords** are never given themselves: `password-file` names a file or a variable of the environment.
      - Unknown keys are refused, and all problems are told at once.

      The kind of a setting says what a checkpoint makes of it: *identity* settings decide the output, and a resume with another value is refused; *planned* ones are taken when a pass begins, and a resume goes on with
      what the pass began with; *tunable* ones may change at every resume; *secret* ones are tunable and never shown.
      The column *for* names the jobs that take a key; `source` stands for the options of `format("ringlake")`.
      """;

  @Test
  void thePageSaysWhatTheReferenceFileSays() throws IOException {
    if (System.getProperty("ringlake.docs.write") != null) {
      Files.writeString(PAGE, page());
    }

    assertThat(PAGE).as("docs/settings.md is stale: see its first lines").hasContent(page());
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    String section = "";
    for (Setting setting : SettingsReference.load().settings()) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        page.append("\n## ")
            .append(section)
            .append(
                "\n\n| key | value | default | kind | for | meaning |\n|---|---|---|---|---|---|\n");
      }
      page.append(row(setting));
    }
    return page.toString();
  }

  private static String row(Setting setting) {
    return "| `%s` | %s | %s | %s | %s | %s |%n"
        .formatted(
            setting.key(),
            setting.form() == Setting.Form.SWITCH ? "switch" : code(setting.valueName()),
            setting.defaults().isEmpty() ? "" : code(String.join(",", setting.defaults())),
            setting.kind().word(),
            setting.scopes().stream().sorted().map(Scope::word).collect(Collectors.joining(", ")),
            setting.meaning().replace("\n", " ").replace("*", "\\*").replace("<", "&lt;"));
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }
}
