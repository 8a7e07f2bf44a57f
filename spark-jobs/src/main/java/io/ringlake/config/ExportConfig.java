package io.ringlake.config;

import java.util.List;
import java.util.SortedMap;

/**
 * All settings of an export.
 *
 * @param tables not empty
 * @param exclude tables left out of what globs name
 * @param identity the settings that decide the output, by key, in canonical spelling: fixed for a
 *     checkpoint, free of secrets
 */
public record ExportConfig(
    List<TablePattern> tables,
    List<TablePattern> exclude,
    ConnectionConfig connection,
    ReadConfig read,
    CellConfig cells,
    OutputConfig output,
    RunConfig run,
    SortedMap<String, String> identity) {

  /** Whether the output is one table's: decided by the form of the argument, not by matches. */
  public boolean namesOneTable() {
    return tables.size() == 1 && tables.get(0).isExact();
  }
}
