package io.ringlake.config;

import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellSuffixes;
import java.util.Set;

/**
 * Which write times and TTLs are exported, and how they stand in the output.
 *
 * @param expiresAt whether the absolute expiry is exported: of the columns of {@code ttl}, or of
 *     all that have one if that names none
 * @param collectionWritetime what is told of values that are stored as many cells
 * @param strict whether asking by name for what a column cannot have is an error instead of a
 *     warning
 */
public record CellConfig(
    ColumnChoice writetime,
    ColumnChoice ttl,
    boolean expiresAt,
    CollectionWritetime collectionWritetime,
    CellLayout layout,
    CellSuffixes suffixes,
    boolean strict) {

  static CellConfig from(Settings settings) {
    boolean expiresAt = settings.value("expires-at", ValueFormat.bool());
    return new CellConfig(
        settings.value("writetime", ColumnChoice::parse),
        settings.value("ttl", ColumnChoice::parse),
        expiresAt,
        settings.constant("collection-writetime", CollectionWritetime.values()),
        settings.constant("cell-layout", CellLayout.values()),
        suffixes(settings),
        settings.value("strict", ValueFormat.bool()));
  }

  private static CellSuffixes suffixes(Settings settings) {
    String writetime = settings.value("writetime-suffix", ValueFormat.text());
    String ttl = settings.value("ttl-suffix", ValueFormat.text());
    String expiresAt = settings.value("expires-at-suffix", ValueFormat.text());
    if (Set.of(writetime).contains(ttl) || Set.of(writetime, ttl).contains(expiresAt)) {
      settings.problem(
          "ttl-suffix",
          "writetime-suffix '%s', ttl-suffix '%s' and expires-at-suffix '%s' must differ."
              .formatted(writetime, ttl, expiresAt));
      return CellSuffixes.DEFAULT;
    }
    return new CellSuffixes(writetime, ttl, expiresAt);
  }
}
