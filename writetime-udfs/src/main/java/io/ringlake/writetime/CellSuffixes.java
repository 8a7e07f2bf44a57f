package io.ringlake.writetime;

/**
 * The endings of the columns that carry what is known about another column's cells: {@code
 * <column><suffix>}.
 *
 * @param writetime ending of the write time's column, bigint, microseconds since the epoch; not
 *     empty
 * @param ttl ending of the TTL's column, int, seconds left when the cell was read; not empty
 * @param expiresAt ending of the expiry's column, timestamp in UTC; not empty
 */
public record CellSuffixes(String writetime, String ttl, String expiresAt) {

  /** The endings that are used unless others are asked for. */
  public static final CellSuffixes DEFAULT = new CellSuffixes("_writetime", "_ttl", "_expires_at");

  /**
   * Checks the endings.
   *
   * @throws IllegalArgumentException if one is empty or two are the same
   */
  public CellSuffixes {
    if (writetime.isEmpty() || ttl.isEmpty() || expiresAt.isEmpty()) {
      throw new IllegalArgumentException("A suffix of a write time column is empty");
    }
    if (writetime.equals(ttl) || writetime.equals(expiresAt) || ttl.equals(expiresAt)) {
      throw new IllegalArgumentException(
          "Suffixes of write time columns must differ: %s, %s, %s"
              .formatted(writetime, ttl, expiresAt));
    }
  }

  /** The name of the column that carries {@code aspect} of the cells of {@code column}. */
  public String columnName(String column, CellAspect aspect) {
    return column
        + switch (aspect) {
          case WRITETIME -> writetime;
          case TTL -> ttl;
          case EXPIRES_AT -> expiresAt;
        };
  }
}
