package io.ringlake.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class HoldTest {

  private static final Duration USUAL = Duration.ofSeconds(5);
  private static final Duration QUICK = Duration.ofMillis(200);

  private java.nio.file.Path temporary;
  private Path folder;
  private CheckpointFiles files;

  @BeforeEach
  void open(@TempDir java.nio.file.Path temporary) {
    this.temporary = temporary;
    folder = new Path(temporary.resolve("shop.orders/hold").toUri());
    files = new CheckpointFiles(folder, new Configuration());
  }

  @Test
  void isTakenAtOnceWhereNobodyHasItAndLeavesNothing() {
    long began = System.nanoTime();

    try (Hold hold = acquire("x", USUAL)) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(USUAL);
      hold.check();
    }

    assertThat(files.list(folder)).isEmpty();
  }

  @Test
  void namesWhoHasItAndSinceWhen() {
    Instant before = Instant.now();

    try (Hold hold = acquire("x", USUAL)) {
      hold.check();

      assertThat(Hold.holder(folder, files))
          .hasValueSatisfying(
              holder -> {
                assertThat(holder.driver()).isEqualTo(Driver.current("x", "app-x"));
                assertThat(holder.gone()).isFalse();
                assertThat(holder.lastBeat().orElseThrow()).isBetween(before, Instant.now());
              });
    }

    assertThat(Hold.holder(folder, files)).isEmpty();
  }

  @Test
  void aSecondDriverIsRefusedNamingTheFirst() {
    try (Hold first = acquire("x", QUICK)) {
      assertThatThrownBy(() -> acquire("y", QUICK))
          .isInstanceOfSatisfying(
              RunFailure.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_HELD))
          .hasMessage(
              ("RL-USAGE-009 %s is worked on by another driver: %s%nWait until it ends, or stop it,"
                      + " then run the same command again; the hold of a driver that died is taken"
                      + " over.")
                  .formatted(folder.getParent(), Driver.current("x", "app-x")));
      first.check();
    }
    acquire("y", QUICK).close();
  }

  @Test
  void ofDriversThatStartAtOnceOneWins() throws Exception {
    race(2, 20);
  }

  @Test
  @Tag("full")
  void ofManyDriversThatStartAtOnceOneWins() throws Exception {
    race(6, 100);
  }

  /** Every second round finds the claim of a dead driver there. */
  private void race(int drivers, int rounds) throws Exception {
    Duration beat = Duration.ofMillis(500);
    List<ChildDriver> children = new ArrayList<>();
    try {
      for (int i = 0; i < drivers; i++) {
        children.add(child("run-" + i));
      }
      Driver dead = deadDriver();
      for (int round = 0; round < rounds; round++) {
        Path contested = new Path(temporary.resolve("round-" + round + "/hold").toUri());
        if (round % 2 == 1) {
          claim(contested, 3, dead);
        }

        children.forEach(child -> child.beginToAcquire(contested, beat));
        List<String> answers = children.stream().map(ChildDriver::answer).toList();

        assertThat(answers).as("round %d", round).containsOnlyOnce("OK");
        ChildDriver winner = children.get(answers.indexOf("OK"));
        assertThat(answers.stream().filter(answer -> !answer.equals("OK")))
            .as("round %d", round)
            .allSatisfy(
                answer ->
                    assertThat(answer)
                        .contains("RL-USAGE-009 ")
                        .contains("another driver: run " + winner.runId() + ","));
        assertThat(winner.check()).isEqualTo("OK");
        assertThat(winner.release()).isEqualTo("OK");
        assertThat(files.list(contested)).as("round %d", round).isEmpty();
      }
    } finally {
      for (ChildDriver child : children) {
        child.close();
      }
    }
  }

  @Test
  void theHoldOfAKilledDriverIsTakenOverAtOnce() throws Exception {
    try (ChildDriver child = child("killed")) {
      assertThat(child.acquire(folder, USUAL)).isEqualTo("OK");
      child.kill();
      assertThat(Hold.holder(folder, files).orElseThrow().gone()).isTrue();
      long began = System.nanoTime();

      try (Hold hold = acquire("next", USUAL)) {
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(USUAL);
        hold.check();
      }
    }
    assertThat(files.list(folder)).isEmpty();
  }

  @Test
  void theHoldOfADriverWhosePidWasGivenOutAgainIsTakenOverAtOnce() {
    Driver self = Driver.current("before", "app");
    claim(folder, 1, otherProcess(self, self.process() + "0"));
    long began = System.nanoTime();

    acquire("next", USUAL).close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(USUAL);
  }

  @Test
  void aDriverOfAnotherMachineThatBeatsIsRespected() {
    String id = claim(folder, 1, foreign());
    AtomicLong beats = new AtomicLong();
    ScheduledExecutorService beating = new ScheduledThreadPoolExecutor(1);
    try {
      var unused =
          beating.scheduleAtFixedRate(
              () -> files.overwrite(beatFile(id), beats.incrementAndGet() + " then"),
              0,
              100,
              TimeUnit.MILLISECONDS);

      assertThatThrownBy(() -> acquire("next", Duration.ofSeconds(1)))
          .hasMessageContaining("run abroad, etl@elsewhere, pid 42 started 2026-11-20T10:00:00Z");
    } finally {
      beating.shutdownNow();
    }
  }

  @Test
  void aDriverOfAnotherMachineThatBeatsNoMoreIsReplaced() {
    String id = claim(folder, 1, foreign());
    files.overwrite(beatFile(id), "17 2026-11-20T10:00:00Z");
    long began = System.nanoTime();

    try (Hold hold = acquire("next", QUICK)) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(QUICK.multipliedBy(Hold.STOPPED_AFTER_BEATS));
      hold.check();
    }

    assertThat(files.list(folder)).isEmpty();
  }

  @Test
  void aContainerOfTheSameNameAndPidIsJudgedByItsBeatAlone() {
    Driver self = Driver.current("neighbour", "app");
    Driver neighbour = otherProcess(self, self.process().replace("pid:[", "pid:[9"));

    assertThat(neighbour.isGone()).isFalse();
  }

  @Test
  void aProcessOfAnotherUserIsJudgedByItsBeatAlone() throws Exception {
    Driver dead = deadDriver();

    assertThat(dead.isGone()).isTrue();
    assertThat(
            new Driver(
                    dead.runId(),
                    dead.host(),
                    dead.user() + "2",
                    dead.pid(),
                    dead.startedAt(),
                    dead.applicationId(),
                    dead.process())
                .isGone())
        .isFalse();
  }

  @Test
  void aDriverThatWasStoppedFindsOutWhenItWakes() throws Exception {
    try (ChildDriver child = child("sleeper")) {
      assertThat(child.acquire(folder, QUICK)).isEqualTo("OK");
      child.signal("STOP");

      try (Hold hold = acquire("next", QUICK)) {
        child.signal("CONT");

        assertThat(child.check())
            .startsWith(
                "RL-USAGE-009 The hold on %s was taken over by run next,"
                    .formatted(folder.getParent()))
            .endsWith("This driver stops; look at how the other one ends.");
        assertThat(child.release()).isEqualTo("OK");
        hold.check();
      }
    }
  }

  /**
   * A driver is paused at each of the steps by which it takes the hold, for so long that another
   * takes it for dead, and woken: never do both have the hold, and one has it in the end.
   */
  @Test
  void aDriverPausedAtAnyStepNeverHasTheHoldBesideAnother() throws Exception {
    int step = 0;
    boolean paused = true;
    while (paused) {
      Path contested = new Path("pausing://" + temporary.resolve("step-" + step + "/hold"));
      PausingFileSystem store = new PausingFileSystem(step);
      Candidate sleeper = new Candidate(contested, store.asCheckpointFiles());
      Thread sleeping = new Thread(sleeper, "sleeper");
      sleeping.start();
      paused = store.awaitPauseOrEndOf(sleeping);
      Candidate other =
          new Candidate(contested, PausingFileSystem.neverPausing().asCheckpointFiles());
      other.run();
      store.wake();
      sleeping.join();

      long holders = Stream.of(sleeper, other).filter(Candidate::holds).count();
      assertThat(holders).as("drivers with the hold after a pause at step %d", step).isEqualTo(1);
      sleeper.close();
      other.close();
      step++;
    }
    assertThat(step).as("steps by which the hold is taken").isGreaterThan(8);
  }

  private Hold acquire(String runId, Duration beat) {
    return Hold.acquire(folder, files, Driver.current(runId, "app-" + runId), beat);
  }

  private ChildDriver child(String runId) throws IOException {
    return ChildDriver.start(runId, Files.createTempFile(temporary, runId, ".log"));
  }

  private String claim(Path contested, int number, Driver driver) {
    String id = UUID.randomUUID().toString();
    files.write(
        new Path(contested, "claim-%010d-%s.json".formatted(number, id)), Json.write(driver));
    return id;
  }

  private Path beatFile(String id) {
    return new Path(folder, "beat-%s.json".formatted(id));
  }

  /** A driver on this machine that was killed. */
  private Driver deadDriver() throws Exception {
    Path own = new Path(temporary.resolve("dead/hold").toUri());
    try (ChildDriver child = child("dead")) {
      assertThat(child.acquire(own, USUAL)).isEqualTo("OK");
      return Hold.holder(own, files).orElseThrow().driver();
    }
  }

  private static Driver foreign() {
    return new Driver(
        "abroad",
        "elsewhere",
        "etl",
        42,
        Instant.parse("2026-11-20T10:00:00Z"),
        "application_1_2",
        "1b2c/pid:[4026531836]/42.1234");
  }

  private static Driver otherProcess(Driver driver, String process) {
    return new Driver(
        driver.runId(),
        driver.host(),
        driver.user(),
        driver.pid(),
        driver.startedAt(),
        driver.applicationId(),
        process);
  }

  /** Takes the hold on a thread of its own, or is refused. */
  private static final class Candidate implements Runnable, AutoCloseable {
    private final Path folder;
    private final CheckpointFiles files;
    private volatile @Nullable Hold hold;
    private volatile @Nullable RunFailure unexpected;

    Candidate(Path folder, CheckpointFiles files) {
      this.folder = folder;
      this.files = files;
    }

    @Override
    public void run() {
      try {
        hold = Hold.acquire(folder, files, Driver.current("run", "app"), Duration.ofMillis(100));
      } catch (RunFailure refused) {
        if (refused.code() != ErrorCode.CHECKPOINT_HELD) {
          unexpected = refused;
        }
      }
    }

    boolean holds() {
      assertThat(unexpected).isNull();
      Hold held = hold;
      try {
        if (held != null) {
          held.check();
        }
        return held != null;
      } catch (RunFailure lost) {
        return false;
      }
    }

    @Override
    public void close() {
      Hold held = hold;
      if (held != null) {
        held.close();
      }
    }
  }
}
