package io.ringlake.projection;

import io.ringlake.config.ValueForm;
import io.ringlake.schema.Column;
import io.ringlake.schema.CqlType;
import io.ringlake.writetime.CellAspect;
import io.ringlake.writetime.CellsOf;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of the rows that a scan hands out: the value of a column, or what is known about its cell.
 *
 * @param name the column's name in the output, with its suffix; in the {@code struct} layout that
 *     of an aspect is the path to its field, {@code _cells.writetime.<column>}
 * @param column the table's column that is read
 * @param content what of it is shown
 * @param selectIndex the place in the SELECT's items, from 0, of the bytes that it is decoded from;
 *     a TTL and an expiry share one; -1 for what the cluster does not tell, so that it is null
 */
public record OutputColumn(String name, Column column, Content content, int selectIndex) {

  /** The end of the name of a column of {@link MisfitText}. */
  static final String TEXT_SUFFIX = "_text";

  /** What of a column is shown. */
  public sealed interface Content {
    /** It in a word. */
    String word();
  }

  /** Its value. */
  public record Value(ValueForm form) implements Content {
    @Override
    public String word() {
      return "value";
    }
  }

  /** Its value as text, if that does not fit into the column of the value; else null. */
  public record MisfitText(ValueForm form) implements Content {
    @Override
    public String word() {
      return "misfit_text";
    }
  }

  /** What is known about its cells. */
  public record Aspect(CellAspect aspect, CellsOf cells) implements Content {
    @Override
    public String word() {
      return aspect.fieldName();
    }
  }

  /** A value in the form that loses nothing. */
  public OutputColumn(String name, Column column, int selectIndex) {
    this(name, column, new Value(ValueForm.DEFAULT), selectIndex);
  }

  /** Whether it shows the value. */
  public boolean isValue() {
    return content instanceof Value;
  }

  /** The aspect that it shows, null if it shows none. */
  public @Nullable CellAspect aspect() {
    return content instanceof Aspect shown ? shown.aspect() : null;
  }

  /** Whether the cluster tells it; if not, it is null in each row. */
  public boolean isTold() {
    return selectIndex >= 0;
  }

  /**
   * Whether it is the greatest TTL of the fields of a user-defined type. Cassandra's TTLs do not
   * tell a field that lives for ever from one that has no value: its write times do.
   */
  public boolean isLongestOfFields() {
    return content instanceof Aspect shown
        && shown.aspect() != CellAspect.WRITETIME
        && shown.cells() == CellsOf.GREATEST
        && column.type() instanceof CqlType.UserDefined;
  }

  /** Which cells it is about; {@link CellsOf#ONE} if it shows no aspect. */
  public CellsOf cells() {
    return content instanceof Aspect shown ? shown.cells() : CellsOf.ONE;
  }
}
