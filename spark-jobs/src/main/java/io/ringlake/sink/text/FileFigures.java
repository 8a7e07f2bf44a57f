package io.ringlake.sink.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Counts the rows of one file, and finds the bounds of some of its columns, while it is written.
 * Who commits the task finds that in its configuration, which both have.
 */
public final class FileFigures {

  private static final String KEY = "ringlake.sink.figures.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Column> columns = new ArrayList<>();
  private long rows;

  /**
   * @param schema of the file
   * @param boundColumns as in {@link io.ringlake.sink.FileTarget#boundColumns}; those that the file
   *     does not have, or that are no whole numbers, dates or timestamps, get no bounds
   */
  FileFigures(StructType schema, List<String> boundColumns) {
    for (String name : boundColumns) {
      find(name, name, schema, new ArrayList<>());
    }
  }

  private void find(String name, String path, StructType struct, List<Step> steps) {
    StructField[] fields = struct.fields();
    for (int i = 0; i < fields.length; i++) {
      StructField field = fields[i];
      if (field.name().equals(path) && isWhole(field.dataType())) {
        columns.add(new Column(name, List.copyOf(steps), i, field.dataType()));
        return;
      }
      if (field.dataType() instanceof StructType inner && path.startsWith(field.name() + ".")) {
        List<Step> further = new ArrayList<>(steps);
        further.add(new Step(i, inner.length()));
        find(name, path.substring(field.name().length() + 1), inner, further);
      }
    }
  }

  private static boolean isWhole(DataType type) {
    return type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType
        || type instanceof DateType
        || type instanceof TimestampType;
  }

  void add(SpecializedGetters row) {
    rows++;
    for (Column column : columns) {
      column.add(row);
    }
  }

  /** Tells the figures of a file to who commits its task. */
  void tell(Configuration task, String path) {
    Map<String, Map<String, String>> bounds = new LinkedHashMap<>();
    for (Column column : columns) {
      if (column.least <= column.greatest) {
        bounds.put(
            column.name,
            Map.of("least", column.text(column.least), "greatest", column.text(column.greatest)));
      }
    }
    try {
      task.set(key(path), JSON.writeValueAsString(Map.of("rows", rows, "bounds", bounds)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Figures cannot be told", e);
    }
  }

  /**
   * What was told of a file: a JSON object with {@code rows} and, by column, {@code bounds}, each
   * with {@code least} and {@code greatest}; empty if nothing was.
   */
  public static Optional<String> toldOf(Configuration task, String path) {
    return Optional.ofNullable(task.getRaw(key(path)));
  }

  private static String key(String path) {
    return KEY + new Path(path).getName();
  }

  /** Into a struct. */
  private record Step(int ordinal, int fields) {}

  private static final class Column {

    private final String name;
    private final List<Step> steps;
    private final int ordinal;
    private final DataType type;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;

    private Column(String name, List<Step> steps, int ordinal, DataType type) {
      this.name = name;
      this.steps = steps;
      this.ordinal = ordinal;
      this.type = type;
    }

    private void add(SpecializedGetters row) {
      SpecializedGetters from = row;
      for (Step step : steps) {
        if (from.isNullAt(step.ordinal())) {
          return;
        }
        from = from.getStruct(step.ordinal(), step.fields());
      }
      if (!from.isNullAt(ordinal)) {
        long value = value(from);
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }

    private long value(SpecializedGetters from) {
      if (type instanceof ByteType) {
        return from.getByte(ordinal);
      }
      if (type instanceof ShortType) {
        return from.getShort(ordinal);
      }
      return type instanceof IntegerType || type instanceof DateType
          ? from.getInt(ordinal)
          : from.getLong(ordinal);
    }

    private String text(long value) {
      if (type instanceof DateType) {
        return LocalDate.ofEpochDay(value).toString();
      }
      return type instanceof TimestampType
          ? Instant.EPOCH.plus(value, ChronoUnit.MICROS).toString()
          : Long.toString(value);
    }
  }
}
