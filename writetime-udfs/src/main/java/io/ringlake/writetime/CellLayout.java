package io.ringlake.writetime;

/** How write times, TTLs and expiries stand beside the values. */
public enum CellLayout {
  /** One column an aspect: {@code name_writetime}, {@code name_ttl}. */
  COLUMNS,
  /** One column {@code _cells: struct<writetime: struct<…>, ttl: struct<…>, …>}. */
  STRUCT
}
