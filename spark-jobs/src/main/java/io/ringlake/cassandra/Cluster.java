package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.schema.IndexKind;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.metadata.token.Token;
import com.datastax.oss.driver.internal.core.metadata.token.Murmur3Token;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.ring.Ring;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.ServerVersion;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the cluster says of itself: its tables and its ring, as the driver knows them. Closing it
 * closes the session.
 */
public final class Cluster implements AutoCloseable {

  private static final String STORAGE_ATTACHED = "StorageAttachedIndex";

  private final CqlSession session;

  private Cluster(CqlSession session) {
    this.session = session;
  }

  /**
   * Connects.
   *
   * @throws RunFailure if the cluster is not reached, refuses, or does not use Murmur3Partitioner,
   *     the only one whose tokens are a ring of 64-bit integers
   */
  public static Cluster connect(SessionSource sessions) {
    CqlSession session = sessions.open();
    try {
      checkPartitioner(session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return new Cluster(session);
  }

  /** The session behind it; closed with this object. */
  public CqlSession session() {
    return session;
  }

  /** All tables and materialized views outside Cassandra's own keyspaces, in order. */
  public NavigableSet<TableName> tables() {
    TreeSet<TableName> names = new TreeSet<>();
    for (KeyspaceMetadata keyspace : session.getMetadata().getKeyspaces().values()) {
      if (!SystemKeyspaces.contains(keyspace.getName().asInternal())) {
        keyspace.getTables().keySet().forEach(table -> names.add(name(keyspace, table)));
        keyspace.getViews().keySet().forEach(view -> names.add(name(keyspace, view)));
      }
    }
    return names;
  }

  /** The keyspaces outside Cassandra's own, in order. */
  public NavigableSet<Identifier> keyspaces() {
    TreeSet<Identifier> names = new TreeSet<>();
    for (KeyspaceMetadata keyspace : session.getMetadata().getKeyspaces().values()) {
      if (!SystemKeyspaces.contains(keyspace.getName().asInternal())) {
        names.add(new Identifier(keyspace.getName().asInternal()));
      }
    }
    return names;
  }

  /**
   * The table or materialized view of that exact name; empty if there is none. A session that is
   * open for long learns of a new table a second late, so the schema is read once more before one
   * is called missing.
   */
  public Optional<Table> table(TableName name) {
    return table(name, session.getMetadata()).or(() -> table(name, session.refreshSchema()));
  }

  private static Optional<Table> table(TableName name, Metadata metadata) {
    return metadata
        .getKeyspace(CqlIdentifier.fromInternal(name.keyspace().name()))
        .flatMap(
            keyspace ->
                relation(keyspace, name.table())
                    .map(relation -> TableReader.table(name, keyspace, relation)));
  }

  /** The lowest version of the nodes that are known; of one that does not tell, 0.0.0. */
  public ServerVersion version() {
    return session.getMetadata().getNodes().values().stream()
        .map(Node::getCassandraVersion)
        .map(
            version ->
                version == null
                    ? new ServerVersion(0, 0, 0)
                    : new ServerVersion(version.getMajor(), version.getMinor(), version.getPatch()))
        .min(Comparator.naturalOrder())
        .orElse(new ServerVersion(0, 0, 0));
  }

  /**
   * The columns of a table that have an index which finds all rows of a value. Not so SASI, which
   * is experimental, and indexes on parts of a collection.
   */
  public Set<Identifier> indexedColumns(TableName name) {
    Set<Identifier> indexed = new HashSet<>();
    session
        .getMetadata()
        .getKeyspace(CqlIdentifier.fromInternal(name.keyspace().name()))
        .flatMap(keyspace -> keyspace.getTable(CqlIdentifier.fromInternal(name.table().name())))
        .ifPresent(
            table -> {
              for (IndexMetadata index : table.getIndexes().values()) {
                table.getColumns().keySet().stream()
                    .filter(column -> column.asCql(true).equals(index.getTarget()))
                    .filter(column -> findsAllRows(index))
                    .forEach(column -> indexed.add(new Identifier(column.asInternal())));
              }
            });
    return indexed;
  }

  private static boolean findsAllRows(IndexMetadata index) {
    return index.getKind() != IndexKind.CUSTOM
        || index.getClassName().orElse("").endsWith(STORAGE_ATTACHED);
  }

  /**
   * The ring, each range with the replicas of {@code keyspace}, as {@code address:port}.
   *
   * @throws IllegalStateException if the driver has no token map, which it always makes
   */
  public Ring ring(Identifier keyspace) {
    return ring(session, keyspace);
  }

  /** As {@link #ring(Identifier)}, for a session that is open already. */
  public static Ring ring(CqlSession session, Identifier keyspace) {
    TokenMap tokens = tokenMap(session);
    TreeMap<Long, List<String>> replicasByToken = new TreeMap<>();
    for (Node node : session.getMetadata().getNodes().values()) {
      for (Token token : tokens.getTokens(node)) {
        Set<Node> replicas = tokens.getReplicas(CqlIdentifier.fromInternal(keyspace.name()), token);
        replicasByToken.put(((Murmur3Token) token).getValue(), addresses(replicas));
      }
    }
    return new Ring(replicasByToken);
  }

  /**
   * Of those that are asked, which nodes of other datacenters are not, unless there is no other.
   */
  private static List<String> addresses(Set<Node> nodes) {
    List<Node> asked =
        nodes.stream().filter(node -> node.getDistance() != NodeDistance.IGNORED).toList();
    return (asked.isEmpty() ? nodes : asked).stream().map(NodeAddress::of).toList();
  }

  private static Optional<? extends RelationMetadata> relation(
      KeyspaceMetadata keyspace, Identifier name) {
    CqlIdentifier id = CqlIdentifier.fromInternal(name.name());
    Optional<? extends RelationMetadata> table = keyspace.getTable(id);
    return table.isPresent() ? table : keyspace.getView(id);
  }

  private static TableName name(KeyspaceMetadata keyspace, CqlIdentifier relation) {
    return TableName.of(keyspace.getName().asInternal(), relation.asInternal());
  }

  private static TokenMap tokenMap(CqlSession session) {
    return session
        .getMetadata()
        .getTokenMap()
        .orElseThrow(() -> new IllegalStateException("The driver has no token map"));
  }

  private static void checkPartitioner(CqlSession session) {
    String partitioner = partitioner(session);
    if (!partitioner.endsWith("Murmur3Partitioner")) {
      throw new RunFailure(
          ErrorCode.UNSUPPORTED_PARTITIONER,
          "The cluster's partitioner is %s; Ringlake reads Murmur3Partitioner only."
              .formatted(partitioner.substring(partitioner.lastIndexOf('.') + 1)),
          "Copy the tables to a cluster with Murmur3Partitioner (sstableloader) and export from there.");
    }
  }

  private static String partitioner(CqlSession session) {
    try {
      Row local = session.execute("SELECT partitioner FROM system.local").one();
      return local == null ? "" : Objects.requireNonNullElse(local.getString(0), "");
    } catch (DriverException e) {
      throw ClusterFailure.onRead(e, "system.local");
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
