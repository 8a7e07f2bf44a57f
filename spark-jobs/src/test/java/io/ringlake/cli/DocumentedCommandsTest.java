package io.ringlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation tells people to type, in its blocks marked {@code sh}, works: Ringlake's
 * commands are right as they stand, the others are run by {@code .ci/run} or by the quickstart.
 */
class DocumentedCommandsTest {

  @Test
  void pagesHaveCommands() {
    assertThat(commands())
        .hasSizeGreaterThan(8)
        .anyMatch(command -> command.startsWith(DocumentedCommands.RINGLAKE));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsOfThePagesWork(String command) throws IOException {
    if (command.startsWith(DocumentedCommands.RINGLAKE)) {
      assertAccepted(command.substring(DocumentedCommands.RINGLAKE.length()));
    } else {
      assertThat(
              Files.readString(DocumentedCommands.ROOT.resolve(".ci/run"))
                  + Files.readString(
                      DocumentedCommands.ROOT.resolve("submit-scripts/quickstart.sh")))
          .contains(command);
    }
  }

  @ParameterizedTest
  @MethodSource("jobFiles")
  void jobFilesToCopyWork(Path file) {
    assertAccepted("export --config " + file);
  }

  private static void assertAccepted(String arguments) {
    String[] argv = DocumentedCommands.arguments(arguments).toArray(String[]::new);
    assertThatCode(() -> new CommandLine(argv).command()).doesNotThrowAnyException();
  }

  private static List<String> commands() {
    return DocumentedCommands.pages().stream()
        .flatMap(page -> DocumentedCommands.of(page).stream())
        .toList();
  }

  private static List<Path> jobFiles() throws IOException {
    try (Stream<Path> files = Files.list(DocumentedCommands.ROOT.resolve("conf"))) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }
}
