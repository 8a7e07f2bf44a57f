package io.ringlake.sink.delta;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchDatabaseException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * A Delta table at a path, or by its name in Spark's own catalog; it need not be there. It is read
 * and written at its path, whatever it is named by.
 */
final class DeltaTableAt {

  /** How the name of a table begins. */
  static final String CATALOG = "spark_catalog";

  private static final String LOG = "_delta_log";
  private static final Pattern VERSION = Pattern.compile("\\d{20}\\..+");

  private final SparkSession session;
  private final String name;

  /** Null for one at a path. */
  private final @Nullable TableIdentifier identifier;

  /**
   * @param name a path, or {@code spark_catalog.namespace.table}
   */
  DeltaTableAt(SparkSession session, String name) {
    this.session = session;
    this.name = name;
    this.identifier = name.startsWith(CATALOG + ".") ? identifier(session, name) : null;
  }

  /**
   * A table as it is.
   *
   * @param id what tells it from another one at its place
   * @param version the newest, 0 and above
   */
  record State(
      UUID id,
      long version,
      StructType columns,
      List<String> partitionColumns,
      Map<String, String> properties,
      Path path) {

    boolean isAppendOnly() {
      return Boolean.parseBoolean(properties.getOrDefault("delta.appendOnly", "false"));
    }
  }

  private static TableIdentifier identifier(SparkSession session, String name) {
    try {
      List<String> parts =
          JavaConverters.seqAsJavaList(
              session.sessionState().sqlParser().parseMultipartIdentifier(name));
      if (parts.size() == 3) {
        return new TableIdentifier(parts.get(2), Option.apply(parts.get(1)));
      }
    } catch (ParseException e) {
      throw noName(name, e);
    }
    throw noName(name, null);
  }

  private static RunFailure noName(String name, @Nullable Exception cause) {
    return new RunFailure(
        ErrorCode.BAD_SETTINGS,
        "%s is not the name of a table in Spark's catalog.".formatted(name),
        "Use spark_catalog.namespace.table, with backticks around parts that have other characters"
            + " than letters, digits and underscores; or a path.",
        cause);
  }

  /**
   * The table as it is now, empty if there is none.
   *
   * @throws RunFailure if something else is at its place
   */
  Optional<State> load() throws IOException {
    Optional<Path> path = path();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    if (!hasLog(path.get())) {
      if (identifier == null) {
        return Optional.empty();
      }
      throw new RunFailure(
          ErrorCode.TARGET_LOST_FILES,
          "Table %s is in the catalog, but there is no Delta table at %s."
              .formatted(name, path.get()),
          "Drop it from the catalog, or restore its files.");
    }
    DeltaTable table = table(path.get());
    Row detail = table.detail().select("id", "partitionColumns", "properties").head();
    return Optional.of(
        new State(
            UUID.fromString(detail.getString(0)),
            history(path.get(), 1).get(0).version(),
            table.toDF().schema(),
            detail.getList(1),
            detail.getJavaMap(2),
            path.get()));
  }

  /** Where it is, or would be; empty for a name that the catalog does not have. */
  private Optional<Path> path() {
    if (identifier == null) {
      return Optional.of(new Path(name));
    }
    SessionCatalog catalog = session.sessionState().catalog();
    CatalogTable found;
    try {
      found = catalog.getTableMetadata(identifier);
    } catch (NoSuchDatabaseException | NoSuchTableException e) {
      return Optional.empty();
    }
    if (!found.provider().contains("delta")) {
      throw new RunFailure(
          ErrorCode.BAD_SETTINGS,
          "%s is there, but is not a Delta table.".formatted(name),
          "Choose another name with --output.");
    }
    return Optional.of(new Path(found.location()));
  }

  private DeltaTable table(Path path) {
    return DeltaTable.forPath(session, path.toString());
  }

  /** The newest versions, the oldest of them first. */
  List<DeltaCommit> history(Path path, int versions) {
    return table(path).history(versions).collectAsList().stream()
        .map(DeltaCommit::of)
        .sorted(Comparator.comparingLong(DeltaCommit::version))
        .toList();
  }

  /** All versions that there are, the oldest first. */
  List<DeltaCommit> history(Path path) {
    return history(path, Integer.MAX_VALUE);
  }

  /**
   * Makes the table, without rows.
   *
   * @param metadata what its first version tells, if it is at a path
   */
  void create(DeltaDefinition definition, String metadata) {
    if (identifier != null) {
      createNamed(definition, identifier);
      return;
    }
    Map<String, String> options = new HashMap<>(definition.properties());
    options.put("userMetadata", metadata);
    DataFrameWriter<Row> writer =
        session
            .createDataFrame(List.of(), definition.tableColumns())
            .write()
            .format("delta")
            .mode(SaveMode.ErrorIfExists)
            .options(options);
    if (!definition.partitionColumns().isEmpty()) {
      writer.partitionBy(definition.partitionColumns().toArray(String[]::new));
    }
    writer.save(name);
  }

  private void createNamed(DeltaDefinition definition, TableIdentifier table) {
    String namespace = table.database().get();
    if (session.sessionState().catalogManager().catalog(CATALOG)
            instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(new String[] {namespace})) {
      try {
        namespaces.createNamespace(new String[] {namespace}, new HashMap<>());
      } catch (NamespaceAlreadyExistsException e) {
        // somebody else made it
      }
    }
    DeltaTableBuilder builder =
        DeltaTable.create(session)
            .tableName(table.quotedString())
            .addColumns(definition.tableColumns());
    if (!definition.partitionColumns().isEmpty()) {
      builder.partitionedBy(definition.partitionColumns().toArray(String[]::new));
    }
    definition.properties().forEach(builder::property);
    builder.execute();
  }

  /**
   * Makes sure that a path at which there is no table holds nothing but what is hidden, and does
   * not lie in another table.
   */
  void requireNothingElse() throws IOException {
    if (identifier != null) {
      return;
    }
    Path path = new Path(name);
    Optional<String> other =
        names(path).stream().filter(Predicate.not(each -> each.startsWith("_"))).findFirst();
    if (other.isPresent()) {
      throw new RunFailure(
          ErrorCode.TARGET_NOT_EMPTY,
          "%s is not empty, and not a Delta table: it holds %s.".formatted(name, other.get()),
          "Export to another path; nothing here was changed.");
    }
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (isTable(above)) {
        throw new RunFailure(
            ErrorCode.BAD_SETTINGS,
            "%s lies in the Delta table %s.".formatted(name, above),
            "Export to another path.");
      }
    }
  }

  /** Not, where nobody may look: on object stores that is usual above a folder of one's own. */
  private boolean isTable(Path path) {
    try {
      return hasLog(path);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean hasLog(Path path) throws IOException {
    return names(new Path(path, LOG)).stream().anyMatch(VERSION.asMatchPredicate());
  }

  /** The names in a folder, none if there is no such folder. */
  private List<String> names(Path folder) throws IOException {
    Configuration hadoop = session.sessionState().newHadoopConf();
    FileSystem files = folder.getFileSystem(hadoop);
    try {
      FileStatus[] found = files.listStatus(folder);
      return Arrays.stream(found)
          .map(file -> file.getPath().getName())
          .sorted()
          .collect(Collectors.toList());
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Removes what is at its path, if there is something. */
  void delete() throws IOException {
    Path path = new Path(name);
    path.getFileSystem(session.sessionState().newHadoopConf()).delete(path, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
