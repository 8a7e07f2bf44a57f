package io.ringlake.config;

import java.util.List;

/** What is written, and how it can be compressed. */
public enum OutputFormat {
  PARQUET,
  CSV,
  JSON,
  ICEBERG,
  S3_TABLES,
  DELTA;

  /** The words for its compressions, that of the default first. */
  public List<String> compressions() {
    return switch (this) {
      case PARQUET, ICEBERG, DELTA -> List.of("zstd", "snappy", "gzip", "uncompressed");
      case S3_TABLES -> List.of("zstd", "snappy");
      case CSV, JSON -> List.of("gzip", "zstd", "bzip2", "lz4", "deflate", "uncompressed");
    };
  }

  /** Whether the output is a table, which knows its columns, not just files in folders. */
  public boolean isTable() {
    return isIceberg() || this == DELTA;
  }

  /** Whether the output is an Iceberg table. */
  public boolean isIceberg() {
    return this == ICEBERG || this == S3_TABLES;
  }

  /** As it is typed. */
  public String word() {
    return ValueFormat.word(this);
  }

  /** Whether its files are text. */
  public boolean isText() {
    return this == CSV || this == JSON;
  }
}
