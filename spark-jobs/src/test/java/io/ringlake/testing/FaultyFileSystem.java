package io.ringlake.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * The local disk under the scheme {@code faulty:}, with one fault: {@code faulty:/tmp/x} is the
 * file {@code /tmp/x}. It counts the calls that change something in this JVM, over all instances
 * and threads, and fails or halts the JVM at a chosen one. There are no checksum files, and no
 * {@code AbstractFileSystem} of this scheme, so Spark keeps its logs here through plain {@code
 * FileSystem} calls.
 *
 * <p>Operations are {@code create}, {@code close} (of a file that was created or appended to),
 * {@code append}, {@code rename} (its path is the destination), {@code delete} (counted also if
 * nothing is there) and {@code mkdirs}. What one call does inside counts as that one call.
 *
 * <p>The fault is set by {@link #arm}, or once per JVM by these keys, as Java system properties or,
 * where there is none, in the Hadoop configuration (in Spark's: {@code spark.hadoop.ringlake…})
 * that the first instance is made with:
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>key<th>values<th>default
 * <tr><td>{@code ringlake.faulty.action}<td>{@code none}, {@code fail} (an IOException that says
 *     "injected"), {@code halt} ({@code Runtime.halt}, exit code 137)<td>{@code none}
 * <tr><td>{@code ringlake.faulty.operation}<td>a regular expression that the operation's name
 *     matches<td>{@code .*}
 * <tr><td>{@code ringlake.faulty.path}<td>a regular expression that is found in the path<td>empty
 * <tr><td>{@code ringlake.faulty.nth}<td>which of the calls that match, from 1<td>1
 * <tr><td>{@code ringlake.faulty.times}<td>{@code once}; {@code always}: that one and every
 *     <em>mutating</em> call after it, matching or not<td>{@code once}
 * <tr><td>{@code ringlake.faulty.when}<td>{@code before} or {@code after} the call is
 *     done<td>{@code before}
 * </table>
 *
 * <p>Steps of an export, with output and checkpoint in this file system:
 *
 * <ul>
 *   <li>plan stored: {@code rename}, {@code plan\.json$}, after
 *   <li>offset of batch n logged: {@code rename}, {@code /offsets/n$}, after
 *   <li>n-th file open: {@code create}, {@code /part-}, nth = n, after
 *   <li>tasks of batch n done, before the sink's commit: {@code rename}, {@code
 *       /_spark_metadata/n$}, before; the sink's commit done: the same, after
 *   <li>before Spark's commit log: {@code rename}, {@code /commits/n$}, before
 *   <li>finish: orphans {@code delete /part-}; {@code create /schema\.cql$}; {@code rename
 *       \.manifest\.json\.next$} before, after (from here on the manifest counts); {@code rename
 *       /manifest\.json$}; {@code create /_SUCCESS$}; {@code delete /_spark_metadata$}; {@code
 *       delete /_ringlake/pass$}, each before and after
 * </ul>
 */
public final class FaultyFileSystem extends RawLocalFileSystem {

  /** What happens at the chosen call. */
  public enum Action {
    NONE,
    FAIL,
    HALT
  }

  /** Whether calls after the chosen one fail too. */
  public enum Times {
    ONCE,
    ALWAYS
  }

  /** Whether the chosen call is done or not. */
  public enum When {
    BEFORE,
    AFTER
  }

  /**
   * A fault; its parts are described above.
   *
   * @param nth 1 or above
   */
  public record Fault(
      Action action, Pattern operation, Pattern path, long nth, Times times, When when) {

    public Fault {
      if (nth < 1) {
        throw new IllegalArgumentException("The %d-th call does not exist".formatted(nth));
      }
    }

    /** No fault: calls are only counted. */
    public static Fault none() {
      return new Fault(
          Action.NONE, Pattern.compile(".*"), Pattern.compile(""), 1, Times.ONCE, When.BEFORE);
    }

    /** Fails at the nth mutating call of any kind. */
    public static Fault failAt(long nth, Times times, When when) {
      return new Fault(Action.FAIL, Pattern.compile(".*"), Pattern.compile(""), nth, times, when);
    }

    /** Fails at the first call of an operation on a path. */
    public static Fault failAt(String operation, String path, Times times, When when) {
      return new Fault(
          Action.FAIL, Pattern.compile(operation), Pattern.compile(path), 1, times, when);
    }
  }

  private static final URI NAME = URI.create("faulty:///");
  private static final String PREFIX = "ringlake.faulty.";
  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);
  private static final Object LOCK = new Object();

  // One fault per JVM: Hadoop makes instances as it likes.
  private static @Nullable Fault fault;
  private static final List<String> CALLS = new ArrayList<>();
  private static long matched;

  /** Sets the fault and begins to count anew. */
  public static void arm(Fault next) {
    synchronized (LOCK) {
      fault = next;
      CALLS.clear();
      matched = 0;
    }
  }

  /** The mutating calls since {@link #arm}, in their order, as {@code operation path}. */
  public static List<String> calls() {
    synchronized (LOCK) {
      return List.copyOf(CALLS);
    }
  }

  @Override
  public String getScheme() {
    return NAME.getScheme();
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    synchronized (LOCK) {
      if (fault == null) {
        arm(read(conf));
      }
    }
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return open(
        "create",
        file,
        () ->
            super.create(
                file, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return open(
        "create",
        file,
        () -> super.create(file, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path file,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return open(
        "create",
        file,
        () ->
            super.createNonRecursive(
                file, permission, flags, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream append(Path file, int bufferSize, Progressable progress)
      throws IOException {
    return open("append", file, () -> super.append(file, bufferSize, progress));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return mutate("rename", to, () -> super.rename(from, to));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return mutate("delete", path, () -> super.delete(path, recursive));
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return mutate("mkdirs", path, () -> super.mkdirs(path));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return mutate("mkdirs", path, () -> super.mkdirs(path, permission));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus[] found = super.listStatus(path);
    for (int i = 0; i < found.length; i++) {
      found[i] = plain(found[i]);
    }
    return found;
  }

  /** Without what the parent class asks the disk for by {@code file:}: owner and permissions. */
  private static FileStatus plain(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        status.getReplication(),
        status.getBlockSize(),
        status.getModificationTime(),
        status.getPath());
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private static FSDataOutputStream open(String operation, Path file, Call<FSDataOutputStream> call)
      throws IOException {
    boolean outermost = !INSIDE.get();
    FSDataOutputStream out = mutate(operation, file, call);
    return outermost ? new FSDataOutputStream(new CountedClose(file, out), null) : out;
  }

  private static <T> T mutate(String operation, Path path, Call<T> call) throws IOException {
    if (INSIDE.get()) {
      return call.run();
    }
    Fault struck = count(operation, path);
    if (struck.when() == When.BEFORE) {
      strike(struck, operation, path);
    }
    T result;
    INSIDE.set(true);
    try {
      result = call.run();
    } finally {
      INSIDE.set(false);
    }
    if (struck.when() == When.AFTER) {
      strike(struck, operation, path);
    }
    return result;
  }

  /** What is to happen at this call. */
  private static Fault count(String operation, Path path) {
    synchronized (LOCK) {
      CALLS.add(operation + " " + path.toUri().getPath());
      Fault set = fault == null ? Fault.none() : fault;
      boolean reached = matched >= set.nth();
      boolean matches =
          set.operation().matcher(operation).matches()
              && set.path().matcher(path.toUri().getPath()).find();
      if (matches) {
        matched++;
      }
      boolean strikes =
          (matches && matched == set.nth()) || (reached && set.times() == Times.ALWAYS);
      return strikes ? set : Fault.none();
    }
  }

  private static void strike(Fault struck, String operation, Path path) throws IOException {
    switch (struck.action()) {
      case NONE -> {}
      case FAIL ->
          throw new IOException(
              "injected %s %s of %s"
                  .formatted(struck.when().name().toLowerCase(Locale.ROOT), operation, path));
      case HALT -> Runtime.getRuntime().halt(137);
    }
  }

  private static Fault read(Configuration conf) {
    return new Fault(
        Action.valueOf(setting(conf, "action", "none").toUpperCase(Locale.ROOT)),
        Pattern.compile(setting(conf, "operation", ".*")),
        Pattern.compile(setting(conf, "path", "")),
        Long.parseLong(setting(conf, "nth", "1")),
        Times.valueOf(setting(conf, "times", "once").toUpperCase(Locale.ROOT)),
        When.valueOf(setting(conf, "when", "before").toUpperCase(Locale.ROOT)));
  }

  private static String setting(Configuration conf, String name, String otherwise) {
    return System.getProperty(PREFIX + name, conf.get(PREFIX + name, otherwise));
  }

  /** A file being written; a close that fails leaves it as it is, for good. */
  private static final class CountedClose extends OutputStream {

    private final Path file;
    private final FSDataOutputStream out;
    private boolean closed;

    CountedClose(Path file, FSDataOutputStream out) {
      this.file = file;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        mutate(
            "close",
            file,
            () -> {
              out.close();
              return true;
            });
      }
    }
  }
}
