package io.ringlake.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {

  @Test
  void thePageListsEveryCodeInOrderWithItsMeaningAndWhatToDo() throws IOException {
    List<String[]> rows =
        Files.readAllLines(Path.of("../docs/errors.md")).stream()
            .filter(line -> line.matches("\\| `RL-\\w+-\\d+`.*"))
            .map(line -> line.split(" \\| |^\\| | \\|$"))
            .toList();

    assertThat(rows.stream().map(row -> row[1] + " " + row[2]))
        .containsExactlyElementsOf(
            Arrays.stream(ErrorCode.values())
                .map(code -> "`%s` %s".formatted(code, code.name()))
                .toList());
    assertThat(rows)
        .allSatisfy(row -> assertThat(row).hasSize(5))
        .allSatisfy(row -> assertThat(row[3]).endsWith("."))
        .allSatisfy(row -> assertThat(row[4]).endsWith("."));
  }
}
