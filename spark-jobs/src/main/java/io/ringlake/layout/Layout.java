package io.ringlake.layout;

import io.ringlake.config.DataSize;
import io.ringlake.failure.RunFailure;
import io.ringlake.layout.LayoutPlanner.Kept;
import io.ringlake.projection.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The folders of an output. Which folder a row goes to, and which task writes it there, is decided
 * by that row alone: the table is live, and a task that runs again reads other rows beside the same
 * ones.
 */
public final class Layout {

  private final List<PartitionColumn> columns;
  private final List<Column> rowColumns;
  private final List<Transform> transforms;

  Layout(List<PartitionColumn> columns, List<Column> rowColumns, List<Transform> transforms) {
    this.columns = List.copyOf(columns);
    this.rowColumns = List.copyOf(rowColumns);
    this.transforms = List.copyOf(transforms);
  }

  /**
   * Makes sure that {@code --partition-by} can be read, whatever the table is.
   *
   * @param partitionBy as for {@link #plan}
   * @throws RunFailure if a term cannot be read; all that is wrong is named at once
   */
  public static void check(String partitionBy) {
    LayoutPlanner.check(partitionBy);
  }

  /**
   * Reads {@code --partition-by} and finds a source for each level of folders.
   *
   * @param partitionBy terms with commas between them; blank for no folders
   * @param keepPartitionColumns whether files also hold the columns whose values name folders
   * @param projection what rows hold
   * @param rowSchema the same in Spark's types
   * @throws RunFailure if a term cannot be read, names a column that is not exported or has the
   *     wrong type; all that is wrong is named at once
   */
  public static Layout plan(
      String partitionBy,
      boolean keepPartitionColumns,
      Projection projection,
      StructType rowSchema) {
    Kept kept = keepPartitionColumns ? Kept.FOLDER_AND_FILE : Kept.FOLDER;
    return new LayoutPlanner(projection, rowSchema, kept).plan(partitionBy);
  }

  /**
   * As {@link #plan}, for a table that partitions by itself and brings the rows of a partition
   * together. What it has no function for becomes a column that it partitions by.
   */
  public static Layout planTable(String partitionBy, Projection projection, StructType rowSchema) {
    return new LayoutPlanner(projection, rowSchema, Kept.COLUMN).planTable(partitionBy);
  }

  /**
   * As {@link #plan}, for a table that partitions by columns only: those of the rows keep their
   * types, and what is made from them becomes columns of text. They come last.
   */
  public static Layout planColumns(
      String partitionBy, Projection projection, StructType rowSchema) {
    return new LayoutPlanner(projection, rowSchema, Kept.COLUMN).plan(partitionBy);
  }

  /** What a table partitions by, outermost first; empty for folders. */
  public List<Transform> transforms() {
    return transforms;
  }

  /** Whether rows go to other places by what they are. */
  public boolean isPartitioned() {
    return !columns.isEmpty() || !transforms.isEmpty();
  }

  /** The names of the columns that folders are named by, outermost first; empty for no folders. */
  public List<String> partitionColumns() {
    return columns.stream().map(PartitionColumn::name).toList();
  }

  /** The terms that folders are made from, in the order of {@link #partitionColumns}. */
  public List<Term> terms() {
    return columns.stream().map(PartitionColumn::term).toList();
  }

  /**
   * Adds the partition columns after those that the files hold; of folders they are text.
   *
   * @param rows of the schema that the layout was planned for; may be a stream
   */
  public Dataset<Row> apply(Dataset<Row> rows) {
    if (columns.isEmpty()) {
      return rows;
    }
    List<Column> selected = new ArrayList<>(rowColumns);
    columns.forEach(column -> selected.add(column.value().as(column.name())));
    return rows.select(selected.toArray(Column[]::new));
  }

  /**
   * Brings the rows of a folder together in one task, and those of a folder that is larger than a
   * file in as many tasks as it needs files. Without folders the rows stay as they are.
   *
   * <p>Tables do that themselves, by their own size of a file.
   *
   * <p>Sets what Spark's adaptive execution needs for that on the session of the rows, so they
   * should be those of a {@code foreachBatch}, whose session is the query's own.
   *
   * @param rows of one batch, as {@link #apply} made them
   * @param fileSize what a file should have on disk
   * @param shuffleBytesPerDiskByte how many bytes a row has in a shuffle for each that it has in
   *     its file; above 0, rather too high than too low, since twice as many files as needed come
   *     out if it is half of what it should be
   */
  public Dataset<Row> distribute(
      Dataset<Row> rows, DataSize fileSize, double shuffleBytesPerDiskByte) {
    if (!isPartitioned()) {
      return rows;
    }
    if (!transforms.isEmpty()) {
      Rebalance.allowSplitting(rows);
      return rows;
    }
    return rebalance(Math.round(fileSize.bytes() * shuffleBytesPerDiskByte)).apply(rows);
  }

  Rebalance rebalance(long advisoryBytes) {
    return new Rebalance(columns, advisoryBytes);
  }

  /**
   * The refusal of a row by an {@link #apply applied} layout behind a failure of Spark, if there is
   * one: a text that a folder's name cannot hold.
   */
  public static Optional<RunFailure> refusalIn(Throwable failure) {
    return NullLikeText.in(failure);
  }

  /** How folders are made, for the plan: {@code year=year(ts)/month=month(ts)}. */
  @Override
  public String toString() {
    if (!transforms.isEmpty()) {
      return transforms.stream().map(Transform::toString).collect(Collectors.joining(", "));
    }
    return columns.stream()
        .map(column -> "%s=%s".formatted(column.name(), column.term()))
        .collect(Collectors.joining("/"));
  }
}
