package io.ringlake.sink;

/** What a complete target holds of one pass. */
public record Written(long rows, long bytes, int files) {}
