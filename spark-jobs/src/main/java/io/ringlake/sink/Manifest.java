package io.ringlake.sink;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a finished target holds: {@code _ringlake/manifest.json}. Once it is written it alone says
 * which files count.
 *
 * @param version of this format
 * @param passIds the passes whose files are named here, oldest first
 * @param files by path
 */
@JsonPropertyOrder({"version", "passIds", "rows", "bytes", "files"})
@JsonIgnoreProperties(
    value = {"rows", "bytes"},
    allowGetters = true)
public record Manifest(int version, List<UUID> passIds, List<DataFile> files) {

  /** The version that this code writes, and the only one that it reads. */
  public static final int VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Manifest {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "Manifest version %d is not %d, the one that is read".formatted(version, VERSION));
    }
    passIds = List.copyOf(passIds);
    files = List.copyOf(files);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException if it is not a manifest of this version
   */
  static Manifest fromJson(byte[] json) throws IOException {
    return JSON.readValue(json, Manifest.class);
  }

  byte[] toJson() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  /** Rows of all files. */
  @JsonProperty
  public long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  /** Bytes of all files. */
  @JsonProperty
  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  /** Whether that pass is complete in the target. */
  public boolean names(UUID passId) {
    return passIds.contains(passId);
  }

  /** What the files of one pass come to. */
  Written of(UUID passId) {
    List<DataFile> own = filesOf(passId);
    return new Written(
        own.stream().mapToLong(DataFile::rows).sum(),
        own.stream().mapToLong(DataFile::bytes).sum(),
        own.size());
  }

  /** The files that one pass wrote. */
  public List<DataFile> filesOf(UUID passId) {
    return files.stream()
        .filter(file -> PassFileCommitProtocol.wrote(passId, file.path()))
        .toList();
  }

  /**
   * One file.
   *
   * @param path relative to the output, with slashes, not URL-encoded
   * @param partition values by partition column, in the order of the folders; a null value is null
   * @param times what the time partition that the file lies in spans, by the column that it was
   *     taken from
   * @param bounds least and greatest value by column; a column without a value, or whose bounds the
   *     format does not tell, is not there
   */
  public record DataFile(
      String path,
      long bytes,
      long rows,
      Map<String, @Nullable String> partition,
      Map<String, TimeRange> times,
      Map<String, Bounds> bounds) {

    public DataFile {
      partition = Collections.unmodifiableMap(new LinkedHashMap<>(partition));
      times = Collections.unmodifiableMap(new LinkedHashMap<>(times));
      bounds = Collections.unmodifiableMap(new LinkedHashMap<>(bounds));
    }
  }

  /**
   * A span of time.
   *
   * @param start ISO 8601 in UTC
   * @param endExclusive ISO 8601 in UTC
   */
  public record TimeRange(String start, String endExclusive) {}

  /**
   * Least and greatest value of a column in a file: ISO 8601 for dates and timestamps (in UTC), a
   * decimal number for integers, which is microseconds since the epoch for write times.
   */
  public record Bounds(String least, String greatest) {}
}
