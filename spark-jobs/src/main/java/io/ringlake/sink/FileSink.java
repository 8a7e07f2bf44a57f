package io.ringlake.sink;

import io.ringlake.config.WriteMode;
import io.ringlake.failure.Causes;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.sink.FileFooters.Footer;
import io.ringlake.sink.Manifest.DataFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.streaming.FileStreamSink;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;

/**
 * Files of one format in Hive folders, through Spark's own streaming file sink, which asks its log
 * whether a batch is there before it writes. What holds, wherever a driver dies:
 *
 * <ul>
 *   <li>Nothing is deleted before {@link #prepare}. That removes {@code _SUCCESS}, what passes that
 *       were given up left, and in mode overwrite all else, then names this pass as the one at
 *       work. Once named, it never does any of that again.
 *   <li>A batch is written only while this pass is named and the log holds all batches before it.
 *   <li>Until the manifest names this pass, the log says which files count. Files are removed only
 *       if they have this pass in their name, and only after the log was found complete and every
 *       file of it there.
 *   <li>From then on the manifest says it, and the log is not read again.
 *   <li>Files without the id of this pass or of one that was given up are never removed, except by
 *       overwrite.
 * </ul>
 */
final class FileSink implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);
  static final String NOTHING_DELETED = "Nothing was deleted.";

  private final SparkSession session;
  private final FileTarget target;
  private final FileFormat format;
  private final FileFooters footers;
  private final TableStorage storage;
  private final Runnable hold;
  private final OutputFolder folder;
  private final PassLog log;
  private final TargetCheck check;

  /** Whether the manifest named this pass when it was prepared. */
  private boolean finished;

  FileSink(
      SparkSession session,
      FileTarget target,
      FileFormat format,
      FileFooters footers,
      TableStorage storage,
      Runnable hold) {
    this.session = session;
    this.target = target;
    this.format = format;
    this.footers = footers;
    this.storage = storage;
    this.hold = hold;
    session
        .conf()
        .set("spark.sql.streaming.commitProtocolClass", PassFileCommitProtocol.class.getName());
    session.conf().set(PassFileCommitProtocol.PASS, target.passId().toString());
    try {
      this.folder = new OutputFolder(target.output(), session.sessionState().newHadoopConf());
    } catch (IOException | RuntimeException e) {
      throw unwritable(e);
    }
    this.log = new PassLog(session, folder);
    this.check = new TargetCheck(target, folder);
  }

  @Override
  public void look() {
    try {
      check.requireAdmission();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void check() {
    look();
    try {
      folder.probe();
    } catch (IOException | RuntimeException e) { // local disks throw both
      throw unwritable(e);
    }
  }

  @Override
  public List<String> prepare(long lastBatchId) {
    hold.run();
    try {
      finished = isComplete(folder.manifest());
      if (finished) {
        return List.of();
      }
      if (isAtWork()) {
        requireLogOf(lastBatchId, lastBatchId + 1);
        return List.of();
      }
      if (lastBatchId >= 0) {
        throw notAtWork("its batches 0 to %d should be there".formatted(lastBatchId));
      }
      begin();
      return List.of();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void write(long batchId, Dataset<Row> rows) {
    hold.run();
    try {
      if (finished) {
        throw new RunFailure(
            ErrorCode.COMMIT_IN_DOUBT,
            "By its manifest %s is finished, but by Spark's checkpoint batch %d is still to come."
                .formatted(folder.root(), batchId),
            "Look who changed the checkpoint; --restart begins anew. " + NOTHING_DELETED);
      }
      if (!isAtWork()) {
        throw notAtWork("its batch %d cannot be written".formatted(batchId));
      }
      requireLogOf(batchId - 1, batchId);
      new FileStreamSink(
              session,
              folder.root().toString(),
              format,
              JavaConverters.asScalaBuffer(target.partitionColumns()).toSeq(),
              Map$.MODULE$.<String, String>empty().updated("timeZone", "UTC"))
          .addBatch(batchId, rows);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public Optional<Path> otherCheckpoint() {
    try {
      Path own = folder.qualified(target.checkpoint());
      return folder.checkpointOfPass().filter(other -> !other.equals(own));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public boolean isComplete() {
    try {
      Optional<Manifest> manifest = folder.manifest();
      return isComplete(manifest)
          && folder.isMarkedComplete()
          && holds(manifest.orElseThrow().filesOf(target.passId()));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public Written finish(long lastBatchId) {
    hold.run();
    try {
      Optional<Manifest> stored = folder.manifest();
      if (isComplete(stored) && !isAtWork()) {
        return stored.orElseThrow().of(target.passId());
      }
      Manifest manifest = isComplete(stored) ? stored.orElseThrow() : complete(lastBatchId, stored);
      Set<UUID> ended = new HashSet<>(target.givenUp());
      ended.add(target.passId());
      Set<String> counting = pathsOf(manifest.files());
      // Listed again: a task that lost a race may have written while the manifest was made.
      SortedMap<String, Long> present = folder.files();
      removeFilesOf(ended, present, counting::contains);
      check.requireNoOthers(counting, present);
      hold.run();
      folder.deleteProbes();
      folder.settleManifest();
      folder.markComplete();
      folder.deleteLog();
      folder.deletePass();
      return manifest.of(target.passId());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private boolean isComplete(Optional<Manifest> manifest) {
    return manifest.isPresent() && manifest.get().names(target.passId());
  }

  private boolean holds(List<DataFile> files) throws IOException {
    SortedMap<String, Long> present = folder.files();
    return files.stream()
        .allMatch(file -> Long.valueOf(file.bytes()).equals(present.get(file.path())));
  }

  private boolean isAtWork() throws IOException {
    return folder.pass().equals(Optional.of(target.passId()));
  }

  /** All that happens before the first batch. Leaves this pass named as the one at work. */
  private void begin() throws IOException {
    check.requireAdmission();
    hold.run();
    folder.unmarkComplete();
    if (target.mode() == WriteMode.OVERWRITE) {
      LOG.info("Emptying the output path={}", folder.root());
      folder.empty();
    } else {
      Set<String> named = folder.manifest().map(m -> pathsOf(m.files())).orElse(Set.of());
      removeFilesOf(target.givenUp(), folder.files(), named::contains);
      folder.deleteLog();
    }
    folder.storePass(target.passId(), target.checkpoint());
  }

  /** Makes the manifest the one that says which files count. */
  private Manifest complete(long lastBatchId, Optional<Manifest> stored) throws IOException {
    if (!isAtWork()) {
      throw notAtWork("it cannot be finished");
    }
    requireLogOf(lastBatchId, lastBatchId);
    SortedMap<String, Long> present = folder.files();
    SortedMap<String, Long> committed = log.files();
    check.requireFiles(committed, present);
    List<DataFile> earlier = stillThere(stored, present);
    Set<String> counting = pathsOf(earlier);
    counting.addAll(committed.keySet());
    removeFilesOf(Set.of(target.passId()), present, counting::contains);

    List<DataFile> written = describe(committed);
    List<DataFile> files = withoutEmptyOnes(earlier, written);
    List<UUID> passes = new ArrayList<>(stored.map(Manifest::passIds).orElse(List.of()));
    passes.add(target.passId());
    Manifest manifest = new Manifest(Manifest.VERSION, passes, files);
    hold.run();
    folder.storeOwn("schema.cql", target.ddl().strip() + "\n");
    folder.storeOwn("table.sql", new TableDdl(target, folder.root(), storage).sql());
    folder.storeManifest(manifest);
    return manifest;
  }

  private void requireLogOf(long least, long greatest) throws IOException {
    long last = log.lastBatchId();
    if (last < least || last > greatest) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "%s, where batch %d is the last by Spark's checkpoint, ends with batch %d (-1 is none)."
              .formatted(folder.log(), least, last),
          "Look who changed the output or the checkpoint; --restart with --mode overwrite begins"
              + " anew. "
              + NOTHING_DELETED);
    }
  }

  /** What an earlier manifest names and somebody else removed or replaced does not count. */
  private List<DataFile> stillThere(Optional<Manifest> stored, SortedMap<String, Long> present) {
    List<DataFile> there = new ArrayList<>();
    for (DataFile file : stored.map(Manifest::files).orElse(List.of())) {
      if (Long.valueOf(file.bytes()).equals(present.get(file.path()))) {
        there.add(file);
      } else {
        LOG.warn(
            "A file of an earlier export is gone or was replaced, and is left out of the manifest"
                + " path={} bytes={} rows={}",
            file.path(),
            file.bytes(),
            file.rows());
      }
    }
    return there;
  }

  private List<DataFile> describe(SortedMap<String, Long> files) throws IOException {
    List<String> paths = List.copyOf(files.keySet());
    List<Footer> found = footers.read(session, folder, paths, target.boundColumns());
    List<DataFile> described = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      described.add(describe(path, files.getOrDefault(path, 0L), found.get(i)));
    }
    return described;
  }

  private DataFile describe(String path, long bytes, Footer footer) {
    var partition = target.partition(path);
    return new DataFile(
        path, bytes, footer.rows(), partition, target.times(partition), footer.bounds());
  }

  /**
   * Batches without rows leave files without rows, or none at all. A table with rows needs none of
   * them; one without needs one, or nobody can read its columns.
   */
  private List<DataFile> withoutEmptyOnes(List<DataFile> earlier, List<DataFile> written)
      throws IOException {
    List<DataFile> all =
        Stream.concat(earlier.stream(), written.stream())
            .sorted(Comparator.comparing(DataFile::path))
            .toList();
    List<DataFile> filled = all.stream().filter(file -> file.rows() > 0).toList();
    if (filled.isEmpty()) {
      if (all.isEmpty()) {
        return List.of(writeEmptyFile());
      }
      filled = List.of(all.get(0));
    }
    Set<String> kept = pathsOf(filled);
    for (DataFile file : earlier) {
      if (!kept.contains(file.path())) {
        hold.run();
        folder.deleteFile(file.path());
      }
    }
    return filled;
  }

  /** A file with all columns, those that folders would be named for too, and no row. */
  private DataFile writeEmptyFile() throws IOException {
    Job job = Job.getInstance(session.sessionState().newHadoopConf());
    StructType schema = target.schema();
    OutputWriterFactory writers =
        format.prepareWrite(session, job, Map$.MODULE$.<String, String>empty(), schema);
    TaskAttemptContext task =
        new TaskAttemptContextImpl(job.getConfiguration(), new TaskAttemptID());
    String name =
        "part-00000-%s-%s-c000%s"
            .formatted(UUID.randomUUID(), target.passId(), writers.getFileExtension(task));
    writers.newInstance(folder.absolute(name).toString(), schema, task).close();
    return describe(name, folder.length(name), new Footer(0, Map.of()));
  }

  /** Deletes what passes wrote, also from what is present. */
  private void removeFilesOf(
      Set<UUID> passes, SortedMap<String, Long> present, Predicate<String> keep)
      throws IOException {
    List<String> orphans =
        present.keySet().stream()
            .filter(path -> PassFileCommitProtocol.wroteAny(passes, path) && !keep.test(path))
            .toList();
    if (!orphans.isEmpty()) {
      long attempts = orphans.stream().filter(path -> !path.endsWith(".crc")).count();
      if (attempts > 0) { // local disks have a checksum file beside each file
        LOG.info("Removing files of dead attempts files={} path={}", attempts, folder.root());
      }
      hold.run();
      for (String orphan : orphans) {
        folder.deleteFile(orphan);
        present.remove(orphan);
      }
    }
  }

  private static Set<String> pathsOf(List<DataFile> files) {
    return files.stream().map(DataFile::path).collect(Collectors.toCollection(HashSet::new));
  }

  private RunFailure notAtWork(String why) throws IOException {
    return new RunFailure(
        ErrorCode.TARGET_LOST_FILES,
        "%s belongs to %s now, not to pass %s: %s."
            .formatted(
                folder.root(),
                folder.pass().map(other -> "pass " + other).orElse("no pass"),
                target.passId(),
                why),
        "Look who else writes to this path or emptied it; --restart begins anew. "
            + NOTHING_DELETED);
  }

  private RunFailure unwritable(Exception e) {
    return new RunFailure(
        ErrorCode.TARGET_UNWRITABLE,
        "Cannot write to %s: %s".formatted(target.output(), Causes.firstLine(e)),
        "Make it writable for this user, or choose another path with --output.",
        e);
  }

  private RunFailure failed(IOException e) {
    return new RunFailure(
        ErrorCode.TARGET_UNWRITABLE,
        "Writing to %s failed: %s".formatted(target.output(), Causes.firstLine(e)),
        "Run the same command when it answers again: it resumes.",
        e);
  }
}
