package io.ringlake.layout;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.projection.LeftOut;
import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.NearNames;
import io.ringlake.writetime.CellAspect;
import io.ringlake.writetime.CellLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** Turns the terms of {@code --partition-by} into partition columns, or says why not. */
final class LayoutPlanner {

  private static final String TERMS =
      "Terms are columns, year, month, day, hour and minute of a timestamp, date, timeuuid or write"
          + " time, and bucket(16,key); for Iceberg tables bucket(16,column) and"
          + " truncate(10,column) too.";

  /** Types whose text is exact and short enough for the name of a folder. */
  private static final Set<CqlType> FOLDER_TYPES =
      Set.of(
          Scalar.ASCII,
          Scalar.BIGINT,
          Scalar.BOOLEAN,
          Scalar.DATE,
          Scalar.INET,
          Scalar.INT,
          Scalar.SMALLINT,
          Scalar.TEXT,
          Scalar.TIMEUUID,
          Scalar.TINYINT,
          Scalar.UUID,
          Scalar.VARINT);

  private static final Set<CqlType> WHOLE_NUMBERS =
      Set.of(Scalar.BIGINT, Scalar.INT, Scalar.SMALLINT, Scalar.TINYINT);

  /** From the beginning of version 1 UUIDs, 15 October 1582, to the epoch, in 100 ns. */
  private static final long UUID_EPOCH_TICKS = 0x01B2_1DD2_1381_4000L;

  private final Projection projection;
  private final StructType rowSchema;
  private final Kept kept;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> unknown = new LinkedHashSet<>();

  /** Names that a folder cannot have, in lower case. */
  private final Set<String> taken = new HashSet<>();

  /** Where the value of a column that rows are partitioned by is to be found. */
  enum Kept {
    /** In the name of the folder alone, as text. */
    FOLDER,
    /** In the name of the folder, as text, and in the files. */
    FOLDER_AND_FILE,
    /** In a column of a table, with its type. */
    COLUMN
  }

  LayoutPlanner(Projection projection, StructType rowSchema, Kept kept) {
    this.projection = projection;
    this.rowSchema = rowSchema;
    this.kept = kept;
    Arrays.stream(rowSchema.fieldNames()).map(LayoutPlanner::folded).forEach(taken::add);
  }

  Layout plan(String text) {
    PartitionBy partitionBy = new PartitionBy(text);
    problems.addAll(partitionBy.problems());
    Set<Term> seen = new HashSet<>();
    Set<String> moved = new HashSet<>();
    List<PartitionColumn> columns = new ArrayList<>();
    for (Term term : partitionBy.terms()) {
      if (!seen.add(term)) {
        problems.add("%s is there twice".formatted(term));
        continue;
      }
      partitionColumn(term).ifPresent(columns::add);
      if (term instanceof Term.Value value && kept != Kept.FOLDER_AND_FILE) {
        moved.add(value.column().name());
      }
    }
    List<String> inFiles =
        Arrays.stream(rowSchema.fieldNames()).filter(name -> !moved.contains(name)).toList();
    if (inFiles.isEmpty()) {
      problems.add("no column is left for the files");
    }
    refuse(text);
    return new Layout(columns, inFiles.stream().map(LayoutPlanner::column).toList(), List.of());
  }

  /**
   * A table that partitions by itself: of the parts of a time the finest, which tells the others,
   * and what it has no function for by columns of its own.
   */
  Layout planTable(String text) {
    PartitionBy partitionBy = new PartitionBy(text);
    problems.addAll(partitionBy.problems());
    List<PartitionColumn> columns = new ArrayList<>();
    List<Transform> transforms = new ArrayList<>();
    Set<Term> seen = new HashSet<>();
    for (Term term : partitionBy.terms()) {
      if (!seen.add(term)) {
        problems.add("%s is there twice".formatted(term));
        continue;
      }
      Optional<Transform> transform = transform(term);
      if (transform.isPresent()) {
        addFinest(transforms, transform.get());
      } else if (isOfItsOwn(term)) {
        partitionColumn(term)
            .ifPresent(
                column -> {
                  columns.add(column);
                  transforms.add(new Transform(Transform.Function.IDENTITY, column.name(), 0));
                });
      }
    }
    refuse(text);
    List<Column> all = Arrays.stream(rowSchema.fieldNames()).map(LayoutPlanner::column).toList();
    return new Layout(columns, all, transforms);
  }

  /** The function of the table's that a term is, if there is one and its column is exported. */
  private Optional<Transform> transform(Term term) {
    if (term instanceof Term.Value value) {
      return exported(term, value.column())
          .map(column -> new Transform(Transform.Function.IDENTITY, column.name(), 0));
    }
    if (term instanceof Term.ColumnBucket bucket) {
      return exported(term, bucket.column())
          .map(column -> new Transform(Transform.Function.BUCKET, column.name(), bucket.buckets()));
    }
    if (term instanceof Term.Truncation truncation) {
      return exported(term, truncation.column())
          .map(
              column ->
                  new Transform(Transform.Function.TRUNCATE, column.name(), truncation.width()));
    }
    if (term instanceof Term.TimeOfColumn time && !isOfItsOwn(time)) {
      return exported(term, time.column())
          .filter(column -> timeOf(time, column).isPresent())
          .map(column -> new Transform(function(time.part()), column.name(), 0));
    }
    return Optional.empty();
  }

