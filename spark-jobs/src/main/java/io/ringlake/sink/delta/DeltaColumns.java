package io.ringlake.sink.delta;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of rows beside those of a table, which are the same in any case of letters. */
final class DeltaColumns {

  private static final List<DataType> WHOLE_NUMBERS =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private final StructType ofRows;
  private final StructType ofTable;

  DeltaColumns(StructType ofRows, StructType ofTable) {
    this.ofRows = ofRows;
    this.ofTable = ofTable;
  }

  /** What the table lacks, in words: columns of rows, and fields inside of others. */
  List<String> lacking() {
    List<String> lacking = new ArrayList<>();
    for (StructField field : ofRows.fields()) {
      Optional<StructField> same = find(ofTable, field.name());
      if (same.isEmpty()) {
        lacking.add("column %s %s".formatted(field.name(), field.dataType().simpleString()));
      } else if (isNested(field.dataType())
          && isNested(same.get().dataType())
          && !isSame(same.get().dataType(), field.dataType())) {
        lacking.add("fields of column %s".formatted(field.name()));
      }
    }
    return lacking;
  }

  /** Why rows cannot be written whatever is added, empty if they can. */
  Optional<String> misfit() {
    for (StructField field : ofRows.fields()) {
      Optional<StructField> same = find(ofTable, field.name());
      if (same.isPresent() && !takes(same.get().dataType(), field.dataType())) {
        return Optional.of(
            "its column %s is %s, not %s"
                .formatted(
                    same.get().name(),
                    same.get().dataType().simpleString(),
                    field.dataType().simpleString()));
      }
    }
    return Arrays.stream(ofTable.fields())
        .filter(field -> !field.nullable() && find(ofRows, field.name()).isEmpty())
        .map(field -> "column %s may not be null, and rows do not have it".formatted(field.name()))
        .findFirst();
  }

  /** Rows in the types of the table; Delta adds null for what only the table has. */
  Dataset<Row> fitted(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(rows.schema().fields()).map(this::fitted).toArray(Column[]::new));
  }

  private Column fitted(StructField field) {
    Column column = col("`" + field.name().replace("`", "``") + "`");
    return find(ofTable, field.name())
        .filter(same -> isWider(same.dataType(), field.dataType()))
        .map(same -> column.cast(same.dataType()).as(field.name()))
        .orElse(column);
  }

  private static Optional<StructField> find(StructType columns, String name) {
    return Arrays.stream(columns.fields())
        .filter(field -> lower(field.name()).equals(lower(name)))
        .findFirst();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static boolean takes(DataType table, DataType rows) {
    return isSame(table, rows) || isWider(table, rows) || (isNested(table) && isNested(rows));
  }

  private static boolean isSame(DataType table, DataType rows) {
    return DataType.equalsIgnoreCaseAndNullability(table, rows);
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  /** Whether each value of the rows' type is the same in the table's. */
  private static boolean isWider(DataType table, DataType rows) {
    if (table instanceof DecimalType wide && rows instanceof DecimalType narrow) {
      return wide.scale() == narrow.scale() && wide.precision() > narrow.precision();
    }
    int narrow = WHOLE_NUMBERS.indexOf(rows);
    return (narrow >= 0 && WHOLE_NUMBERS.indexOf(table) > narrow)
        || (rows.equals(DataTypes.FloatType) && table.equals(DataTypes.DoubleType));
  }
}
