package io.ringlake.config;

import io.ringlake.schema.Identifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Which columns a setting asks for; {@code toString} is what an operator may type. */
public sealed interface ColumnChoice {

  /**
   * Reads {@code *}, or exact names separated by commas; blank is none.
   *
   * @throws IllegalArgumentException if it is neither; the message continues "key is 'text', "
   */
  static ColumnChoice parse(String text) {
    if (text.isBlank()) {
      return new None();
    }
    if (text.strip().equals("*")) {
      return new All();
    }
    List<Identifier> names = new ArrayList<>();
    for (List<NameList.Part> parts : NameList.parse(text)) {
      NameList.Part name = parts.get(0);
      if (parts.size() > 1) {
        throw new IllegalArgumentException(
            "where a column has a dot. Names with dots need double quotes: \"a.b\".");
      }
      if (name.text().equals("*") && !name.quoted()) {
        throw new IllegalArgumentException("where * stands beside names. Use one or the other.");
      }
      names.add(new Identifier(name.text()));
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("where a column stands twice.");
    }
    return new Named(names);
  }

  /** None: the setting is not given. */
  record None() implements ColumnChoice {
    @Override
    public String toString() {
      return "";
    }
  }

  /** {@code *}: all to which it applies; the others are left out, with a reason. */
  record All() implements ColumnChoice {
    @Override
    public String toString() {
      return "*";
    }
  }

  /** These, by name, in this order; not empty. */
  record Named(List<Identifier> names) implements ColumnChoice {
    public Named {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("A choice of columns by name has no name");
      }
    }

    @Override
    public String toString() {
      return names.stream().map(Identifier::toString).collect(Collectors.joining(","));
    }
  }
}
