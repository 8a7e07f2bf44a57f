package io.ringlake.checkpoint;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The small files of a checkpoint, on any file system that Hadoop knows. */
final class CheckpointFiles {

  private static final int MOST_TRIES = 5;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final FileSystem fileSystem;

  /**
   * @param root a folder that need not exist; decides the file system
   * @throws RunFailure if there is no such file system or it is not reached
   */
  CheckpointFiles(Path root, Configuration configuration) {
    try {
      FileSystem found = root.getFileSystem(configuration);
      // Without checksum files: a file and its .crc are not replaced in one step.
      fileSystem = found instanceof LocalFileSystem local ? local.getRaw() : found;
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  CheckpointFiles(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** The text of a file; empty if there is none. */
  Optional<String> read(Path file) {
    try (InputStream in = fileSystem.open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Writes a file that is seen whole or not at all, by renaming one that is written beside it: in
   * one step on a file system, by the copy of one object, which appears whole, on an object store.
   */
  void write(Path file, String text) {
    Path beside =
        new Path(file.getParent(), ".%s.%s.tmp".formatted(file.getName(), UUID.randomUUID()));
    overwrite(beside, text);
    try {
      if (!renamed(beside, file)) {
        // HDFS and object stores do not replace what is there.
        fileSystem.delete(file, false);
        if (!fileSystem.rename(beside, file)) {
          throw new IOException("it could not be renamed from " + beside);
        }
      }
    } catch (IOException e) {
      throw unwritable(file, "written", e);
    }
  }

  /** Whether the file took its place; file systems say in two ways that there is one already. */
  private boolean renamed(Path from, Path to) throws IOException {
    try {
      return fileSystem.rename(from, to);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * Writes a file in place: others may see it empty or cut short. Tries that again a moment later:
   * another driver that tries the same target removes the folders that it had made for that, maybe
   * just when this one found them there.
   */
  void overwrite(Path file, String text) {
    for (int tries = 1; ; tries++) {
      try (OutputStream out = fileSystem.create(file, true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return;
      } catch (IOException e) {
        if (tries == MOST_TRIES) {
          // Names that begin with a dot are made up here and mean nothing to whoever reads this.
          boolean named = !file.getName().startsWith(".");
          throw unwritable(named ? file : file.getParent(), "written", e);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /** What a folder holds, sorted by name; empty if there is no such folder. */
  List<Path> list(Path folder) {
    try {
      return Arrays.stream(fileSystem.listStatus(folder))
          .map(FileStatus::getPath)
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  boolean exists(Path path) {
    try {
      return fileSystem.exists(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Deletes a file or a whole folder, if it is there. */
  void delete(Path path) {
    try {
      fileSystem.delete(path, true);
    } catch (FileNotFoundException e) {
      // somebody else deleted it
    } catch (IOException e) {
      throw unwritable(path, "deleted", e);
    }
  }

  private static RunFailure unreadable(Path path, IOException cause) {
    return new RunFailure(
        ErrorCode.CHECKPOINT_UNREADABLE,
        "%s cannot be read: %s".formatted(path, said(cause)),
        "Look at --checkpoint (by default below --output) and at the permissions there, then run the"
            + " same command again.",
        cause);
  }

  private static RunFailure unwritable(Path path, String what, IOException cause) {
    return new RunFailure(
        ErrorCode.CHECKPOINT_UNWRITABLE,
        "%s cannot be %s: %s".formatted(path, what, said(cause)),
        "Look at --checkpoint (by default below --output), at the permissions and the space there, then run the same command"
            + " again.",
        cause);
  }

  /** An exception in one line; the class says what some messages leave out. */
  private static String said(IOException cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName()
        + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
  }
}
