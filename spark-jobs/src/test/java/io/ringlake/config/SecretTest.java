package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

  private final Path folder;

  SecretTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void isTheFirstLineOfAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), " hunter2 \r\nsecond line\n");

    assertThat(Secret.fetch(file.toString()).value()).isEqualTo(" hunter2 ");
  }

  @Test
  void isTheValueOfAVariable() {
    assertThat(Secret.fetch("env:PATH").value()).isEqualTo(System.getenv("PATH"));
  }

  @Test
  void isNotPrinted() {
    assertThat(new Secret("hunter2")).hasToString("(secret)");
  }

  @Test
  void whatIsNotThereIsRefusedWithoutItsName() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\nhunter2");
    Path notText = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertRefused(
        "hunter2", "which is not a file. Name a file that holds the password, or env:NAME.");
    assertRefused("a\0b", "which is not a file. Name a file that holds the password, or env:NAME.");
    assertRefused(
        folder.toString(),
        "which is not a file. Name a file that holds the password, or env:NAME.");
    assertRefused(
        "env:RINGLAKE_IS_NOT_SET", "a variable that is not set. Export it, or name a file.");
    assertRefused("env:", "a variable that is not set. Export it, or name a file.");
    assertRefused(empty.toString(), "a file whose first line is empty.");
    assertRefused(notText.toString(), "a file that cannot be read (MalformedInputException).");
  }

  private static void assertRefused(String source, String message) {
    assertThatThrownBy(() -> Secret.fetch(source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
