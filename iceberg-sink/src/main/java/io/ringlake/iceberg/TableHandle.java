package io.ringlake.iceberg;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchIcebergTableException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.spark.source.HasIcebergCatalog;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/** A table by its name, in a catalog that a session has; it need not be there. */
final class TableHandle {

  private static final String HOW_TO_CONFIGURE =
      "Set spark.sql.catalog.%s=org.apache.iceberg.spark.SparkCatalog and what your catalog needs.";

  private final List<String> parts;
  private final CatalogPlugin plugin;
  private final Catalog catalog;
  private final TableIdentifier identifier;

  /**
   * @param name as in SQL, with the catalog before it
   * @throws TargetRefused if the name is none, or there is no such catalog
   */
  TableHandle(SparkSession session, String name) {
    this.parts = parts(session, name);
    this.plugin = plugin(session, parts.get(0));
    this.catalog = catalog(parts.get(0), plugin);
    int last = parts.size() - 1;
    this.identifier =
        TableIdentifier.of(
            Namespace.of(parts.subList(1, last).toArray(String[]::new)), parts.get(last));
  }

  private static List<String> parts(SparkSession session, String name) {
    List<String> parts;
    try {
      parts =
          JavaConverters.seqAsJavaList(
              session.sessionState().sqlParser().parseMultipartIdentifier(name));
    } catch (ParseException e) {
      throw noName(name, e);
    }
    if (parts.size() < 3) {
      throw noName(name, null);
    }
    return parts;
  }

  private static TargetRefused noName(String name, @Nullable Exception cause) {
    return new TargetRefused(
        TargetRefused.Reason.SETTINGS,
        "%s is not the name of a table in a catalog.".formatted(name),
        "Use catalog.namespace.table, with backticks around parts that have other characters than"
            + " letters, digits and underscores.",
        cause);
  }

  private static CatalogPlugin plugin(SparkSession session, String name) {
    if (!session.conf().contains("spark.sql.catalog." + name)) {
      throw new TargetRefused(
          TargetRefused.Reason.SETTINGS,
          "There is no catalog %s in this session.".formatted(name),
          HOW_TO_CONFIGURE.formatted(name));
    }
    try {
      return session.sessionState().catalogManager().catalog(name);
    } catch (Exception e) { // Spark's are not declared
      throw new TargetRefused(
          TargetRefused.Reason.UNWRITABLE,
          "Catalog %s cannot be used: %s".formatted(name, Failures.rootOf(e)),
          name.equals(S3Tables.CATALOG)
              ? "Look at --bucket-arn, the region in it, and the permissions that docs/s3-tables.md"
                  + " asks for; then run the same command."
              : "Look at the settings that begin with spark.sql.catalog.%s.".formatted(name),
          e);
    }
  }

  private static Catalog catalog(String name, CatalogPlugin plugin) {
    if (plugin instanceof HasIcebergCatalog iceberg) {
      return iceberg.icebergCatalog();
    }
    throw new TargetRefused(
        TargetRefused.Reason.SETTINGS,
        "Catalog %s is of class %s, which has no Iceberg tables."
            .formatted(name, plugin.getClass().getName()),
        HOW_TO_CONFIGURE.formatted(name));
  }

  /** The table as it is now, empty if there is none. */
  Optional<Table> load() {
    // What a catalog keeps of a table that was dropped and made again cannot be refreshed.
    catalog.invalidateTable(identifier);
    try {
      return Optional.of(catalog.loadTable(identifier));
    } catch (NoSuchIcebergTableException e) {
      throw new TargetRefused(
          TargetRefused.Reason.SETTINGS,
          "%s is there, but is not an Iceberg table.".formatted(this),
          "Choose another name with --output.",
          e);
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes the table without rows, and its namespace.
   *
   * @throws AlreadyExistsException if somebody else has made it meanwhile
   */
  Table create(TableDefinition definition) {
    Schema schema = definition.schema();
    PartitionSpec spec = definition.partitionSpec(schema);
    SortOrder order = definition.sortOrder(schema);
    createNamespace();
    try {
      // Not in a transaction: some catalogs do not stage tables.
      return catalog
          .buildTable(identifier, schema)
          .withPartitionSpec(spec)
          .withSortOrder(order)
          .withProperties(definition.properties())
          .create();
    } catch (IllegalArgumentException | ValidationException e) {
      throw new TargetRefused(
          TargetRefused.Reason.SETTINGS,
          "Table %s cannot be made: %s".formatted(this, Failures.rootOf(e)),
          "Look at --table-properties.",
          e);
    }
  }

  /** By Spark's interface: what a catalog keeps of tables hides Iceberg's. */
  private void createNamespace() {
    String[] namespace = identifier.namespace().levels();
    if (plugin instanceof SupportsNamespaces namespaces && !namespaces.namespaceExists(namespace)) {
      try {
        // Iceberg's REST client asks it for null, which Map.of() does not let be asked for.
        namespaces.createNamespace(namespace, new HashMap<>());
      } catch (NamespaceAlreadyExistsException e) {
        // somebody else made it
      }
    }
  }

  /** How SQL names a branch of it. */
  String branch(String branch) {
    return quoted(parts) + ".`branch_" + branch + "`";
  }

  /** How SQL names it. */
  @Override
  public String toString() {
    return quoted(parts);
  }

  private static String quoted(List<String> parts) {
    return parts.stream()
        .map(part -> "`" + part.replace("`", "``") + "`")
        .collect(Collectors.joining("."));
  }
}
