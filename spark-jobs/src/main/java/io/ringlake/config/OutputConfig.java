package io.ringlake.config;

/**
 * Where the rows go.
 *
 * @param output a path, with the variables {@code {keyspace}} and {@code {table}}
 * @param compression a Parquet codec's name in lower case
 * @param partitionBy as typed, empty for none: {@code year(ts),month(ts),region}
 * @param keepPartitionColumns whether files also hold the columns that name their folders
 * @param fileSize what a file should have on disk
 */
public record OutputConfig(
    String output,
    OutputFormat format,
    WriteMode mode,
    String compression,
    String partitionBy,
    boolean keepPartitionColumns,
    DataSize fileSize) {}
