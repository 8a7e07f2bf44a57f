package io.ringlake.job;

import io.ringlake.checkpoint.Pass;
import io.ringlake.checkpoint.ScanPlan;
import io.ringlake.checkpoint.TableCheckpoint;
import io.ringlake.checkpoint.TargetTables;
import io.ringlake.config.DataSize;
import io.ringlake.config.OutputConfig;
import io.ringlake.config.S3TablesConfig;
import io.ringlake.config.TextConfig;
import io.ringlake.iceberg.IcebergTarget;
import io.ringlake.iceberg.MaintenanceClient;
import io.ringlake.iceberg.PartitionTransform;
import io.ringlake.iceberg.S3Tables;
import io.ringlake.iceberg.TableDefinition;
import io.ringlake.iceberg.TableDefinition.SortColumn;
import io.ringlake.iceberg.TableMaintenance;
import io.ringlake.layout.Term;
import io.ringlake.layout.TimePart;
import io.ringlake.layout.Transform;
import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.schema.Identifier;
import io.ringlake.sink.FileTarget;
import io.ringlake.sink.IcebergSink;
import io.ringlake.sink.ParquetSink;
import io.ringlake.sink.S3TablesSink;
import io.ringlake.sink.Sink;
import io.ringlake.sink.TextSink;
import io.ringlake.sink.TimePartition;
import io.ringlake.sink.delta.DeltaDefinition;
import io.ringlake.sink.delta.DeltaPass;
import io.ringlake.sink.delta.DeltaSink;
import io.ringlake.writetime.CellAspect;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The one place where formats become sinks. */
final class Sinks {

  private static final long MEGABYTE = 1024L * 1024;

  private final OutputConfig output;
  private final TablePlan plan;
  private final SparkSession session;

  /**
   * @param session of this table alone
   */
  Sinks(OutputConfig output, TablePlan plan, SparkSession session) {
    this.output = output;
    this.plan = plan;
    this.session = session;
  }

  /**
   * Who writes.
   *
   * @param givenUp earlier passes that do not count
   * @param kept what the checkpoint keeps of a table
   * @param about what a table is told with each commit
   * @param spans which spans of the plan a batch has
   * @param staging where rows may wait; null for a pass that has not begun
   * @param holdCheck throws if another driver has taken over
   */
  private record Writer(
      UUID passId,
      Set<UUID> givenUp,
      TargetTables kept,
      Map<String, String> about,
      LongFunction<String> spans,
      @Nullable Path staging,
      Runnable holdCheck) {}

  /**
   * The target of a pass that has not begun.
   *
   * @param givenUp earlier passes that do not count
   * @param holdCheck throws if another driver has taken over
   */
  Sink ofNew(UUID passId, Set<UUID> givenUp, Runnable holdCheck) {
    return of(
        new Writer(passId, givenUp, TargetTables.NONE, Map.of(), batchId -> "", null, holdCheck));
  }

  /**
   * The target of a pass.
   *
   * @param checkpoint where the pass is kept
   * @param holdCheck throws if another driver has taken over
   */
  Sink of(Pass pass, TableCheckpoint checkpoint, Runnable holdCheck) {
    ScanPlan scanPlan = pass.plan();
    return of(
        new Writer(
            scanPlan.passId(),
            scanPlan.givenUp(),
            checkpoint.targetTables(pass),
            Map.of("ringlake.table", scanPlan.table(), "ringlake.run", scanPlan.runId()),
            batchId ->
                "%d-%d".formatted(scanPlan.firstSpan(batchId), scanPlan.endSpan(batchId) - 1),
            TableCheckpoint.stagingFolder(pass),
            holdCheck));
  }

  /** What the snapshot of a batch tells of it. */
  private static Map<String, String> summary(Writer writer, long batchId) {
    Map<String, String> summary = new HashMap<>(writer.about());
    summary.put("ringlake.spans", writer.spans().apply(batchId));
    return summary;
  }

  private Sink of(Writer writer) {
    String compression = output.compression();
    TextConfig text = output.text();
    Runnable hold = writer.holdCheck();
    return switch (output.format()) {
      case PARQUET -> ParquetSink.of(session, fileTarget(writer), compression, hold);
      case CSV -> TextSink.csv(session, fileTarget(writer), text, compression, hold);
      case JSON -> TextSink.json(session, fileTarget(writer), text, compression, hold);
      case ICEBERG -> iceberg(plan.output(), writer);
      case S3_TABLES -> s3Tables(writer);
      case DELTA -> delta(writer);
    };
  }

  private Sink delta(Writer writer) {
    return new DeltaSink(
        session,
        new DeltaDefinition(
            plan.output(),
            new ColumnDocs(projection()).on(schema()),
            plan.layout().partitionColumns(),
            output.table().properties(),
            output.mergeSchema()),
        new DeltaPass(
            writer.passId(),
            writer.givenUp(),
            output.mode(),
            writer.kept(),
            writer.about(),
            writer.spans(),
            writer.staging(),
            writer.holdCheck()),
        output.compression(),
        output.fileSize());
  }

