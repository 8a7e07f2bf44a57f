package io.ringlake.source;

import io.ringlake.projection.Relation;
import io.ringlake.writetime.CellAspect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Leaves out of a batch read the columns that nobody asks for, and rows that the cluster can tell
 * to be filtered away; a stream keeps them all.
 */
final class RinglakeScanBuilder
    implements SupportsPushDownRequiredColumns, SupportsPushDownV2Filters {

  private TableScan scan;
  private final List<Predicate> pushed = new ArrayList<>();

  RinglakeScanBuilder(TableScan scan) {
    this.scan = scan;
  }

  /** Hands filters to the cluster; Spark is to apply all of them again. */
  @Override
  public Predicate[] pushPredicates(Predicate[] filters) {
    FilterTranslation translation = new FilterTranslation(scan.projection(), scan.indexed());
    List<Relation> relations = new ArrayList<>();
    List<Predicate> translated = new ArrayList<>();
    for (Predicate filter : filters) {
      Optional<Relation> relation = translation.relation(filter);
      if (scan.config().pushdown() && relation.isPresent()) {
        relations.add(relation.get());
        translated.add(filter);
      }
    }
    if (!relations.isEmpty()) {
      scan = scan.narrowedBy(relations);
    }
    for (int i = 0; i < relations.size(); i++) {
      if (scan.select().relations().contains(relations.get(i))) {
        pushed.add(translated.get(i));
      }
    }
    return filters.clone();
  }

  @Override
  public Predicate[] pushedPredicates() {
    return pushed.toArray(new Predicate[0]);
  }

  @Override
  public void pruneColumns(StructType required) {
    scan = scan.withProjection(scan.projection().prune(leaves(required)));
  }

  /** Names of output columns: of the struct of aspects, the paths to its fields. */
  private static Set<String> leaves(StructType required) {
    Set<String> names = new HashSet<>();
    for (StructField field : required.fields()) {
      names.add(field.name());
      if (field.name().equals(CellAspect.STRUCT_COLUMN)
          && field.dataType() instanceof StructType aspects) {
        addPaths(names, aspects);
      }
    }
    return names;
  }

  private static void addPaths(Set<String> names, StructType aspects) {
    for (StructField aspect : aspects.fields()) {
      if (aspect.dataType() instanceof StructType columns) {
        for (String column : columns.fieldNames()) {
          names.add(String.join(".", CellAspect.STRUCT_COLUMN, aspect.name(), column));
        }
      }
    }
  }

  @Override
  public Scan build() {
    return new RinglakeScan(scan);
  }
}
