package io.ringlake.checkpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process that works on a checkpoint, as others see it.
 *
 * @param runId of the run it works for
 * @param startedAt when the process started, by its own clock
 * @param applicationId Spark's, for example {@code application_1700000000000_0042}
 * @param process what no other process ever has, where Linux's {@code /proc} tells it: boot id, pid
 *     namespace, pid and the clock tick of its start; empty elsewhere. Unlike host name and pid it
 *     tells containers of one name apart, and a pid that was given out again
 */
public record Driver(
    String runId,
    String host,
    String user,
    long pid,
    Instant startedAt,
    String applicationId,
    String process) {

  /** This process. */
  public static Driver current(String runId, String applicationId) {
    ProcessHandle self = ProcessHandle.current();
    return new Driver(
        runId,
        hostName(),
        System.getProperty("user.name", "unknown"),
        self.pid(),
        self.info().startInstant().orElseGet(Instant::now),
        applicationId,
        key(self.pid()));
  }

  /**
   * Whether the process surely runs no more, as far as this process can see from here: false for
   * those of other machines, containers and users, which may be hidden.
   */
  public boolean isGone() {
    String self = key(ProcessHandle.current().pid());
    return !process.isEmpty()
        && !self.isEmpty()
        && machine(process).equals(machine(self))
        && user.equals(System.getProperty("user.name", "unknown"))
        && !process.equals(key(pid));
  }

  @Override
  public String toString() {
    return "run %s, %s@%s, pid %d started %s, application %s"
        .formatted(runId, user, host, pid, startedAt, applicationId);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  private static String machine(String process) {
    return process.substring(0, process.lastIndexOf('/'));
  }

  /** {@code boot/namespace/pid.tick}; empty if there is no such process, or no {@code /proc}. */
  private static String key(long pid) {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // proc(5): state is field 3, the start's tick field 22; field 2 is a name in parentheses.
      String[] fromState = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean dead = fromState[0].equals("Z") || fromState[0].equals("X");
      return dead ? "" : "%s/%s/%d.%s".formatted(boot, namespace, pid, fromState[19]);
    } catch (IOException e) {
      return "";
    }
  }
}