  private Sink s3Tables(Writer writer) {
    S3TablesConfig config = Objects.requireNonNull(output.s3Tables());
    String[] names = plan.output().split("\\.", 2);
    DataSize compaction = config.compactionTarget();
    Duration age = config.maxSnapshotAge();
    return new S3TablesSink(
        iceberg("%s.`%s`.`%s`".formatted(S3Tables.CATALOG, names[0], names[1]), writer),
        new MaintenanceClient(session, new S3Tables(config.bucketArn())),
        names[0],
        names[1],
        new TableMaintenance(
            compaction == null
                ? OptionalInt.empty()
                : OptionalInt.of(Math.toIntExact(compaction.bytes() / MEGABYTE)),
            config.minSnapshotsToKeep(),
            age == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(age.toHours()))));
  }

  private IcebergSink iceberg(String name, Writer writer) {
    TableDefinition definition =
        new TableDefinition(
            name,
            new ColumnDocs(projection()).on(schema()),
            plan.layout().transforms().stream().map(Sinks::transform).toList(),
            output.table().sortBy().stream()
                .map(term -> new SortColumn(term.column(), term.descends()))
                .toList(),
            primaryKey(),
            properties());
    IcebergTarget.Pass pass =
        new IcebergTarget.Pass(
            writer.passId(),
            writer.givenUp(),
            IcebergTarget.Mode.valueOf(output.mode().name()),
            batchId -> summary(writer, batchId),
            Map.of(
                "compression-codec", output.compression(),
                "target-file-size-bytes", Long.toString(output.fileSize().bytes())));
    return new IcebergSink(
        new IcebergTarget(
            session, definition, pass, new PassLedger(writer.kept()), writer.holdCheck()));
  }

  /** Of a table that is made; what the settings say of it comes last. */
  private Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("ringlake.table", plan.table().name().toString());
    properties.put("write.parquet.compression-codec", output.compression());
    properties.put("write.target-file-size-bytes", Long.toString(output.fileSize().bytes()));
    properties.putAll(output.table().properties());
    return properties;
  }

  private static PartitionTransform transform(Transform transform) {
    return new PartitionTransform(
        PartitionTransform.Function.valueOf(transform.function().name()),
        transform.column(),
        transform.argument());
  }

  /**
   * The output columns of the primary key if a table can have it as its identifier: all of them,
   * none nullable or a float.
   *
   * @see <a href="https://iceberg.apache.org/spec/#identifier-field-ids">Identifier field ids</a>
   */
  private List<String> primaryKey() {
    Set<Identifier> key = new LinkedHashSet<>();
    plan.table().columns().stream()
        .filter(column -> column.kind().isKey())
        .forEach(column -> key.add(column.name()));
    List<String> names = new ArrayList<>();
    for (OutputColumn column : projection().columns()) {
      if (column.isValue() && key.contains(column.column().name())) {
        StructField field = plan.rows().apply(column.name());
        if (field.nullable() || !isIdentifierType(field.dataType())) {
          return List.of();
        }
        names.add(column.name());
      }
    }
    return names.size() == key.size() ? names : List.of();
  }

  private static boolean isIdentifierType(DataType type) {
    return !(type instanceof FloatType
        || type instanceof DoubleType
        || type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType);
  }

  private FileTarget fileTarget(Writer writer) {
    Map<String, Map<ChronoUnit, String>> times = timePartitions();
    return new FileTarget(
        plan.table().name(),
        plan.table().ddl(),
        new Path(plan.output()),
        output.mode(),
        writer.passId(),
        writer.givenUp(),
        TableCheckpoint.folder(plan.checkpoint(), plan.table().name()),
        schema(),
        plan.layout().partitionColumns(),
        times.entrySet().stream()
            .map(time -> new TimePartition(time.getKey(), time.getValue()))
            .toList(),
        boundColumns(times.keySet()));
  }

  private StructType schema() {
    return plan.layout().apply(session.createDataFrame(List.of(), plan.rows())).schema();
  }

  /** The partition columns that are parts of a time, by the output column that has the time. */
  private Map<String, Map<ChronoUnit, String>> timePartitions() {
    Map<String, Map<ChronoUnit, String>> times = new LinkedHashMap<>();
    List<String> names = plan.layout().partitionColumns();
    List<Term> terms = plan.layout().terms();
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i) instanceof Term.TimeOfColumn time) {
        add(times, time.column().name(), time.part(), names.get(i));
      } else if (terms.get(i) instanceof Term.TimeOfWrite time) {
        add(times, writetimeOf(time.column()), time.part(), names.get(i));
      }
    }
    return times;
  }

  private static void add(
      Map<String, Map<ChronoUnit, String>> times, String source, TimePart part, String name) {
    times.computeIfAbsent(source, column -> new EnumMap<>(ChronoUnit.class)).put(unit(part), name);
  }

  private static ChronoUnit unit(TimePart part) {
    return switch (part) {
      case YEAR -> ChronoUnit.YEARS;
      case MONTH -> ChronoUnit.MONTHS;
      case DAY -> ChronoUnit.DAYS;
      case HOUR -> ChronoUnit.HOURS;
      case MINUTE -> ChronoUnit.MINUTES;
    };
  }

  private String writetimeOf(Identifier column) {
    return projection().columns().stream()
        .filter(out -> out.aspect() == CellAspect.WRITETIME && out.column().name().equals(column))
        .map(OutputColumn::name)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No write time is exported of " + column));
  }

  /** What a reader skips files by: the times that folders are made from, and all write times. */
  private List<String> boundColumns(Set<String> timeSources) {
    Set<String> columns = new LinkedHashSet<>(timeSources);
    projection().columns().stream()
        .filter(column -> column.aspect() == CellAspect.WRITETIME && !column.cells().isArray())
        .forEach(column -> columns.add(column.name()));
    return new ArrayList<>(columns);
  }

  private Projection projection() {
    return plan.select().projection();
  }
}
