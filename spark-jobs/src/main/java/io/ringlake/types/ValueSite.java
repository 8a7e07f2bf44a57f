package io.ringlake.types;

import io.ringlake.config.OnOverflow;
import io.ringlake.config.ValueForm;
import io.ringlake.schema.Column;
import java.io.Serializable;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * Where values stand in a table, and so what becomes of those that do not fit.
 *
 * @param column what messages call the column that they are in
 * @param decimal the type of decimals and varints, null for text
 * @param remedy what an operator can do if one ends the run
 */
record ValueSite(String column, @Nullable DecimalType decimal, OnOverflow onOverflow, String remedy)
    implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String OTHERWISE =
      "leave the column out with --columns, or correct the row.";

  /** The values of a column. */
  static ValueSite of(Column column, ValueForm form) {
    String policies = column.kind().isKey() ? "text" : "null or text";
    return site(column.name().toString(), form, "Use --on-overflow %s, ".formatted(policies));
  }

  /** What is part of these values: there is no column for its text. */
  ValueSite ofParts() {
    return site(column, form().ofParts(), "Use --on-overflow null, ");
  }

  /** The keys of maps among these values, and what is part of them: they cannot be null. */
  ValueSite ofKeys() {
    return site(column, form().failing(), "For the key of a map there is no --on-overflow: ");
  }

  private ValueForm form() {
    return new ValueForm(decimal, onOverflow);
  }

  private static ValueSite site(String column, ValueForm form, String remedy) {
    return new ValueSite(column, form.decimal(), form.onOverflow(), remedy + OTHERWISE);
  }
}
