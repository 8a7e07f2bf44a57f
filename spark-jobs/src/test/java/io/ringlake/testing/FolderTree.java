package io.ringlake.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies below a folder, to tell whether something was written there. */
public final class FolderTree {

  private FolderTree() {}

  /**
   * Every file and folder below a folder, by relative path, with its length and its last change.
   */
  public static SortedMap<String, String> of(Path root) {
    SortedMap<String, String> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        FileTime changed = Files.getLastModifiedTime(path);
        boolean isFile = Files.isRegularFile(path);
        // A folder's time moves with a probe that is made and removed in it.
        tree.put(
            root.relativize(path).toString(),
            isFile ? "%d bytes of %s".formatted(Files.size(path), changed) : "folder");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree;
  }
}
