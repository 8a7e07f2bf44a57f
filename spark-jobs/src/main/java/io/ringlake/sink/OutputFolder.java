package io.ringlake.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringlake.failure.Causes;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.FileStreamSink;

/**
 * The folder of a file target: which names in it mean what, and every listing and deletion.
 *
 * <p>{@code _ringlake/pass} names the pass that is at work here, from before its first batch until
 * it is finished; {@code _spark_metadata}, Spark's log of committed batches, is that pass's. It is
 * removed before its pass's name is: a log without a name is another writer's.
 */
final class OutputFolder {

  private static final String OWN = "_ringlake";
  private static final String LOG = FileStreamSink.metadataDir();
  private static final String CHECKPOINT = "checkpoint";
  private static final String FIGURES = "figures";

  /** Where {@link #storeFigures} stores, relative to the folder. */
  static final String FIGURES_FOLDER = OWN + "/" + FIGURES;

  private static final String PROBE = ".probe-";
  private static final int MOST_PROBES = 3;
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Configuration conf;
  private final FileSystem fs;
  private final Path root;
  private final ReplaceableFile manifest;
  private final ReplaceableFile pass;

  /**
   * @throws IOException if there is no such file system
   */
  OutputFolder(Path output, Configuration conf) throws IOException {
    this.conf = conf;
    FileSystem given = output.getFileSystem(conf);
    // Checksum files are files too: nobody else may find them in a finished folder.
    this.fs = given instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : given;
    this.root = fs.makeQualified(output);
    this.manifest = new ReplaceableFile(fs, own("manifest.json"));
    this.pass = new ReplaceableFile(fs, own("pass"));
  }

  Path root() {
    return root;
  }

  Path log() {
    return new Path(root, LOG);
  }

  boolean hasLog() throws IOException {
    return fs.exists(log());
  }

