package io.ringlake.sink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A small file whose content is, to whoever reads it by this class, either the old or the new one,
 * wherever a writer dies.
 *
 * <p>It asks no more of a file system than a rename to a name that is free: replacing by rename is
 * refused by HDFS' {@code FileSystem}, not atomic on object stores, and answered by silence in
 * some. So the new content is complete beside the old one, and counts, before the old one goes.
 */
final class ReplaceableFile {

  private final FileSystem fs;
  private final Path file;
  private final Path next;
  private final Path unfinished;

  ReplaceableFile(FileSystem fs, Path file) {
    this.fs = fs;
    this.file = file;
    this.next = new Path(file.getParent(), "." + file.getName() + ".next");
    this.unfinished = new Path(file.getParent(), "." + file.getName() + ".unfinished");
  }

  /** The content, empty if there is no such file. */
  Optional<byte[]> read() throws IOException {
    // Twice: between a look at one name and at the other, a writer may move it to the first.
    for (Path path : List.of(next, file, next, file)) {
      Optional<byte[]> content = read(path);
      if (content.isPresent()) {
        return content;
      }
    }
    return Optional.empty();
  }

  /** Replaces the content. */
  void write(byte[] content) throws IOException {
    try (OutputStream out = fs.create(unfinished, true)) {
      out.write(content);
    }
    settle();
    rename(unfinished, next);
    settle();
  }

  /** Deletes the file if it is there. */
  void delete() throws IOException {
    for (Path path : new Path[] {file, next, unfinished}) {
      OutputFolder.delete(fs, path);
    }
  }

  /** Ends a replacement that died after the new content counted. */
  void settle() throws IOException {
    if (fs.exists(next)) {
      OutputFolder.delete(fs, file);
      rename(next, file);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!fs.rename(from, to)) {
      throw new IOException("%s could not be renamed to %s".formatted(from, to));
    }
  }

  private Optional<byte[]> read(Path path) throws IOException {
    try (InputStream in = fs.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
