package io.ringlake.checkpoint;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That this driver, and no other, works on a checkpoint.
 *
 * <p>Who wins is decided by Lamport's bakery algorithm ("A New Solution of Dijkstra's Concurrent
 * Programming Problem", CACM 17(8), 1974), which needs no exclusive create and no clock: only that
 * a file is seen by whoever looks after it was written, which holds for local file systems, HDFS,
 * S3 (since December 2020), GCS and ABFS. A driver says that it is choosing, claims a number above
 * all that it sees, says that it has chosen, waits until nobody else is choosing, and then has the
 * hold if no lower claim is there. Whoever sees a lower claim of a driver that lives withdraws. Of
 * drivers that start at once exactly one wins, without a delay.
 *
 * <p>A claim is removed by its owner, or by another that found it dead: its process is gone, seen
 * from the same machine, or its beat did not change while {@link #STOPPED_AFTER_BEATS} of our own
 * intervals went by (clocks are never compared). Both a claim and the note of choosing are written
 * once and never again, so that a driver which was only paused finds out when it wakes: its claim
 * is gone, and {@link #check} says so. What such a driver does between a check and the next cannot
 * be taken back; therefore check right before each step that destroys.
 */
public final class Hold implements AutoCloseable {

  /** A driver is dead when its beat has not changed for so many intervals. */
  static final int STOPPED_AFTER_BEATS = 6;

  private static final Logger LOG = LoggerFactory.getLogger(Hold.class);
  private static final Pattern FILE =
      Pattern.compile("(?<kind>choosing|claim-(?<number>\\d{10}))-(?<id>[0-9a-f-]{36})\\.json");

  private final Path folder;
  private final CheckpointFiles files;
  private final Driver driver;
  private final Duration beat;
  private final String id = UUID.randomUUID().toString();
  private final ScheduledExecutorService beating =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "ringlake-hold");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Path claim;
  private volatile long lastBeatNanos;
  private long beats;

  private Hold(Path folder, CheckpointFiles files, Driver driver, Duration beat) {
    this.folder = folder;
    this.files = files;
    this.driver = driver;
    this.beat = beat;
    this.claim = choosing();
  }

  /**
   * Takes the hold. Comes back at once if nobody has it or its holder's process is gone from this
   * machine; otherwise it takes up to one beat of the holder's to see that it lives, and {@link
   * #STOPPED_AFTER_BEATS} to see that it does not.
   *
   * @param folder where claims and beats lie; need not exist
   * @param beat how often this driver says that it lives; the same for all drivers
   * @throws RunFailure {@link ErrorCode#CHECKPOINT_HELD} if a driver that lives has it
   */
  static Hold acquire(Path folder, CheckpointFiles files, Driver driver, Duration beat) {
    Hold hold = new Hold(folder, files, driver, beat);
    try {
      while (!hold.claimed() || !hold.won()) {
        // taken for dead while it was paused: begin again
      }
      hold.removeTheDead();
      return hold;
    } catch (RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  /**
   * Makes sure that the hold is still this driver's. To be called before each batch and each step
   * that destroys something.
   *
   * @throws RunFailure {@link ErrorCode#CHECKPOINT_HELD} if it was taken over
   */
  public void check() {
    if (System.nanoTime() - lastBeatNanos > 2 * beat.toNanos()) {
      beat(); // paused, or a slow store: say first that we live, to whoever is about to doubt it
    }
    if (!files.exists(claim)) {
      throw new RunFailure(
          ErrorCode.CHECKPOINT_HELD,
          "The hold on %s was taken over%s, because this driver had given no sign of life for %d s"
              .formatted(
                  folder.getParent(),
                  entries().stream()
                      .filter(entry -> !entry.isChoosing())
                      .findFirst()
                      .map(entry -> " by " + entry.driver())
                      .orElse(""),
                  beat.multipliedBy(STOPPED_AFTER_BEATS).toSeconds()),
          "This driver stops; look at how the other one ends.");
    }
  }

  /** Gives the hold up. Does not fail: what cannot be removed is found dead by the next driver. */
  @Override
  public void close() {
    beating.shutdown();
    try {
      beating.awaitTermination(beat.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      files.delete(claim);
      files.delete(choosing());
      files.delete(beatFile(id));
    } catch (RunFailure e) {
      LOG.warn("The hold could not be removed; the next driver takes it over folder={}", folder, e);
    }
  }

  /** Who has the hold or is about to take it, as far as can be said without waiting. */
  static Optional<Holder> holder(Path folder, CheckpointFiles files) {
    return entries(folder, files).stream()
        .filter(entry -> !entry.isChoosing())
        .findFirst()
        .map(
            entry -> {
              Path file = beatFile(folder, entry.id());
              return new Holder(
                  entry.driver(), files.read(file).flatMap(Hold::timeOf), entry.driver().isGone());
            });
  }

  /**
   * Who has a hold.
   *
   * @param lastBeat by the holder's clock; empty before its first
   * @param gone whether its process surely runs no more, so that the next driver takes over at once
   */
  public record Holder(Driver driver, Optional<Instant> lastBeat, boolean gone) {}

  /** Puts down a numbered claim; false if somebody took this driver for dead meanwhile. */
  private boolean claimed() {
    files.write(choosing(), Json.write(driver));
    long number = 1 + entries().stream().mapToLong(Entry::number).max().orElse(0);
    claim = new Path(folder, "claim-%010d-%s.json".formatted(number, id));
    files.write(claim, Json.write(driver));
    if (!files.exists(choosing())) {
      files.delete(claim);
      return false;
    }
    files.delete(choosing());
    beat();
    if (beats == 1) {
      ScheduledFuture<?> unused =
          beating.scheduleWithFixedDelay(
              this::beatOrWarn, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    }
    return true;
  }

  /** Waits until it is known who is first; false if this driver's claim was removed meanwhile. */
  private boolean won() {
    Optional<Entry> before = entries().stream().filter(this::isOtherAndChoosing).findFirst();
    while (before.isPresent()) {
      watch(before.get());
      before = entries().stream().filter(this::isOtherAndChoosing).findFirst();
    }
    while (true) {
      // Only now: who had chosen before the last look has its claim here, who chooses later sees
      // ours and takes a higher number.
      Optional<Entry> first = entries().stream().filter(entry -> !entry.isChoosing()).findFirst();
      if (first.isPresent() && first.get().id().equals(id)) {
        return true;
      }
      if (first.isEmpty() || !files.exists(claim)) {
        return false;
      }
      watch(first.get());
    }
  }

  private boolean isOtherAndChoosing(Entry entry) {
    return entry.isChoosing() && !entry.id().equals(id);
  }

  /**
   * Comes back when another's file is gone, removing it if the other is dead.
   *
   * @throws RunFailure if the other lives
   */
  private void watch(Entry other) {
    Optional<String> seen = files.read(beatFile(other.id()));
    long began = System.nanoTime();
    while (!other.driver().isGone()
        && System.nanoTime() - began < beat.toNanos() * STOPPED_AFTER_BEATS) {
      pause();
      boolean beats = !files.read(beatFile(other.id())).equals(seen);
      if (!files.exists(other.file())) { // looked at second: who ends removes it before its beat
        return;
      }
      if (beats) {
        throw new RunFailure(
            ErrorCode.CHECKPOINT_HELD,
            "%s is worked on by another driver: %s".formatted(folder.getParent(), other.driver()),
            "Wait until it ends, or stop it, then run the same command again; the hold of a driver"
                + " that died is taken over.");
      }
    }
    LOG.warn("The hold of a dead driver is taken over folder={} driver={}", folder, other.driver());
    remove(other);
  }

  private void removeTheDead() {
    entries().stream()
        .filter(entry -> !entry.id().equals(id) && entry.driver().isGone())
        .forEach(this::remove);
  }

  private void remove(Entry entry) {
    files.delete(entry.file());
    if (!entry.isChoosing()) {
      files.delete(beatFile(entry.id()));
    }
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(beat.toNanos() / 10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure(
          ErrorCode.STOPPED_ON_REQUEST,
          "Stopped while waiting for the hold on " + folder.getParent(),
          "Run the same command again.",
          e);
    }
  }

  private synchronized void beat() {
    if (files.exists(claim)) {
      files.overwrite(beatFile(id), ++beats + " " + Instant.now());
      lastBeatNanos = System.nanoTime();
    }
  }

  private void beatOrWarn() {
    try {
      beat();
    } catch (RuntimeException e) {
      LOG.warn("The hold could not be renewed; it is tried again folder={}", folder, e);
    }
  }

  private Path choosing() {
    return new Path(folder, "choosing-%s.json".formatted(id));
  }

  private Path beatFile(String of) {
    return beatFile(folder, of);
  }

  private static Path beatFile(Path folder, String of) {
    return new Path(folder, "beat-%s.json".formatted(of));
  }

  private List<Entry> entries() {
    return entries(folder, files);
  }

  /** All that claim or choose, lowest claim first. */
  private static List<Entry> entries(Path folder, CheckpointFiles files) {
    return files.list(folder).stream()
        .flatMap(file -> entry(file, files).stream())
        .sorted(Comparator.comparingLong(Entry::number).thenComparing(Entry::id))
        .toList();
  }

  private static Optional<Entry> entry(Path file, CheckpointFiles files) {
    Matcher name = FILE.matcher(file.getName());
    if (!name.matches()) {
      return Optional.empty();
    }
    String number = name.group("number");
    return files
        .read(file)
        .map(
            text ->
                new Entry(
                    file,
                    number == null ? 0 : Long.parseLong(number),
                    name.group("id"),
                    Json.read(file, text, Driver.class)));
  }

  /**
   * @param number 0 while choosing
   */
  private record Entry(Path file, long number, String id, Driver driver) {
    boolean isChoosing() {
      return number == 0;
    }
  }

  /** When a beat was written: {@code 17 2026-11-20T10:00:00Z}; empty if it is seen half written. */
  private static Optional<Instant> timeOf(String beat) {
    try {
      return Optional.of(Instant.parse(beat.substring(beat.indexOf(' ') + 1)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
