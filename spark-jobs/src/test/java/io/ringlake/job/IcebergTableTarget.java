package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.iceberg.S3Tables;
import io.ringlake.schema.TableName;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.IcebergLake;
import io.ringlake.testkit.iceberg.RestCatalogServer;
import io.ringlake.testkit.iceberg.TableBucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An Iceberg table of a catalog {@code lake}, or of a table bucket. */
final class IcebergTableTarget extends ExportTarget {

  private final TableName table;
  private final Map<String, String> catalog;

  /** What a table bucket has otherwise than on AWS. */
  private final Map<String, String> given;

  private final @Nullable RestCatalogServer server;
  private final @Nullable TableBucket bucket;

  IcebergTableTarget(Store store, TableName table, Map<String, String> catalog) {
    super(store);
    this.table = table;
    this.catalog = catalog;
    this.given = Map.of();
    this.server = null;
    this.bucket = null;
  }

  IcebergTableTarget(Store store, TableName table, RestCatalogServer server) {
    super(store);
    this.table = table;
    this.catalog = new HashMap<>(store.iceberg());
    catalog.put("type", "rest");
    catalog.put("uri", server.uri());
    this.given = Map.of();
    this.server = server;
    this.bucket = null;
  }

  IcebergTableTarget(Store store, TableName table, RestCatalogServer server, TableBucket bucket) {
    super(store);
    this.table = table;
    this.given = new HashMap<>(store.iceberg());
    given.putAll(bucket.properties(server.uri()));
    this.catalog = new S3Tables(bucket.arn()).properties(given);
    this.server = server;
    this.bucket = bucket;
  }

  @Override
  Map<String, String> spark() {
    Map<String, String> properties = new HashMap<>(super.spark());
    if (bucket == null) {
      properties.putAll(IcebergLake.spark(catalog));
    } else {
      given.forEach((key, value) -> properties.put(S3Tables.PREFIX + key, value));
    }
    return properties;
  }

  @Override
  List<String> flags() {
    List<String> flags = new ArrayList<>(List.of("--checkpoint", store().uri("checkpoint")));
    if (bucket == null) {
      flags.addAll(List.of("--format", "iceberg", "--output", "lake.{keyspace}.{table}"));
    } else {
      flags.addAll(List.of("--format", "s3-tables", "--output", "{keyspace}.{table}"));
      flags.addAll(List.of("--bucket-arn", bucket.arn(), "--max-snapshot-age", "240h"));
    }
    return flags;
  }

  /** A commit begins with the list of what the snapshot has; that of a new branch with another. */
  @Override
  Halt beforeCommit(long batchId) {
    return Halt.after("files of batch " + batchId, "close", "/metadata/snap-.+\\.avro$")
        .at(batchId == 0 ? 2 : 1);
  }

  private IcebergLake lake() {
    return new IcebergLake(catalog, table, store().spark());
  }

  @Override
  DuckLake rows() throws Exception {
    try (IcebergLake lake = lake()) {
      return DuckLake.ofParquet(
          lake.locations().stream().map(file -> store().localOf(file).toString()).toList());
    }
  }

  @Override
  Map<String, List<Long>> added() throws Exception {
    try (IcebergLake lake = lake()) {
      return lake.added();
    }
  }

  /** Files of tasks that died are in no snapshot, and stay. */
  @Override
  void assertTidy() throws Exception {
    try (IcebergLake lake = lake()) {
      assertThat(lake.table().refs()).containsOnlyKeys("main");
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    super.close();
  }
}
