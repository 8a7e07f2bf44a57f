package io.ringlake.config;

/** What is written. */
public enum OutputFormat {
  PARQUET
}
