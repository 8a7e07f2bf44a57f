package io.ringlake.checkpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A driver in a process of its own that does what it is told on its standard input, a line each:
 * {@code acquire <folder> <beat in ms> <run>}, {@code check}, {@code release}. Answers each with a
 * line that begins with {@code OK} or is the message of the failure. Ends with its input.
 */
final class HoldingProcess {

  private HoldingProcess() {}

  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Optional<Hold> hold = Optional.empty();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      try {
        switch (words[0]) {
          case "acquire" -> {
            Path folder = new Path(words[1]);
            hold =
                Optional.of(
                    Hold.acquire(
                        folder,
                        new CheckpointFiles(folder, new Configuration()),
                        Driver.current(words[3], "local-" + words[3]),
                        Duration.ofMillis(Long.parseLong(words[2]))));
          }
          case "check" -> hold.orElseThrow().check();
          case "release" -> hold.orElseThrow().close();
          default -> throw new IllegalStateException("Unknown command " + line);
        }
        answer("OK");
      } catch (RuntimeException e) {
        answer(String.valueOf(e.getMessage()).replaceAll("\\R", " | "));
      }
    }
  }

  private static void answer(String text) {
    System.out.println("> " + text);
    System.out.flush();
  }
}