  /** Whether a table has no function for a term. */
  private boolean isOfItsOwn(Term term) {
    if (term instanceof Term.TimeOfColumn time) {
      boolean isTimeuuid =
          projection
              .table()
              .column(time.column())
              .map(column -> column.type() == Scalar.TIMEUUID)
              .orElse(false);
      return isTimeuuid || time.part() == TimePart.MINUTE;
    }
    return term instanceof Term.TimeOfWrite || term instanceof Term.KeyBucket;
  }

  private static Transform.Function function(TimePart part) {
    return switch (part) {
      case YEAR -> Transform.Function.YEAR;
      case MONTH -> Transform.Function.MONTH;
      case DAY -> Transform.Function.DAY;
      case HOUR -> Transform.Function.HOUR;
      case MINUTE -> throw new IllegalStateException("Tables have no minutes");
    };
  }

  /** Iceberg's months have their year, and so on: a coarser part beside them is refused there. */
  private static void addFinest(List<Transform> transforms, Transform next) {
    for (int i = 0; i < transforms.size(); i++) {
      Transform other = transforms.get(i);
      if (isTime(other) && isTime(next) && other.column().equals(next.column())) {
        transforms.set(i, other.function().compareTo(next.function()) > 0 ? other : next);
        return;
      }
    }
    transforms.add(next);
  }

  private static boolean isTime(Transform transform) {
    return switch (transform.function()) {
      case YEAR, MONTH, DAY, HOUR -> true;
      case IDENTITY, BUCKET, TRUNCATE -> false;
    };
  }

  private Optional<PartitionColumn> partitionColumn(Term term) {
    if (term instanceof Term.Value value) {
      return exported(term, value.column()).flatMap(column -> ofValue(value, column));
    }
    if (term instanceof Term.TimeOfColumn time) {
      return exported(term, time.column())
          .flatMap(
              column ->
                  timeOf(time, column)
                      .map(text -> ofTime(term, time.part(), time.column().name(), text)));
    }
    if (term instanceof Term.TimeOfWrite time) {
      String source = time.column().name();
      return writetime(time)
          .map(
              micros ->
                  ofTime(term, time.part(), source + "_writetime", time.part().ofMicros(micros)));
    }
    if (term instanceof Term.KeyBucket bucket) {
      return ofKey(bucket);
    }
    problems.add("%s: Iceberg tables have it, folders do not".formatted(term));
    return Optional.empty();
  }

  /** The output column that holds a column's value. */
  private Optional<OutputColumn> exported(Term term, Identifier name) {
    Optional<OutputColumn> column = outputs(name).filter(OutputColumn::isValue).findFirst();
    if (column.isEmpty()) {
      missing(term, name, "is not exported: add it to --columns");
    }
    return column;
  }

  private Stream<OutputColumn> outputs(Identifier name) {
    return projection.columns().stream().filter(column -> column.column().name().equals(name));
  }

  private void missing(Term term, Identifier name, String why) {
    if (projection.table().column(name).isPresent()) {
      problems.add("%s: %s %s".formatted(term, name, why));
      return;
    }
    List<String> near =
        NearNames.of(
                name.name(),
                projection.table().columns().stream().map(known -> known.name().name()).toList())
            .stream()
            .map(known -> new Identifier(known).toString())
            .toList();
    unknown.add(
        "%s: there is no column %s%s"
            .formatted(
                term, name, near.isEmpty() ? "" : ", near ones are " + String.join(", ", near)));
  }

  private Optional<PartitionColumn> ofValue(Term.Value term, OutputColumn output) {
    CqlType type = output.column().type();
    if (!FOLDER_TYPES.contains(type)) {
      problems.add(
          "%s is of type %s, which does not name folders%s"
              .formatted(
                  term,
                  type.cql(),
                  type == Scalar.TIMESTAMP ? ": use year(%s) and so on".formatted(term) : ""));
      return Optional.empty();
    }
    if (rowSchema.apply(output.name()).dataType() instanceof DecimalType) {
      problems.add("%s is a decimal, which does not name folders: text does".formatted(term));
      return Optional.empty();
    }
    Column source = column(output.name());
    Column value = kept == Kept.COLUMN ? source : source.cast("string");
    String name = output.name();
    if (kept == Kept.FOLDER_AND_FILE) {
      name += "_partition";
      if (!take(name)) {
        problems.add("%s: its folders would have the name of column %s".formatted(term, name));
      }
    } else if (rowSchema.apply(name).dataType().equals(DataTypes.StringType)) {
      value = NullLikeText.refused(source, output.column().name());
    }
    Column folder = column(name);
    Column number = hash(folder);
    if (WHOLE_NUMBERS.contains(type)) {
      number = folder.cast("bigint");
    } else if (type == Scalar.DATE) {
      number = unix_date(folder.cast("date"));
    }
    return Optional.of(new PartitionColumn(name, term, value, number, 0));
  }

