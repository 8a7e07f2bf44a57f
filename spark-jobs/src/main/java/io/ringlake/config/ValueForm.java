package io.ringlake.config;

import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * What the values of one column are in Spark, where there is a choice.
 *
 * @param decimal the type of decimals and varints, also of those that are part of the values; null
 *     for text, which holds all of them
 * @param onOverflow what becomes of those that do not fit, and of timestamps that do not
 */
public record ValueForm(@Nullable DecimalType decimal, OnOverflow onOverflow) {

  /** Numbers of any length as text, and what does not fit ends the run. */
  public static final ValueForm DEFAULT = new ValueForm(null, OnOverflow.FAIL);

  /** Whether a value of a type itself, not of its parts, may not fit. */
  public boolean bounds(CqlType type) {
    return type == Scalar.TIMESTAMP
        || (decimal != null && (type == Scalar.DECIMAL || type == Scalar.VARINT));
  }

  /** The form of what is part of such values: no text is kept of that. */
  public ValueForm ofParts() {
    return onOverflow == OnOverflow.TEXT ? failing() : this;
  }

  /** The form of what cannot be null. */
  public ValueForm failing() {
    return new ValueForm(decimal, OnOverflow.FAIL);
  }
}
