package io.ringlake.config;

import java.util.List;

/** What is written, and how it can be compressed. */
public enum OutputFormat {
  PARQUET,
  CSV,
  JSON,
  ICEBERG,
  DELTA;

  /** The words for its compressions, that of the default first. */
  public List<String> compressions() {
    return isText()
        ? List.of("gzip", "zstd", "bzip2", "lz4", "deflate", "uncompressed")
        : List.of("zstd", "snappy", "gzip", "uncompressed");
  }

  /** Whether the output is a table, which knows its columns, not just files in folders. */
  public boolean isTable() {
    return isIceberg() || this == DELTA;
  }

  /** Whether the output is an Iceberg table. */
  public boolean isIceberg() {
    return this == ICEBERG;
  }

  /** Whether its files are text. */
  public boolean isText() {
    return this == CSV || this == JSON;
  }
}
