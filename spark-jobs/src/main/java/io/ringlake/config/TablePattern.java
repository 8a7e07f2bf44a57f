package io.ringlake.config;

/**
 * A table, or a glob that names tables: {@code shop.orders}, {@code shop.*}, {@code "a.b"."T"}.
 *
 * @param keyspace exact name, or a glob of {@code *} and {@code ?}
 * @param table exact name, or a glob
 * @param keyspaceIsGlob false where the name has no wildcard or is quoted
 * @param tableIsGlob false where the name has no wildcard or is quoted
 */
public record TablePattern(
    String keyspace, String table, boolean keyspaceIsGlob, boolean tableIsGlob) {

  /** Whether the pattern can name one table only. */
  public boolean isExact() {
    return !keyspaceIsGlob && !tableIsGlob;
  }
}
