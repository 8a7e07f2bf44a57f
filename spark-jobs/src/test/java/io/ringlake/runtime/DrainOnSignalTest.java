package io.ringlake.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Sends real signals to a driver in a JVM of its own. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class DrainOnSignalTest {

  private final Process driver = start();
  private final BufferedReader said =
      new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));

  DrainOnSignalTest() throws IOException {}

  @AfterEach
  void kill() {
    driver.destroyForcibly();
  }

  @Test
  void drainsAtTheFirstSignalAndEndsAtTheSecond() throws Exception {
    await("ready");
    assertThat(ask()).isEqualTo("draining=false");

    terminate();
    await(
        "SIGTERM: the running batch is finished, then the run ends with exit code 6; a second"
            + " SIGTERM ends it at once");
    assertThat(ask()).isEqualTo("draining=true");

    terminate();
    assertThat(driver.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(driver.exitValue()).isEqualTo(143);
  }

  /** Sends SIGTERM; {@link Process#destroy} would close the streams too. */
  private void terminate() {
    assertThat(driver.toHandle().destroy()).isTrue();
  }

  private String ask() throws IOException {
    OutputStream question = driver.getOutputStream();
    question.write('?');
    question.flush();
    return await("draining=");
  }

  private String await(String text) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(text)) {
        return line;
      }
      all.append(line).append('\n');
    }
    throw new AssertionError("The driver ended without saying '%s':%n%s".formatted(text, all));
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Driver.class.getName())
        .redirectErrorStream(true)
        .start();
  }

  /** Answers every byte on its input with whether it drains. */
  static final class Driver {

    private Driver() {}

    public static void main(String[] arguments) throws IOException {
      // Log4j's own default says errors only.
      System.setProperty("org.apache.logging.log4j.level", "WARN");
      DriverChannel channel = DriverChannel.open();
      DrainOnSignal.register(channel);
      System.out.println("ready");
      while (System.in.read() >= 0) {
        System.out.println("draining=" + channel.draining());
      }
    }
  }
}
