package io.ringlake.types;

import io.ringlake.config.OnOverflow;
import io.ringlake.config.ValueForm;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.Column;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * Where values stand in a table, and so what becomes of those that do not fit.
 *
 * @param column what messages call the column that they are in
 * @param decimal the type of decimals and varints, null for text
 * @param place what can become of a value there instead of ending the run
 */
record ValueSite(String column, @Nullable DecimalType decimal, OnOverflow onOverflow, Place place)
    implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String WITHOUT_COLUMN = "--columns without it";

  /** Which policies there are for a value, by where it stands. */
  enum Place {
    COLUMN("--on-overflow null or text"),
    KEY_COLUMN("--on-overflow text"),
    PART("--on-overflow null"),
    /** The key of a map, and what is part of it or of a column of the primary key. */
    PART_OF_KEY("");

    private final String policies;

    Place(String policies) {
      this.policies = policies;
    }

    private Place ofParts() {
      return this == COLUMN || this == PART ? PART : PART_OF_KEY;
    }
  }

  /** The values of a column. */
  static ValueSite of(Column column, ValueForm form) {
    Place place = column.kind().isKey() ? Place.KEY_COLUMN : Place.COLUMN;
    return new ValueSite(column.name().toString(), form.decimal(), form.onOverflow(), place);
  }

  /** What is part of these values: there is no column for its text. */
  ValueSite ofParts() {
    return with(form().ofParts(), place.ofParts());
  }

  /** The keys of maps among these values, and what is part of them: they cannot be null. */
  ValueSite ofKeys() {
    return with(form().failing(), Place.PART_OF_KEY);
  }

  /**
   * What an operator can do if a value ends the run.
   *
   * @param settings what else lets the value through
   */
  String remedy(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    if (!place.policies.isEmpty()) {
      all.add(place.policies);
    }
    all.add(WITHOUT_COLUMN);
    return remedy(all);
  }

  /** Settings decide the output, and are stored when the first row is read. */
  private static String remedy(List<String> settings) {
    return "Correct the row, or set %s%s (an export begins anew with --restart)."
        .formatted(settings.size() == 1 ? "" : "one of: ", String.join("; ", settings));
  }

  /**
   * What ends the run where a cell holds what is no value to Spark, whatever the settings.
   *
   * @param problem what is there, a sentence with {@code %s} for the column
   */
  RunFailure unreadable(String problem) {
    return new RunFailure(
        ErrorCode.VALUE_OUT_OF_RANGE, problem.formatted(column), remedy(List.of(WITHOUT_COLUMN)));
  }

  private ValueForm form() {
    return new ValueForm(decimal, onOverflow);
  }

  private ValueSite with(ValueForm form, Place at) {
    return new ValueSite(column, form.decimal(), form.onOverflow(), at);
  }
}
