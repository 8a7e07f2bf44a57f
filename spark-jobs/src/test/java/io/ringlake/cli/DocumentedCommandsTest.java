package io.ringlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation tells people to type, in its blocks marked {@code sh}, works: Ringlake's
 * commands are right as they stand, the others are run by {@code .ci/run} or by the quickstart.
 */
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of("..");
  private static final String RINGLAKE = "submit-scripts/ringlake ";
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh$(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @Test
  void pagesHaveCommands() throws IOException {
    assertThat(commands()).hasSizeGreaterThan(8).anyMatch(command -> command.startsWith(RINGLAKE));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsOfThePagesWork(String command) throws IOException {
    if (command.startsWith(RINGLAKE)) {
      assertAccepted(command.substring(RINGLAKE.length()));
    } else {
      assertThat(
              Files.readString(ROOT.resolve(".ci/run"))
                  + Files.readString(ROOT.resolve("submit-scripts/quickstart.sh")))
          .contains(command);
    }
  }

  @ParameterizedTest
  @MethodSource("jobFiles")
  void jobFilesToCopyWork(Path file) {
    assertAccepted("export --config " + file);
  }

  private static void assertAccepted(String arguments) {
    List<String> words =
        WORD.matcher(arguments).results().map(DocumentedCommandsTest::unquoted).toList();
    String[] argv = words.subList(words.indexOf("--") + 1, words.size()).toArray(String[]::new);
    assertThatCode(() -> new CommandLine(argv).command()).doesNotThrowAnyException();
  }

  private static String unquoted(MatchResult word) {
    for (int quoted = 1; quoted <= 2; quoted++) {
      if (word.group(quoted) != null) {
        return word.group(quoted);
      }
    }
    // Pages name files as seen from the root, tests run in a module.
    return word.group().replaceFirst("^conf/", "../conf/");
  }

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path page : pages()) {
      BLOCK
          .matcher(Files.readString(page))
          .results()
          .flatMap(block -> block.group(1).replaceAll("\\\\\n\\s*", "").strip().lines())
          .forEach(commands::add);
    }
    return commands;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  private static List<Path> jobFiles() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("conf"))) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }
}
