package io.ringlake.sink;

import java.util.List;
import java.util.Map;

/**
 * What a finished target holds: {@code _ringlake/manifest.json}.
 *
 * @param passIds the passes whose files are named here, oldest first
 */
public record Manifest(int version, List<String> passIds, List<DataFile> files) {

  public Manifest {
    passIds = List.copyOf(passIds);
    files = List.copyOf(files);
  }

  public long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  /**
   * One file.
   *
   * @param path relative to the output, with slashes, not URL-encoded
   * @param partition values by partition column, in the order of the folders; a null value is null
   * @param bounds least and greatest value by column, ISO 8601 for times, micros for write times
   */
  public record DataFile(
      String path,
      long bytes,
      long rows,
      Map<String, String> partition,
      Map<String, Bounds> bounds) {}

  /** Least and greatest value of a column in a file. */
  public record Bounds(String least, String greatest) {}
}
