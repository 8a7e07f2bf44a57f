package io.ringlake.iceberg;

import java.util.Locale;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * One field of a partition spec.
 *
 * @param column of the table, not inside of another one
 * @param argument buckets, 1 and above, or the width of what is kept, 1 and above; 0 for the others
 * @see <a href="https://iceberg.apache.org/spec/#partition-transforms">Partition transforms</a>
 */
public record PartitionTransform(Function function, String column, int argument) {

  /** What a partition's value is made by. */
  public enum Function {
    IDENTITY,
    YEAR,
    MONTH,
    DAY,
    HOUR,
    BUCKET,
    TRUNCATE
  }

  public PartitionTransform {
    boolean takesArgument = function == Function.BUCKET || function == Function.TRUNCATE;
    if (takesArgument != argument > 0) {
      throw new IllegalArgumentException("%s with argument %d".formatted(function, argument));
    }
  }

  /** A transform without an argument. */
  public static PartitionTransform of(Function function, String column) {
    return new PartitionTransform(function, column, 0);
  }

  /** Iceberg's spelling of it, which specs are compared by. */
  @Override
  public String toString() {
    String name = function.name().toLowerCase(Locale.ROOT);
    return argument == 0
        ? "%s(%s)".formatted(name, column)
        : "%s(%d, %s)".formatted(name, argument, column);
  }

  /**
   * Adds it to a spec.
   *
   * @throws ValidationException if the column's type does not allow it
   */
  void addTo(PartitionSpec.Builder spec, Schema schema) {
    String name = fieldName(schema);
    switch (function) {
      case IDENTITY -> spec.identity(column);
      case YEAR -> spec.year(column, name);
      case MONTH -> spec.month(column, name);
      case DAY -> spec.day(column, name);
      case HOUR -> spec.hour(column, name);
      case BUCKET -> spec.bucket(column, argument, name);
      case TRUNCATE -> spec.truncate(column, argument, name);
    }
  }

  /** As Iceberg would call it, unless a column is called so. */
  private String fieldName(Schema schema) {
    String suffix =
        function == Function.TRUNCATE ? "trunc" : function.name().toLowerCase(Locale.ROOT);
    String name = column + "_" + suffix;
    while (schema.findField(name) != null) {
      name += "_partition";
    }
    return name;
  }
}
