package io.ringlake.checkpoint;

import io.ringlake.failure.RunFailure;
import io.ringlake.runtime.SpanFigures;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint of one table: a folder of passes, each of which is one Spark checkpoint with our
 * files beside Spark's.
 *
 * <pre>
 * &lt;checkpoint&gt;/shop.orders/
 *   hold/                       who works on it, see {@link Hold}
 *   given-up                    ids of passes, from a --restart until the next pass has a plan
 *   pass-0001/
 *     plan.json                 {@link ScanPlan}, written before anything of Spark's
 *     attempts/0001.json        {@link Attempt}; 0001-end.json is its end
 *     offsets/ commits/ …       Spark's
 *     figures/0.json            {@link BatchFigures}, once the target has the batch
 *     target/00000001.json      {@link TargetTable}, the newest counts; for tables only
 *     staging-<pass UUID>/      rows of a Delta table's overwrite, until they are in their place
 *     finished.json             {@link Finished}, the very last
 * </pre>
 *
 * All but reading is for the driver that has the hold. Every method throws {@link RunFailure} if
 * the store is not reached or refuses.
 */
public final class TableCheckpoint {

  private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final Logger LOG = LoggerFactory.getLogger(TableCheckpoint.class);
  private static final Pattern PASS = Pattern.compile("pass-(\\d{4,9})");
  private static final Pattern ATTEMPT = Pattern.compile("(\\d{4,9})\\.json");
  private static final Pattern TARGET = Pattern.compile("\\d{8}\\.json");
  private static final Pattern UUIDS =
      Pattern.compile("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");
  private static final Pattern BATCH = Pattern.compile("\\d{1,18}");

  private final Path folder;
  private final CheckpointFiles files;

  /**
   * @param checkpoint the folder of all tables; need not exist
   */
  public TableCheckpoint(Path checkpoint, TableName table, Configuration configuration) {
    this(folder(checkpoint, table), new CheckpointFiles(checkpoint, configuration));
  }

  /**
   * The checkpoint in a folder.
   *
   * @param folder as {@link #folder} gives it
   */
  public static TableCheckpoint at(Path folder, Configuration configuration) {
    return new TableCheckpoint(folder, new CheckpointFiles(folder, configuration));
  }

  /** Where the checkpoint of a table is, in the folder of all tables. */
  public static Path folder(Path checkpoint, TableName table) {
    return new Path(checkpoint, folderName(table));
  }

