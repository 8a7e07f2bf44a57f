package io.ringlake.job;

import io.ringlake.checkpoint.TableCheckpoint;
import io.ringlake.config.OutputConfig;
import io.ringlake.layout.Term;
import io.ringlake.layout.TimePart;
import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.schema.Identifier;
import io.ringlake.sink.FileTarget;
import io.ringlake.sink.ParquetSink;
import io.ringlake.sink.Sink;
import io.ringlake.sink.TextSink;
import io.ringlake.sink.TimePartition;
import io.ringlake.writetime.CellAspect;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The one place where formats become sinks. */
final class Sinks {

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
   * The target of a pass.
   *
   * @param givenUp earlier passes whose files do not count
   * @param holdCheck throws if another driver has taken over
   */
  Sink of(UUID passId, Set<UUID> givenUp, Runnable holdCheck) {
    FileTarget files = fileTarget(passId, givenUp);
    return switch (output.format()) {
      case PARQUET -> ParquetSink.of(session, files, output.compression(), holdCheck);
      case CSV -> TextSink.csv(session, files, output.text(), output.compression(), holdCheck);
      case JSON -> TextSink.json(session, files, output.text(), output.compression(), holdCheck);
    };
  }

  private FileTarget fileTarget(UUID passId, Set<UUID> givenUp) {
    Map<String, Map<ChronoUnit, String>> times = timePartitions();
    return new FileTarget(
        plan.table().name(),
        plan.table().ddl(),
        plan.output(),
        output.mode(),
        passId,
        givenUp,
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
