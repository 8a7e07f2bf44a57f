package io.ringlake.config;

import io.ringlake.schema.Identifier;
import io.ringlake.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table, or a glob that names tables: {@code shop.orders}, {@code shop.*}, {@code "a.b"."T"}.
 *
 * @param keyspace exact name, or a glob of {@code *} and {@code ?}; not empty
 * @param table exact name, or a glob; not empty
 * @param keyspaceIsGlob false where the name has no wildcard or is quoted
 * @param tableIsGlob false where the name has no wildcard or is quoted
 */
public record TablePattern(
    String keyspace, String table, boolean keyspaceIsGlob, boolean tableIsGlob) {

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if one is empty, or a glob has no wildcard
   */
  public TablePattern {
    if (keyspace.isEmpty() || table.isEmpty()) {
      throw new IllegalArgumentException("A table pattern has an empty name");
    }
    if ((keyspaceIsGlob && !hasWildcard(keyspace)) || (tableIsGlob && !hasWildcard(table))) {
      throw new IllegalArgumentException(
          "Table pattern %s.%s has a glob without a wildcard".formatted(keyspace, table));
    }
  }

  /**
   * The patterns of a list separated by commas.
   *
   * @throws IllegalArgumentException if one cannot be read; the message continues "key is 'text', "
   */
  static List<TablePattern> parseList(String text) {
    List<TablePattern> patterns = new ArrayList<>();
    for (List<NameList.Part> parts : NameList.parse(text)) {
      if (parts.size() != 2) {
        throw new IllegalArgumentException(
            "where a table is not keyspace.table. Names with dots need double quotes: \"a.b\".\"T\".");
      }
      NameList.Part keyspace = parts.get(0);
      NameList.Part table = parts.get(1);
      patterns.add(
          new TablePattern(keyspace.text(), table.text(), isGlob(keyspace), isGlob(table)));
    }
    return patterns;
  }

  private static boolean isGlob(NameList.Part part) {
    return !part.quoted() && hasWildcard(part.text());
  }

  private static boolean hasWildcard(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
  }

  /** Whether the pattern can name one table only. */
  public boolean isExact() {
    return !keyspaceIsGlob && !tableIsGlob;
  }

  /**
   * The one table that this pattern names.
   *
   * @throws IllegalStateException if it is a glob
   */
  public TableName exactName() {
    if (!isExact()) {
      throw new IllegalStateException("Pattern %s may name many tables".formatted(this));
    }
    return TableName.of(keyspace, table);
  }

  /** Whether the pattern names this table. */
  public boolean matches(TableName name) {
    return matches(keyspace, keyspaceIsGlob, name.keyspace())
        && matches(table, tableIsGlob, name.table());
  }

  private static boolean matches(String pattern, boolean isGlob, Identifier name) {
    if (!isGlob) {
      return pattern.equals(name.name());
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return name.name().matches(regex.toString());
  }

  /** The pattern as an operator may type it. */
  @Override
  public String toString() {
    return spelled(keyspace, keyspaceIsGlob) + "." + spelled(table, tableIsGlob);
  }

  private static String spelled(String name, boolean isGlob) {
    return isGlob ? name : new Identifier(name).toString();
  }
}
