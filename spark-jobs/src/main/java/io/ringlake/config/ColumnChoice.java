package io.ringlake.config;

import io.ringlake.schema.Identifier;
import java.util.List;

/** Which columns a setting asks for. */
public sealed interface ColumnChoice {

  /** None: the setting is not given. */
  record None() implements ColumnChoice {}

  /** {@code *}: all to which it applies; the others are left out, with a reason. */
  record All() implements ColumnChoice {}

  /** These, by name, in this order; not empty. */
  record Named(List<Identifier> names) implements ColumnChoice {
    public Named {
      names = List.copyOf(names);
    }
  }
}
