package io.ringlake.config;

import java.util.List;

/** What is written, and how it can be compressed. */
public enum OutputFormat {
  PARQUET("zstd", "snappy", "gzip", "uncompressed"),
  CSV("gzip", "zstd", "bzip2", "lz4", "deflate", "uncompressed"),
  JSON("gzip", "zstd", "bzip2", "lz4", "deflate", "uncompressed");

  private final List<String> compressions;

  OutputFormat(String... compressions) {
    this.compressions = List.of(compressions);
  }

  /** The words for its compressions, that of the default first. */
  public List<String> compressions() {
    return compressions;
  }

  /** Whether its files are text. */
  public boolean isText() {
    return this != PARQUET;
  }
}
