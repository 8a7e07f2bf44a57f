package io.ringlake.sink;

import io.ringlake.sink.Manifest.Bounds;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Reads rows and bounds from the footers of Parquet files, on the executors. */
final class ParquetFooters implements FileFooters {

  /** So many footers are read in about the time that a task costs. */
  private static final int FILES_PER_TASK = 50;

  @Override
  public List<Footer> read(
      SparkSession session, OutputFolder folder, List<String> paths, List<String> boundColumns) {
    if (paths.isEmpty()) {
      return List.of();
    }
    SerializableConfiguration conf =
        new SerializableConfiguration(session.sessionState().newHadoopConf());
    int tasks = (paths.size() + FILES_PER_TASK - 1) / FILES_PER_TASK;
    return JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(paths.stream().map(path -> folder.absolute(path).toString()).toList(), tasks)
        .map(file -> footer(new Path(file), conf.value(), boundColumns).toJson())
        .collect()
        .stream()
        .map(Footer::fromJson)
        .toList();
  }

  private static Footer footer(Path file, Configuration conf, List<String> boundColumns)
      throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
      List<BlockMetaData> blocks = reader.getFooter().getBlocks();
      Map<String, Bounds> bounds = new LinkedHashMap<>();
      for (String column : boundColumns) {
        bounds(column, blocks).ifPresent(found -> bounds.put(column, found));
      }
      return new Footer(reader.getRecordCount(), bounds);
    }
  }

  private static Optional<Bounds> bounds(String column, List<BlockMetaData> blocks) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    PrimitiveType type = null;
    for (BlockMetaData block : blocks) {
      Optional<ColumnChunkMetaData> chunk =
          block.getColumns().stream()
              .filter(candidate -> candidate.getPath().toDotString().equals(column))
              .findFirst();
      if (chunk.isEmpty() || !isWhole(chunk.get().getPrimitiveType())) {
        return Optional.empty();
      }
      Statistics<?> statistics = chunk.get().getStatistics();
      if (statistics == null || statistics.isEmpty()) {
        return Optional.empty();
      }
      if (statistics.hasNonNullValue()) {
        type = chunk.get().getPrimitiveType();
        least = Math.min(least, ((Number) statistics.genericGetMin()).longValue());
        greatest = Math.max(greatest, ((Number) statistics.genericGetMax()).longValue());
      } else if (statistics.getNumNulls() != chunk.get().getValueCount()) {
        return Optional.empty();
      }
    }
    return type == null
        ? Optional.empty()
        : Optional.of(new Bounds(text(least, type), text(greatest, type)));
  }

  private static boolean isWhole(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    boolean whole =
        type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
            || type.getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    return whole
        && !(logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation)
        && !(logical instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation);
  }

  private static String text(long value, PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DateLogicalTypeAnnotation) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      ChronoUnit unit =
          switch (timestamp.getUnit()) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
          };
      return Instant.EPOCH.plus(value, unit).toString();
    }
    return Long.toString(value);
  }
}