  TableCheckpoint(Path folder, CheckpointFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * The folder's name: {@code keyspace.table}, where every character that is not an ASCII letter, a
   * digit or an underscore is {@code -} and the four hexadecimal digits of its UTF-16 unit, so that
   * different tables never share a folder.
   */
  static String folderName(TableName table) {
    return fileName(table.keyspace()) + "." + fileName(table.table());
  }

  private static String fileName(Identifier identifier) {
    StringBuilder name = new StringBuilder();
    for (char c : identifier.name().toCharArray()) {
      boolean plain =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      name.append(plain ? String.valueOf(c) : "-%04x".formatted((int) c));
    }
    return name.toString();
  }

  /** Whether a folder's name is one that {@link #folderName} makes. */
  static boolean isFolderOfATable(Path path) {
    return FOLDER.matcher(path.getName()).matches();
  }

  /** Where the plan of the pass in {@code folder} is stored. */
  public static Path planFile(Path folder) {
    return new Path(folder, "plan.json");
  }

  /** Takes the hold with the usual pace; see {@link Hold#acquire}. */
  public Hold hold(Driver driver) {
    return Hold.acquire(holdFolder(), files, driver, Duration.ofSeconds(5));
  }

  /** Whether a driver has the hold or is about to take it, be it alive or dead. */
  public boolean isClaimed() {
    return holder().isPresent();
  }

  /** Who has the hold, by looking once. */
  Optional<Hold.Holder> holder() {
    return Hold.holder(holdFolder(), files);
  }

  /** What a command does here. With {@code --restart} nothing is read, so damage is no obstacle. */
  public Decision decide(TableRequest request) {
    return Decision.of(request, request.restart() ? List.of() : passes());
  }

  /**
   * All passes, oldest first.
   *
   * @throws RunFailure if one is damaged
   */
  public List<Pass> passes() {
    List<Pass> passes = new ArrayList<>();
    if (!isBeingGivenUp()) {
      for (Path pass : passFolders()) {
        read(pass).ifPresent(passes::add);
      }
    }
    return passes;
  }

  /** The same pass as it stands now. */
  public Pass reread(Pass pass) {
    return read(pass.folder())
        .orElseThrow(() -> Json.damaged(new Path(pass.folder(), "plan.json"), "it is gone", null));
  }

  /** Begins a new pass by storing its plan; what an interrupted restart left is deleted before. */
  public Pass begin(ScanPlan plan) {
    boolean afterRestart = isBeingGivenUp();
    if (afterRestart) {
      passFolders().forEach(files::delete);
    }
    List<Pass> passes = passes();
    int number = passes.isEmpty() ? 1 : passes.get(passes.size() - 1).number() + 1;
    Path pass = new Path(folder, "pass-%04d".formatted(number));
    files.write(planFile(pass), Json.write(plan));
    if (afterRestart) { // now the plan tells what was given up
      files.delete(givenUp());
    }
    return new Pass(number, pass, plan, Committed.NONE, List.of(), Optional.empty());
  }

  /** Notes that a driver takes a pass up. */
  public Attempt beginAttempt(Pass pass, Driver driver, Instant startedAt) {
    List<Attempt> before = attempts(pass.folder());
    int number = before.isEmpty() ? 1 : before.get(before.size() - 1).number() + 1;
    files.write(attemptFile(pass.folder(), number), Json.write(new Begun(driver, startedAt)));
    return new Attempt(number, driver, startedAt, Optional.empty());
  }

  /**
   * Notes how a driver ended.
   *
   * @param outcome one line for people, without secrets
   */
  public void endAttempt(Pass pass, Attempt attempt, Instant endedAt, String outcome) {
    files.write(
        attemptEndFile(pass.folder(), attempt.number()),
        Json.write(new Attempt.End(endedAt, outcome)));
  }

  /**
   * Keeps what was found out about a batch that the target holds now. What an earlier driver kept
   * of it stays: then it was not read again.
   */
  public void keepFigures(Pass pass, long batchId, boolean isWhole, SpanFigures figures) {
    Path file = figuresFile(pass, batchId);
    if (!files.exists(file)) {
      files.write(file, Json.write(new BatchFigures(BatchFigures.VERSION, isWhole, figures)));
    }
  }

  /** Whether there are figures of a batch: then the target holds it. */
  public boolean hasFigures(Pass pass, long batchId) {
    return files.exists(figuresFile(pass, batchId));
  }

  /** What was found out about all committed batches. */
  public PassFigures figures(Pass pass) {
    SpanFigures sum = SpanFigures.NONE;
    int unknown = 0;
    for (long batch = 0; batch <= pass.committed().batchId(); batch++) {
      Path file = figuresFile(pass, batch);
      Optional<BatchFigures> found =
          files
              .read(file)
              .map(text -> Json.read(file, text, BatchFigures.class, BatchFigures.VERSION));
      if (found.isPresent()) {
        sum = sum.plus(found.get().figures());
      }
      if (!found.map(BatchFigures::isWhole).orElse(false)) {
        unknown++;
      }
    }
    return new PassFigures(sum, unknown);
  }

  /** What is kept of the table that a pass writes to. */
  public TargetTables targetTables(Pass pass) {
    return new TargetTables() {
      @Override
      public Optional<TargetTable> read() {
        return targetTable(pass);
      }

      @Override
      public void write(TargetTable table) {
        keepTargetTable(pass, table);
      }
    };
  }

  /**
   * Where a pass may keep rows that are not to be seen yet; deleted with the pass. The folder of a
   * pass has a name that is used again after a restart, this one has not.
   */
  public static Path stagingFolder(Pass pass) {
    return new Path(pass.folder(), "staging-" + pass.plan().passId());
  }

  private Optional<TargetTable> targetTable(Pass pass) {
    while (true) {
      List<Path> kept = targetFiles(pass);
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      Path newest = kept.get(kept.size() - 1);
      Optional<String> text = files.read(newest);
      if (text.isPresent()) {
        return Optional.of(Json.read(newest, text.get(), TargetTable.class, TargetTable.VERSION));
      }
      // Another driver has kept a newer one meanwhile.
    }
  }

  /**
   * Keeps it in a file of its own, then deletes what was kept before: not each file system replaces
   * a file in one step.
   */
  private void keepTargetTable(Pass pass, TargetTable table) {
    List<Path> before = targetFiles(pass);
    int number = before.isEmpty() ? 1 : targetNumber(before.get(before.size() - 1)) + 1;
    files.write(new Path(targetFolder(pass), "%08d.json".formatted(number)), Json.write(table));
    before.forEach(files::delete);
  }

  /** Oldest first. */
  private List<Path> targetFiles(Pass pass) {
    return files.list(targetFolder(pass)).stream()
        .filter(file -> TARGET.matcher(file.getName()).matches())
        .toList();
  }

  private static int targetNumber(Path file) {
    return Integer.parseInt(file.getName().substring(0, file.getName().indexOf('.')));
  }

  private static Path targetFolder(Pass pass) {
    return new Path(pass.folder(), "target");
  }

  private static Path figuresFile(Pass pass, long batchId) {
    return new Path(pass.folder(), "figures/%d.json".formatted(batchId));
  }

  /** Marks a pass as complete: the last step of all, once the target is finished. */
  public void finish(Pass pass, Finished finished) {
    files.write(new Path(pass.folder(), "finished.json"), Json.write(finished));
  }

  /**
   * The passes whose files in the target do not count for a command: those that a restart gave up
   * unfinished, and those that they in turn had taken over from.
   *
   * @return empty unless the command restarts, or a restart before it died before its plan was
   *     stored
   */
  public Set<UUID> givenUp(TableRequest request) {
    Set<UUID> givenUp = new HashSet<>();
    files.read(givenUp()).ifPresent(ids -> givenUp.addAll(uuids(ids)));
    if (request.restart()) {
      passFolders().forEach(pass -> givenUp.addAll(unfinished(pass)));
    }
    return givenUp;
  }

  private Set<UUID> unfinished(Path folder) {
    try {
      return read(folder)
          .filter(pass -> pass.finished().isEmpty())
          .map(TableCheckpoint::withGivenUp)
          .orElse(Set.of());
    } catch (RunFailure damaged) {
      // Ids of files and tables among them do no harm: no data file has them in its name.
      Set<UUID> ids = files.read(planFile(folder)).map(TableCheckpoint::uuids).orElse(Set.of());
      LOG.warn("A pass is damaged; these may be its id folder={} ids={}", folder, ids, damaged);
      return ids;
    }
  }

  private static Set<UUID> withGivenUp(Pass pass) {
    Set<UUID> ids = new HashSet<>(pass.plan().givenUp());
    ids.add(pass.plan().passId());
    return ids;
  }

  private static Set<UUID> uuids(String text) {
    return UUIDS
        .matcher(text)
        .results()
        .map(found -> UUID.fromString(found.group()))
        .collect(Collectors.toSet());
  }

  /**
   * Gives all passes up and deletes them; the target is not touched. Killed in the middle, the rest
   * is deleted when the next pass begins and counts as gone until then.
   *
   * @return a line for each pass thrown away
   */
  public List<String> restart(TableRequest request) {
    List<String> thrownAway = passFolders().stream().map(this::describe).toList();
    if (!thrownAway.isEmpty()) {
      String ids =
          givenUp(request).stream().map(UUID::toString).sorted().collect(Collectors.joining("\n"));
      files.write(givenUp(), ids);
      passFolders().forEach(files::delete);
    }
    return thrownAway;
  }

  boolean isBeingGivenUp() {
    return files.exists(givenUp());
  }

  List<Path> passFolders() {
    return files.list(folder).stream()
        .filter(path -> PASS.matcher(path.getName()).matches())
        .sorted(Comparator.comparingInt(TableCheckpoint::number))
        .toList();
  }

  /** A pass as it stands; empty where a driver died before it stored a plan. */
  Optional<Pass> read(Path pass) {
    Path planFile = planFile(pass);
    Optional<String> text = files.read(planFile);
    if (text.isEmpty()) {
      if (!files.list(new Path(pass, "offsets")).isEmpty()) {
        throw Json.damaged(planFile, "it is missing, though Spark has worked by it", null);
      }
      return Optional.empty();
    }
    ScanPlan plan = Json.read(planFile, text.get(), ScanPlan.class, ScanPlan.VERSION);
    Path finishedFile = new Path(pass, "finished.json");
    return Optional.of(
        new Pass(
            number(pass),
            pass,
            plan,
            committed(pass, plan),
            attempts(pass),
            files
                .read(finishedFile)
                .map(found -> Json.read(finishedFile, found, Finished.class, Finished.VERSION))));
  }

  private static int number(Path pass) {
    return Integer.parseInt(pass.getName().substring("pass-".length()));
  }

  private String describe(Path pass) {
    try {
      return read(pass)
          .map(
              found ->
                  "%s of run %s, begun %s, %s done"
                      .formatted(
                          found.folder().getName(),
                          found.plan().runId(),
                          found.plan().createdAt(),
                          found.doneSpans()))
          .orElse(pass.getName() + ", which has no plan yet");
    } catch (RunFailure damaged) {
      return pass.getName() + ", which is damaged";
    }
  }

  private Path holdFolder() {
    return new Path(folder, "hold");
  }

  private Path givenUp() {
    return new Path(folder, "given-up");
  }

  /**
   * Reads Spark's logs. A file of {@code commits} is named for its batch; the file of the same name
   * in {@code offsets} has a line with the version, one with metadata and one for each source
   * (Spark's {@code CommitLog} and {@code OffsetSeqLog}).
   */
  private Committed committed(Path pass, ScanPlan plan) {
    OptionalLong batch =
        files.list(new Path(pass, "commits")).stream()
            .map(Path::getName)
            .filter(name -> BATCH.matcher(name).matches())
            .mapToLong(Long::parseLong)
            .max();
    if (batch.isEmpty()) {
      return Committed.NONE;
    }
    Path file = new Path(new Path(pass, "offsets"), Long.toString(batch.getAsLong()));
    List<String> lines =
        files
            .read(file)
            .orElseThrow(
                () -> Json.damaged(file, "it is missing, though the batch is committed", null))
            .lines()
            .toList();
    if (lines.size() != 3 || !lines.get(0).equals("v1")) {
      throw Json.damaged(
          file, "it is not a log of version v1 with one source in three lines", null);
    }
    int spans = Json.read(file, lines.get(2), Offset.class).spans();
    if (spans < 0 || spans > plan.spans().size()) {
      throw Json.damaged(
          file, "%d spans are done of a plan of %d".formatted(spans, plan.spans().size()), null);
    }
    return new Committed(batch.getAsLong(), spans);
  }

  private List<Attempt> attempts(Path pass) {
    List<Attempt> attempts = new ArrayList<>();
    for (Path file : files.list(new Path(pass, "attempts"))) {
      Matcher name = ATTEMPT.matcher(file.getName());
      Optional<String> text = name.matches() ? files.read(file) : Optional.empty();
      if (text.isPresent()) {
        int number = Integer.parseInt(name.group(1));
        Begun begun = Json.read(file, text.get(), Begun.class);
        Path endFile = attemptEndFile(pass, number);
        attempts.add(
            new Attempt(
                number,
                begun.driver(),
                begun.startedAt(),
                files.read(endFile).map(end -> Json.read(endFile, end, Attempt.End.class))));
      }
    }
    attempts.sort(Comparator.comparingInt(Attempt::number));
    return attempts;
  }

  private static Path attemptFile(Path pass, int number) {
    return new Path(pass, "attempts/%04d.json".formatted(number));
  }

  private static Path attemptEndFile(Path pass, int number) {
    return new Path(pass, "attempts/%04d-end.json".formatted(number));
  }

  /** The offset of our source in Spark's log. */
  private record Offset(int spans) {}

  private record Begun(Driver driver, Instant startedAt) {}
}