  /** What the last finished pass left, empty if none did. */
  Optional<Manifest> manifest() throws IOException {
    Optional<byte[]> json = manifest.read();
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Manifest.fromJson(json.get()));
    } catch (IOException e) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "%s cannot be read, so it is not known which files count: %s"
              .formatted(own("manifest.json"), Causes.firstLine(e)),
          "Restore it, or export to another path. Nothing was deleted.",
          e);
    }
  }

  void storeManifest(Manifest content) throws IOException {
    manifest.write(content.toJson());
  }

  /** Gives the manifest its place if its writer died just before. */
  void settleManifest() throws IOException {
    manifest.settle();
  }

  /** The pass that is at work here, or was when its driver died; empty if there is none. */
  Optional<UUID> pass() throws IOException {
    Optional<byte[]> id = pass.read();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(line(id.get(), 0).orElse("")));
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          ErrorCode.COMMIT_IN_DOUBT,
          "%s does not hold the id of a pass, so it is not known who writes here."
              .formatted(own("pass")),
          "Export to another path, or look who wrote that file. Nothing was deleted.",
          e);
    }
  }

  /** The checkpoint of the pass that is at work here; empty if there is none. */
  Optional<Path> checkpointOfPass() throws IOException {
    return pass.read().flatMap(content -> line(content, 1)).map(Path::new);
  }

  private static Optional<String> line(byte[] content, int number) {
    return new String(content, UTF_8).lines().skip(number).findFirst().map(String::strip);
  }

  /**
   * @param checkpoint of the pass: who wants to take its place finds there whether it is at work
   */
  void storePass(UUID passId, Path checkpoint) throws IOException {
    pass.write("%s%n%s%n".formatted(passId, qualified(checkpoint)).getBytes(UTF_8));
  }

  /** The path with the scheme and the authority of its file system. */
  Path qualified(Path path) throws IOException {
    return path.getFileSystem(conf).makeQualified(path);
  }

  void deletePass() throws IOException {
    pass.delete();
  }

  /** Deletes the log, and what was counted of the files in it. */
  void deleteLog() throws IOException {
    delete(fs, log());
    delete(fs, own(FIGURES));
  }

  /**
   * Stores what was counted of the files of a batch, until the log is deleted. Each call makes a
   * file of its own: a driver that another one has taken over from must not take that one's away.
   */
  void storeFigures(String batch, byte[] json) throws IOException {
    Path file = new Path(own(FIGURES), "%s-%s.json".formatted(batch, UUID.randomUUID()));
    try (OutputStream out = fs.create(file, false)) {
      out.write(json);
    }
  }

  /** What was counted of the files of each batch; what a driver stored that died may be cut off. */
  List<byte[]> figures() throws IOException {
    List<byte[]> figures = new ArrayList<>();
    for (FileStatus file : list(own(FIGURES))) {
      try (InputStream in = fs.open(file.getPath())) {
        figures.add(in.readAllBytes());
      }
    }
    return figures;
  }

  /** Writes a file of ours that nobody needs to be complete before the manifest is there. */
  void storeOwn(String name, String content) throws IOException {
    try (OutputStream out = fs.create(own(name), true)) {
      out.write(content.getBytes(UTF_8));
    }
  }

  void markComplete() throws IOException {
    fs.create(success(), true).close();
  }

  boolean isMarkedComplete() throws IOException {
    return fs.exists(success());
  }

  void unmarkComplete() throws IOException {
    delete(fs, success());
  }

  /**
   * All files that are not ours or the log's.
   *
   * @return length by path relative to the folder
   */
  SortedMap<String, Long> files() throws IOException {
    SortedMap<String, Long> files = new TreeMap<>();
    findFile(
        file -> {
          files.put(relative(file.getPath()), file.getLen());
          return false;
        });
    return files;
  }

  /**
   * The first file found that is wanted, of those that are not ours or the log's. Folders of ours
   * are not looked into: other drivers come and go there, and what goes away under a recursive
   * listing of Hadoop's is an error on local disks.
   */
  Optional<String> findFile(Predicate<FileStatus> wanted) throws IOException {
    Deque<Path> folders = new ArrayDeque<>(List.of(root));
    while (!folders.isEmpty()) {
      for (FileStatus entry : list(folders.pop())) {
        String path = relative(entry.getPath());
        if (!entry.isDirectory()) {
          if (wanted.test(entry)) {
            return Optional.of(path);
          }
        } else if (!path.equals(OWN) && !path.equals(LOG)) {
          folders.push(entry.getPath());
        }
      }
    }
    return Optional.empty();
  }

  /** The path of a file relative to the folder, with slashes, not URL-encoded. */
  String relative(Path file) {
    String prefix = slashed();
    String path = file.toUri().getPath();
    if (!path.startsWith(prefix)) {
      throw new IllegalStateException("%s is not below %s".formatted(file, root));
    }
    return path.substring(prefix.length());
  }

  /**
   * @param path relative to the folder
   */
  Path absolute(String path) {
    return new Path(root.toUri().getScheme(), root.toUri().getAuthority(), slashed() + path);
  }

  /** The length of a file in bytes. */
  long length(String path) throws IOException {
    return fs.getFileStatus(absolute(path)).getLen();
  }

  void deleteFile(String path) throws IOException {
    delete(fs, absolute(path));
  }

  /**
   * Deletes all but the checkpoint in {@code _ringlake}. Can be repeated after it died anywhere:
   * the log goes before the name of its pass, and what says that the folder is complete goes first.
   */
  void empty() throws IOException {
    unmarkComplete();
    deleteLog();
    pass.delete();
    manifest.delete();
    for (FileStatus entry : list(root)) {
      if (!entry.getPath().getName().equals(OWN)) {
        delete(fs, entry.getPath());
      }
    }
    for (FileStatus entry : list(new Path(root, OWN))) {
      if (!entry.getPath().getName().equals(CHECKPOINT)) {
        delete(fs, entry.getPath());
      }
    }
  }

  /** Whether {@link #empty} would delete a path. */
  boolean wouldDelete(Path path) throws IOException {
    URI other = qualified(path).toUri();
    URI own = root.toUri();
    boolean sameStore =
        Objects.equals(other.getScheme(), own.getScheme())
            && Objects.equals(other.getAuthority(), own.getAuthority());
    String inside = other.getPath() + "/";
    return sameStore
        && inside.startsWith(slashed())
        && !inside.startsWith(own(CHECKPOINT).toUri().getPath() + "/");
  }

  /**
   * @throws IOException if there is a file where the folder, or one above it, should be
   */
  void requireNoFile() throws IOException {
    Path there = root;
    while (!fs.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (fs.exists(there) && !fs.getFileStatus(there).isDirectory()) {
      throw new FileAlreadyExistsException(there.toUri().getPath() + " is a file, not a folder");
    }
  }

  /**
   * Writes a file and removes it again, with the folders that had to be made for it. Tries that
   * again a moment later: another driver that does the same at the same time may have removed a
   * folder that it had made, just when this one found it there.
   */
  void probe() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        probeOnce();
        return;
      } catch (IOException e) {
        if (tries == MOST_PROBES) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void probeOnce() throws IOException {
    Path probe = own(PROBE + UUID.randomUUID());
    Deque<Path> made = new ArrayDeque<>();
    for (Path at = probe.getParent(); at != null && !fs.exists(at); at = at.getParent()) {
      made.addLast(at);
    }
    try {
      fs.create(probe, true).close();
    } catch (IOException e) {
      try {
        remove(probe, made);
      } catch (IOException alsoThis) {
        e.addSuppressed(alsoThis);
      }
      throw e;
    }
    remove(probe, made);
  }

  /** Deletes what drivers left that died in {@link #probe}. */
  void deleteProbes() throws IOException {
    for (FileStatus entry : list(new Path(root, OWN))) {
      if (entry.getPath().getName().startsWith(PROBE)) {
        delete(fs, entry.getPath());
      }
    }
  }

  private void remove(Path probe, Iterable<Path> made) throws IOException {
    delete(fs, probe);
    for (Path folder : made) {
      if (list(folder).length == 0) {
        removeEmpty(folder);
      }
    }
  }

  /** Unless somebody else has put something there meanwhile. */
  private void removeEmpty(Path folder) throws IOException {
    try {
      fs.delete(folder, false);
    } catch (IOException e) {
      if (list(folder).length == 0) {
        throw e;
      }
    }
  }

  /** Deletes a file, or a folder with all that it holds, if it is there. */
  static void delete(FileSystem fs, Path path) throws IOException {
    if (fs.exists(path) && !fs.delete(path, true) && fs.exists(path)) {
      throw new IOException("%s could not be deleted".formatted(path));
    }
  }

  private FileStatus[] list(Path folder) throws IOException {
    try {
      return fs.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private Path own(String name) {
    return new Path(new Path(root, OWN), name);
  }

  private Path success() {
    return new Path(root, "_SUCCESS");
  }

  private String slashed() {
    String folder = root.toUri().getPath();
    return folder.endsWith("/") ? folder : folder + "/";
  }
}
