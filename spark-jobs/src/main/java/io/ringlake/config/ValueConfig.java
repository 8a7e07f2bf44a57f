package io.ringlake.config;

import io.ringlake.schema.Column;

/**
 * What values are in the output, where there is a choice.
 *
 * @param decimalTypes columns whose decimals and varints are numbers, not text
 * @param onOverflow what becomes of values that do not fit
 */
public record ValueConfig(DecimalTypes decimalTypes, OnOverflow onOverflow) {

  /** All numbers of any length as text. */
  public static final ValueConfig DEFAULT = new ValueConfig(DecimalTypes.NONE, OnOverflow.FAIL);

  static ValueConfig from(Settings settings) {
    return new ValueConfig(
        settings.value("decimal-as", DecimalTypes::parse),
        settings.constant("on-overflow", OnOverflow.values()));
  }

  /** What the values of a column are. Those of the primary key are not made null without a word. */
  public ValueForm formOf(Column column) {
    ValueForm form = new ValueForm(decimalTypes.of(column.name()), onOverflow);
    return column.kind().isKey() && onOverflow == OnOverflow.NULL ? form.failing() : form;
  }
}
