package io.ringlake.layout;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Spark's {@code REBALANCE}, in such a way that folders do not meet in a shuffle partition.
 *
 * <p>Where two folders meet in one, a large one spreads the other: when Spark splits the partition,
 * both are in every piece. Spark chooses a partition by the hash of what it is told to rebalance
 * by, so that folders meet by chance, and often. We number folders (months one by one), map the
 * number to a partition ourselves, and tell Spark to rebalance by an integer whose hash chooses
 * just that partition. Folders whose numbers are less than {@link #PARTITIONS} apart never meet;
 * values of text columns still do by chance, of two with a probability of 1 in 1,999.
 */
final class Rebalance {

  /**
   * As many as Spark keeps exact sizes for (above 2,000 it only knows an average), and a prime, so
   * that what numbers are multiplied with never folds them.
   */
  static final int PARTITIONS = 1_999;

  private static final String KEY = "__ringlake_partition";

  /** The seed of Spark's hash partitioning. */
  private static final int SEED = 42;

  /** At the place of each partition an integer that Spark's hash partitioning sends there. */
  private static final int[] KEYS = keys();

  private final List<PartitionColumn> columns;
  private final long advisoryBytes;

  Rebalance(List<PartitionColumn> columns, long advisoryBytes) {
    this.columns = columns;
    this.advisoryBytes = Math.max(1, advisoryBytes);
  }

  /** Sets what lets Spark split a large partition and join small ones, which streams switch off. */
  static void allowSplitting(Dataset<Row> rows) {
    RuntimeConfig conf = rows.sparkSession().conf();
    conf.set("spark.sql.adaptive.enabled", true);
    conf.set("spark.sql.adaptive.coalescePartitions.enabled", true);
    // Small folders are spread over all cores: they are whole in a partition, so that more tasks do
    // not mean more files.
    conf.set("spark.sql.adaptive.coalescePartitions.parallelismFirst", true);
    conf.set("spark.sql.adaptive.optimizeSkewsInRebalancePartitions.enabled", true);
  }

  Dataset<Row> apply(Dataset<Row> rows) {
    allowSplitting(rows);
    RuntimeConfig conf = rows.sparkSession().conf();
    conf.set("spark.sql.adaptive.advisoryPartitionSizeInBytes", advisoryBytes + "b");
    return rows.withColumn(KEY, key()).hint("rebalance", PARTITIONS, col(KEY).expr()).drop(KEY);
  }

  /** An integer whose hash is that of the row's shuffle partition. */
  Column key() {
    return element_at(lit(KEYS), partition().cast("int").plus(lit(1)));
  }

  /** The shuffle partition of a row: a number of mixed radix, what has no bound first. */
  private Column partition() {
    List<PartitionColumn> unboundedFirst = new ArrayList<>(columns);
    unboundedFirst.sort(Comparator.comparing(column -> column.bound() > 0));
    Column partition = lit(0L);
    for (PartitionColumn column : unboundedFirst) {
      boolean bounded = column.bound() > 0;
      int radix = bounded ? column.bound() : 128;
      long ofNull = bounded ? column.bound() : PARTITIONS / 2;
      Column number = coalesce(column.number().cast("bigint"), lit(ofNull));
      partition =
          pmod(partition.multiply(lit(radix)).plus(pmod(number, lit(PARTITIONS))), lit(PARTITIONS));
    }
    return partition;
  }

  private static int[] keys() {
    int[] keys = new int[PARTITIONS];
    boolean[] found = new boolean[PARTITIONS];
    int missing = PARTITIONS;
    for (int key = 0; missing > 0; key++) {
      int partition = Math.floorMod(Murmur3_x86_32.hashInt(key, SEED), PARTITIONS);
      if (!found[partition]) {
        found[partition] = true;
        keys[partition] = key;
        missing--;
      }
    }
    return keys;
  }
}
