package io.ringlake.config;

import io.ringlake.schema.Identifier;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * Which columns' decimals and varints are numbers of a fixed size; {@code toString} is what an
 * operator may type.
 *
 * @param others the type of those in columns that are not named; null for text
 * @param byColumn the types of named ones
 */
public record DecimalTypes(
    @Nullable DecimalType others, SortedMap<Identifier, DecimalType> byColumn) {

  /** All are text. */
  public static final DecimalTypes NONE = new DecimalTypes(null, new TreeMap<>());

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*(?:(?<name>\"(?:[^\"]|\"\")+\"|[^\\s\",=()][^\",=()]*?)\\s*=\\s*)?"
              + "(?i:decimal)\\s*\\(\\s*(?<precision>\\d{1,2})\\s*,\\s*(?<scale>\\d{1,2})\\s*\\)\\s*"
              + "(?:,(?!\\s*$)|$)");

  public DecimalTypes {
    byColumn = Collections.unmodifiableSortedMap(new TreeMap<>(byColumn));
  }

  /**
   * Reads {@code decimal(38,10)}, which is for all columns, and {@code amount=decimal(18,2)},
   * separated by commas; blank is none.
   *
   * @throws IllegalArgumentException if it is something else, a precision is not 1 to 38, or a
   *     scale not 0 to the precision; the message continues "key is 'text', "
   */
  public static DecimalTypes parse(String text) {
    DecimalType others = null;
    SortedMap<Identifier, DecimalType> byColumn = new TreeMap<>();
    Matcher entry = ENTRY.matcher(text);
    int at = 0;
    while (at < text.stripTrailing().length()) {
      entry.region(at, text.length());
      if (!entry.lookingAt()) {
        throw new IllegalArgumentException(
            ("where '%s' is not the type of a column. Use decimal(38,10) for all or"
                    + " amount=decimal(18,2) for one, separated by commas.")
                .formatted(text.substring(at).strip()));
      }
      DecimalType type =
          type(Integer.parseInt(entry.group("precision")), Integer.parseInt(entry.group("scale")));
      String name = entry.group("name");
      boolean isTwice;
      if (name == null) {
        isTwice = others != null;
        others = type;
      } else {
        isTwice = byColumn.put(column(name), type) != null;
      }
      if (isTwice) {
        throw new IllegalArgumentException(
            "where %s has two types."
                .formatted(name == null ? "what is not named" : "column " + name));
      }
      at = entry.end();
    }
    return new DecimalTypes(others, byColumn);
  }

  private static DecimalType type(int precision, int scale) {
    if (precision < 1 || precision > DecimalType.MAX_PRECISION() || scale > precision) {
      throw new IllegalArgumentException(
          "where decimal(%d,%d) is not a type: its digits are 1 to %d, and no more of them follow the point."
              .formatted(precision, scale, DecimalType.MAX_PRECISION()));
    }
    return new DecimalType(precision, scale);
  }

  private static Identifier column(String name) {
    List<NameList.Part> parts = NameList.parse(name).get(0);
    if (parts.size() > 1) {
      throw new IllegalArgumentException(
          "where a column has a dot. Names with dots need double quotes: \"a.b\"=decimal(18,2).");
    }
    return new Identifier(parts.get(0).text());
  }

  /** The type of the decimals and varints in a column; null for text. */
  public @Nullable DecimalType of(Identifier column) {
    return byColumn.getOrDefault(column, others);
  }

  @Override
  public String toString() {
    return Stream.concat(
            Stream.ofNullable(others).map(DecimalType::simpleString),
            byColumn.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().simpleString()))
        .collect(Collectors.joining(","));
  }
}
