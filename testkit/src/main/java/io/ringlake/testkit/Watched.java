package io.ringlake.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that end with this JVM, however that ends. */
final class Watched {

  /**
   * Runs a command in the place of the shell, with a watcher behind it. The watcher reads the pipe
   * whose other end this JVM holds; however this JVM ends, the pipe does too. Then the watcher
   * kills the command (SIGKILL reaches a halted process as well) and, with this JVM gone, removes
   * the command's folder and the one above once that is empty. If the command ends first, Java
   * closes the pipe, and the watcher finds nothing to do. The first argument is the folder.
   *
   * <p>A SIGKILL to the watcher itself is the one thing that defeats it.
   */
  private static final String SCRIPT =
      """
      folder=$1
      shift
      exec 3<&0 </dev/null
      (
        trap '' HUP INT TERM
        cat <&3
        kill -KILL $$
        sleep 1
        kill -0 $PPID || { rm -rf "$folder"; rmdir "${folder%/*}"; }
      ) >/dev/null 2>&1 &
      exec "$@" 3<&-
      """;

  private Watched() {}

  /**
   * What to start in the place of a command. Its standard input has to be a pipe of this JVM, as it
   * is by default.
   *
   * @param folder of the command's own
   */
  static List<String> command(Path folder, List<String> command) {
    List<String> watched = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh", folder.toString()));
    watched.addAll(command);
    return watched;
  }
}
