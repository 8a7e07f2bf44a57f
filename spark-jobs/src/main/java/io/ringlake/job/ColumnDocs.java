package io.ringlake.job;

import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.writetime.CellAspect;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What the columns of an output are, in a phrase for whoever finds them in a catalog. */
final class ColumnDocs {

  private final Map<String, String> docs = new HashMap<>();

  ColumnDocs(Projection projection) {
    for (OutputColumn column : projection.columns()) {
      docs.put(column.name(), doc(column));
    }
    docs.put(CellAspect.STRUCT_COLUMN, "write times, TTLs and expiries of the cells");
  }

  /** The columns with their docs as comments. */
  StructType on(StructType columns) {
    StructType documented = new StructType();
    for (StructField field : columns.fields()) {
      String doc = docs.get(field.name());
      documented = documented.add(doc == null ? field : field.withComment(doc));
    }
    return documented;
  }

  private static String doc(OutputColumn column) {
    String name = column.column().name().toString();
    CellAspect aspect = column.aspect();
    if (aspect == null) {
      return column.isValue()
          ? "CQL " + column.column().type().cql()
          : "%s as text where it does not fit".formatted(name);
    }
    return switch (aspect) {
      case WRITETIME -> "write time of %s, microseconds since 1970".formatted(name);
      case TTL -> "TTL of %s, seconds left when it was read".formatted(name);
      case EXPIRES_AT -> "when %s expires".formatted(name);
    };
  }
}
