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

/** The columns of rows beside those of a table, whose names are the same in any case of letters. */
final class DeltaColumns {

  private static final List<DataType> WHOLE_NUMBERS =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private final StructType ofTable;
  private final List<String> lacking = new ArrayList<>();
  private final List<String> misfits = new ArrayList<>();

  DeltaColumns(StructType ofRows, StructType ofTable) {
    this.ofTable = ofTable;
    for (StructField field : ofRows.fields()) {
      Optional<StructField> same = find(ofTable, field.name());
      if (same.isEmpty()) {
        lacking.add("column %s %s".formatted(field.name(), field.dataType().simpleString()));
      } else if (!isWider(same.get().dataType(), field.dataType())) {
        compare(field.name(), same.get().dataType(), field.dataType());
      }
    }
    for (StructField field : ofTable.fields()) {
      if (!field.nullable() && find(ofRows, field.name()).isEmpty()) {
        misfits.add("column %s may not be null, and rows do not have it".formatted(field.name()));
      }
    }
  }

  private void compare(String path, DataType table, DataType rows) {
    if (table instanceof StructType structOfTable && rows instanceof StructType structOfRows) {
      compareFields(path, structOfTable, structOfRows);
    } else if (table instanceof ArrayType arrayOfTable && rows instanceof ArrayType arrayOfRows) {
      compare(path + ".element", arrayOfTable.elementType(), arrayOfRows.elementType());
    } else if (table instanceof MapType mapOfTable && rows instanceof MapType mapOfRows) {
      compare(path + ".key", mapOfTable.keyType(), mapOfRows.keyType());
      compare(path + ".value", mapOfTable.valueType(), mapOfRows.valueType());
    } else if (!table.equals(rows)) {
      misfits.add(
          "its column %s is %s, not %s".formatted(path, table.simpleString(), rows.simpleString()));
    }
  }

  private void compareFields(String path, StructType ofTable, StructType ofRows) {
    for (StructField field : ofRows.fields()) {
      String name = path + "." + field.name();
      find(ofTable, field.name())
          .ifPresentOrElse(
              same -> compare(name, same.dataType(), field.dataType()),
              () -> lacking.add("field %s %s".formatted(name, field.dataType().simpleString())));
    }
    for (StructField field : ofTable.fields()) {
      if (find(ofRows, field.name()).isEmpty()) {
        misfits.add("rows do not have its field %s.%s".formatted(path, field.name()));
      }
    }
  }

  /** What the table lacks, in words: columns of rows, and fields inside of others. */
  List<String> lacking() {
    return List.copyOf(lacking);
  }

  /** Why rows cannot be written whatever is added, empty if they can. */
  Optional<String> misfit() {
    return misfits.stream().findFirst();
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

  /** Whether each value of the rows' type is the same in the table's, which is another. */
  private static boolean isWider(DataType table, DataType rows) {
    if (table instanceof DecimalType wide && rows instanceof DecimalType narrow) {
      return wide.scale() == narrow.scale() && wide.precision() > narrow.precision();
    }
    int narrow = WHOLE_NUMBERS.indexOf(rows);
    return (narrow >= 0 && WHOLE_NUMBERS.indexOf(table) > narrow)
        || (rows.equals(DataTypes.FloatType) && table.equals(DataTypes.DoubleType));
  }
}
