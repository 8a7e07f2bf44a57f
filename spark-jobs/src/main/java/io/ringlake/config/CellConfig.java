package io.ringlake.config;

import io.ringlake.projection.CellLayout;
import io.ringlake.writetime.CellSuffixes;

/**
 * Which write times and TTLs are exported, and how they stand in the output.
 *
 * @param expiresAt whether the absolute expiry stands beside each TTL asked for
 * @param strict whether asking by name for what a column cannot have is an error instead of a
 *     warning
 */
public record CellConfig(
    ColumnChoice writetime,
    ColumnChoice ttl,
    boolean expiresAt,
    CellLayout layout,
    CellSuffixes suffixes,
    boolean strict) {}
