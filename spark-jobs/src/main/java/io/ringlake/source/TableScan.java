package io.ringlake.source;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.cassandra.Cluster;
import io.ringlake.cassandra.KnownTables;
import io.ringlake.cassandra.QueryCheck;
import io.ringlake.cassandra.SessionSource;
import io.ringlake.cassandra.SizeEstimate;
import io.ringlake.config.DataSize;
import io.ringlake.config.ReadConfig;
import io.ringlake.config.SourceConfig;
import io.ringlake.projection.Projection;
import io.ringlake.projection.ProjectionPlanner;
import io.ringlake.projection.Relation;
import io.ringlake.projection.SelectStatement;
import io.ringlake.ring.Ring;
import io.ringlake.ring.RingChoice;
import io.ringlake.ring.TokenSpan;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One table as it is to be read: what the driver knows of a scan before its spans are.
 *
 * @param select the query of one span, as the cluster has checked it
 * @param indexed columns that have an index on their value
 */
record TableScan(SourceConfig config, SelectStatement select, Set<Identifier> indexed) {

  /**
   * How many times smaller spans are that the cluster filters: it may go through all of one before
   * it answers with a page.
   */
  private static final int FILTERED = 8;

  TableScan {
    indexed = Set.copyOf(indexed);
  }

  /**
   * Asks the cluster for the table and works out what is read of it.
   *
   * @throws io.ringlake.failure.RunFailure if the cluster is not reached, or does not know what is
   *     asked for
   */
  static TableScan of(SourceConfig config) {
    try (Cluster cluster = Cluster.connect(new SessionSource(config.connection()))) {
      Table table = KnownTables.find(cluster, config.table());
      Projection projection =
          new ProjectionPlanner(
                  config.read().columns(), config.values(), config.cells(), cluster.version())
              .plan(table, config.read().written());
      return new TableScan(
          config,
          new QueryCheck(cluster.session(), config.read()).check(projection),
          cluster.indexedColumns(config.table()));
    }
  }

  TableScan withProjection(Projection pruned) {
    return new TableScan(config, select.withProjection(pruned), indexed);
  }

  /** The same scan without rows that some relations drop: those that the cluster can check. */
  TableScan narrowedBy(List<Relation> relations) {
    try (CqlSession session = new SessionSource(config.connection()).open()) {
      SelectStatement narrowed = new QueryCheck(session, config.read()).narrow(select, relations);
      return new TableScan(config, narrowed, indexed);
    }
  }

  Projection projection() {
    return select.projection();
  }

  /** What of the ring is read. */
  RingChoice ringChoice() {
    return config.read().ring();
  }

  RowLayout layout() {
    return RowLayout.of(projection());
  }

  /** The SELECT of one span. */
  String cql() {
    return select.cql();
  }

  SpanRead read(String scanId) {
    return new SpanRead(
        scanId,
        new SessionSource(config.connection()),
        projection().table().name(),
        cql(),
        config.read().consistency(),
        config.read().pageRows(),
        layout(),
        RowChecks.of(projection()),
        FieldTtls.of(projection()));
  }

  /** The ring as it is now, with the replicas of the table's keyspace. */
  Ring ring() {
    try (Cluster cluster = Cluster.connect(new SessionSource(config.connection()))) {
      return cluster.ring(projection().table().name().keyspace());
    }
  }

  /** How the table is cut now, on so many task slots. */
  SpanSizing sizing(int slots, DataSize fileSize) {
    try (CqlSession session = new SessionSource(config.connection()).open()) {
      Optional<SizeEstimate> size =
          select.namesPartitions()
              ? Optional.empty() // the size of the table says nothing of what is read
              : SizeEstimate.of(session, projection().table().name());
      ReadConfig read = config.read();
      DataSize spanSize = new DataSize(Math.max(1, read.spanSize().bytes() / FILTERED));
      return SpanSizing.of(
          select.relations().isEmpty() ? read : read.withSpanSize(spanSize), size, slots, fileSize);
    }
  }

  static List<PlannedSpan> numbered(List<TokenSpan> spans) {
    List<PlannedSpan> numbered = new ArrayList<>(spans.size());
    for (TokenSpan span : spans) {
      numbered.add(new PlannedSpan(numbered.size(), span));
    }
    return numbered;
  }
}
