package io.ringlake.cassandra;

import io.ringlake.config.TablePattern;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.NearNames;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import io.ringlake.text.Listing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Finds tables by name and by glob, and offers near names where there is none. */
public final class KnownTables {

  private KnownTables() {}

  /**
   * The table of that exact name.
   *
   * @throws RunFailure if the cluster has none
   */
  public static Table find(Cluster cluster, TableName name) {
    return cluster.table(name).orElseThrow(() -> unknown(cluster, name));
  }

  /**
   * The tables that patterns name, in order.
   *
   * @param exclude leaves out of what globs name; an exact name stays
   * @throws RunFailure if an exact name is not known, a glob names nothing, or nothing is left
   */
  public static List<Table> find(
      Cluster cluster, List<TablePattern> patterns, List<TablePattern> exclude) {
    NavigableSet<TableName> all = cluster.tables();
    TreeSet<TableName> chosen = new TreeSet<>();
    TreeSet<TableName> byGlob = new TreeSet<>();
    List<TablePattern> idle = new ArrayList<>();
    for (TablePattern pattern : patterns) {
      if (pattern.isExact()) {
        chosen.add(pattern.exactName());
      } else {
        List<TableName> matches = all.stream().filter(pattern::matches).toList();
        byGlob.addAll(matches);
        if (matches.isEmpty()) {
          idle.add(pattern);
        }
      }
    }
    if (!idle.isEmpty()) {
      throw new RunFailure(
          ErrorCode.UNKNOWN_TABLE,
          "No table is named by --table %s.".formatted(Listing.of(idle)),
          "The cluster's keyspaces are: %s. Names are exact, as stored."
              .formatted(Listing.of(cluster.keyspaces())));
    }
    byGlob.removeIf(name -> exclude.stream().anyMatch(pattern -> pattern.matches(name)));
    chosen.addAll(byGlob);
    if (chosen.isEmpty()) {
      throw new RunFailure(
          ErrorCode.UNKNOWN_TABLE,
          "Every table that --table %s names is left out by --exclude %s."
              .formatted(Listing.of(patterns), Listing.of(exclude)),
          "Narrow --exclude.");
    }
    List<Table> tables = new ArrayList<>();
    for (TableName name : chosen) {
      tables.add(find(cluster, name));
    }
    return tables;
  }

  private static RunFailure unknown(Cluster cluster, TableName name) {
    NavigableSet<Identifier> keyspaces = cluster.keyspaces();
    if (!keyspaces.contains(name.keyspace())) {
      return new RunFailure(
          ErrorCode.UNKNOWN_TABLE,
          "Table %s: there is no keyspace %s.".formatted(name, name.keyspace()),
          remedy(NearNames.of(name.keyspace().name(), names(keyspaces)), keyspaces));
    }
    List<Identifier> tables =
        cluster.tables().stream()
            .filter(table -> table.keyspace().equals(name.keyspace()))
            .map(TableName::table)
            .toList();
    return new RunFailure(
        ErrorCode.UNKNOWN_TABLE,
        "Table %s: there is no table or view %s in keyspace %s."
            .formatted(name, name.table(), name.keyspace()),
        remedy(NearNames.of(name.table().name(), names(tables)), tables));
  }

  private static String remedy(List<String> near, Collection<Identifier> all) {
    if (all.isEmpty()) {
      return "There are none.";
    }
    return near.isEmpty()
        ? "There are: %s. Names are exact, as stored.".formatted(Listing.of(all))
        : "Did you mean %s? Names are exact, as stored.".formatted(String.join(" or ", near));
  }

  private static List<String> names(Collection<Identifier> identifiers) {
    return identifiers.stream().map(Identifier::name).toList();
  }
}
