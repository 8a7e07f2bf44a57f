package io.ringlake.projection;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.Column;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.Table;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of an output, of which no two may be the same but for case. */
final class Clashes {

  /** What a name means, by the name in lower case. */
  private final Map<String, String> meanings = new HashMap<>();

  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> remedies = new LinkedHashSet<>();

  /** A column whose value is exported. */
  void addValue(String name) {
    Identifier shown = new Identifier(name);
    String other = meanings.put(folded(name), shown.toString());
    if (other != null) {
      problems.add(
          "columns %s and %s differ only in case, which Spark and most readers of Parquet ignore"
              .formatted(other, shown));
      remedies.add("Export one of them, with --columns.");
    }
  }

  /** The fields of the user-defined types in a column, of each type among themselves. */
  void addFields(Column column) {
    for (CqlType.UserDefined type : column.type().userTypes()) {
      Map<String, Identifier> seen = new HashMap<>();
      for (CqlType.UserDefined.Field field : type.fields()) {
        Identifier other = seen.put(folded(field.name().name()), field.name());
        if (other != null) {
          problems.add(
              "fields %s and %s of type %s in column %s differ only in case"
                  .formatted(other, field.name(), type.name(), column.name()));
          remedies.add("Leave the column out, with --columns.");
        }
      }
    }
  }

  /** A column of the table, exported or not. */
  void addOther(String name) {
    meanings.putIfAbsent(folded(name), new Identifier(name).toString());
  }

  /** A column that Ringlake makes. */
  void add(String name, String meaning, String remedy) {
    String other = meanings.putIfAbsent(folded(name), meaning);
    if (other != null && !other.equals(meaning)) {
      problems.add("%s would name %s, but also %s".formatted(new Identifier(name), meaning, other));
      remedies.add(remedy);
    }
  }

  /**
   * @throws RunFailure if there are clashes, naming all of them
   */
  void refuse(Table table) {
    if (!problems.isEmpty()) {
      throw new RunFailure(
          ErrorCode.NAME_CLASH,
          "Names clash in the output of table %s: %s."
              .formatted(table.name(), String.join("; ", problems)),
          String.join(" ", remedies));
    }
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