  private Optional<Column> timeOf(Term.TimeOfColumn term, OutputColumn output) {
    Column source = column(output.name());
    TimePart part = term.part();
    CqlType type = output.column().type();
    if (type == Scalar.TIMESTAMP) {
      return Optional.of(part.ofMicros(unix_micros(source)));
    }
    if (type == Scalar.TIMEUUID) {
      return Optional.of(part.ofMicros(microsOfTimeuuid(source)));
    }
    if (type == Scalar.DATE && part.isOfDates()) {
      return Optional.of(part.ofDays(unix_date(source)));
    }
    problems.add(
        "%s: %s is of type %s, which has no %s"
            .formatted(term, term.column(), type.cql(), part.folder()));
    return Optional.empty();
  }

  private static Column microsOfTimeuuid(Column text) {
    Column hex = concat(substring(text, 16, 3), substring(text, 10, 4), substring(text, 1, 8));
    Column ticks = conv(hex, 16, 10).cast("bigint");
    return TimePart.floorDivide(ticks.minus(lit(UUID_EPOCH_TICKS)), 10);
  }

  private Optional<Column> writetime(Term.TimeOfWrite term) {
    Optional<OutputColumn> output =
        outputs(term.column())
            .filter(column -> column.aspect() == CellAspect.WRITETIME)
            .findFirst();
    if (output.isEmpty()) {
      missing(term, term.column(), "has no write time in the output: add it to --writetime");
    } else if (!output.get().isTold()) {
      problems.add(
          "%s: %s has no write times to tell, so leave it out: %s"
              .formatted(term, term.column(), whyUntold(term.column())));
      return Optional.empty();
    } else if (output.get().cells().isArray()) {
      problems.add(
          "%s: %s has a write time for each element: use --collection-writetime max or min"
              .formatted(term, term.column()));
      return Optional.empty();
    }
    return output.map(
        found ->
            projection.cellLayout() == CellLayout.STRUCT
                ? column(CellAspect.STRUCT_COLUMN)
                    .getField(CellAspect.WRITETIME.fieldName())
                    .getField(term.column().name())
                : column(found.name()));
  }

  private String whyUntold(Identifier column) {
    return projection.leftOut().stream()
        .filter(left -> left.aspect() == CellAspect.WRITETIME && left.column().equals(column))
        .map(LeftOut::reason)
        .findFirst()
        .orElseThrow();
  }

  private PartitionColumn ofTime(Term term, TimePart part, String source, Column text) {
    String name = derivedName(term, part.folder(), source);
    return new PartitionColumn(name, term, text, part.number(column(name)), part.bound());
  }

  private Optional<PartitionColumn> ofKey(Term.KeyBucket term) {
    List<Column> key = new ArrayList<>();
    for (io.ringlake.schema.Column column : projection.table().partitionKey()) {
      if (column.type().holdsMap()) {
        problems.add(
            "%s: %s of the key is of type %s, which Spark does not hash"
                .formatted(term, column.name(), column.type().cql()));
        return Optional.empty();
      }
      exported(term, column.name()).ifPresent(output -> key.add(column(output.name())));
    }
    if (key.size() < projection.table().partitionKey().size()) {
      return Optional.empty();
    }
    String name = derivedName(term, "bucket", "key");
    int digits = Integer.toString(term.buckets() - 1).length();
    Column bucket = pmod(hash(key.toArray(Column[]::new)), lit(term.buckets()));
    return Optional.of(
        new PartitionColumn(
            name,
            term,
            lpad(bucket.cast("string"), digits, "0"),
            column(name).cast("int"),
            term.buckets()));
  }

  /** The name of the function, or with the name of its source before it if that is taken. */
  private String derivedName(Term term, String function, String source) {
    if (take(function)) {
      return function;
    }
    String name = source + "_" + function;
    if (!take(name)) {
      problems.add(
          "%s: its folders would have the name of column %s or of other folders"
              .formatted(term, name));
    }
    return name;
  }

  private boolean take(String name) {
    return taken.add(folded(name));
  }

  private void refuse(String text) {
    if (problems.isEmpty() && unknown.isEmpty()) {
      return;
    }
    ErrorCode code = problems.isEmpty() ? ErrorCode.UNKNOWN_COLUMN : ErrorCode.BAD_LAYOUT;
    problems.addAll(unknown);
    throw new RunFailure(
        code,
        "--partition-by '%s' does not fit table %s: %s."
            .formatted(text, projection.table().name(), String.join("; ", problems)),
        TERMS);
  }

  /** As {@link Layout#check}. */
  static void check(String text) {
    List<String> problems = new PartitionBy(text).problems();
    if (!problems.isEmpty()) {
      throw new RunFailure(
          ErrorCode.BAD_LAYOUT,
          "--partition-by '%s' cannot be read: %s.".formatted(text, String.join("; ", problems)),
          TERMS);
    }
  }

  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
