package io.ringlake.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.iceberg.S3Tables;
import io.ringlake.testing.Command;
import io.ringlake.testkit.CassandraCluster;
import io.ringlake.testkit.OrdersTable;
import io.ringlake.testkit.S3Properties;
import io.ringlake.testkit.S3Server;
import io.ringlake.testkit.SharedCassandra;
import io.ringlake.testkit.iceberg.RestCatalogServer;
import io.ringlake.testkit.iceberg.TableBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every {@code ringlake} command of README and of the pages ends well, as it stands there but for
 * the nodes and the folder.
 */
class DocumentedCommandsIT {

  private static final String EXPORT =
      "export --table shop.orders --output /data/lake/orders --contact-points 10.0.0.11"
          + " --local-datacenter dc1";

  private static CassandraCluster cassandra;

  @TempDir private Path folder;
  private @Nullable S3Server s3;
  private @Nullable RestCatalogServer catalog;

  /** Hadoop keeps a file system for each bucket's name, whatever its server. */
  private final String bucket = "lake-" + UUID.randomUUID();

  @BeforeAll
  static void fill() {
    cassandra = SharedCassandra.get();
    CqlSession cql = cassandra.session();
    cql.execute("DROP KEYSPACE IF EXISTS shop");
    new OrdersTable(cql, "shop").insert(0, 100);
    cql.execute(
        "CREATE TABLE shop.readings (sensor uuid, at timestamp, celsius double, PRIMARY KEY (sensor, at))");
    cql.execute(
        "CREATE TABLE shop.order_lines (order_id uuid, line int, ordered_at timestamp, PRIMARY KEY (order_id, line))");
  }

  static List<String> pages() {
    return DocumentedCommands.pages().stream().filter(page -> !commands(page).isEmpty()).toList();
  }

  private static List<String> commands(String page) {
    return DocumentedCommands.of(page).stream()
        .filter(command -> command.startsWith(DocumentedCommands.RINGLAKE))
        .map(command -> command.substring(DocumentedCommands.RINGLAKE.length()))
        .toList();
  }

  @AfterEach
  void close() {
    if (catalog != null) {
      catalog.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void endsWell(String page) throws IOException {
    List<String> commands = commands(page);
    boolean exports =
        commands.stream()
            .anyMatch(command -> DocumentedCommands.arguments(command).get(0).equals("export"));
    if (!exports) {
      run(EXPORT); // which the page is about
    }
    for (String command : commands) {
      run(command);
    }
  }

  private void run(String command) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (String word : DocumentedCommands.arguments(command)) {
      boolean isJobFile = word.endsWith(".conf");
      arguments.add(isJobFile ? jobFile(Path.of(word)).toString() : here(word));
    }
    Map<String, String> properties = DocumentedCommands.properties(command);
    properties.replaceAll((key, value) -> here(value));
    if (command.contains("--format s3-tables")) {
      Map<String, String> given = new HashMap<>(S3Properties.ofIceberg(s3().endpoint()));
      given.putAll(TableBucket.example().properties(tableBucket().uri()));
      given.forEach((key, value) -> properties.put(S3Tables.PREFIX + key, value));
    }
    if (s3 != null) {
      properties.putAll(S3Properties.ofSpark(s3.endpoint()));
    }
    Command.run(properties, arguments).succeeded();
  }

  /** A job file without its user: the cluster knows none. */
  private Path jobFile(Path original) throws IOException {
    String text = Files.readString(original).replaceAll("(?m)^username.*$", "");
    return Files.writeString(folder.resolve(original.getFileName()), here(text));
  }

  private S3Server s3() {
    if (s3 == null) {
      s3 = S3Server.start(folder.resolve("s3"));
      s3.bucket(bucket);
    }
    return s3;
  }

  private RestCatalogServer tableBucket() {
    if (catalog == null) {
      catalog =
          RestCatalogServer.startS3Tables(
              folder.resolve("rest"),
              "s3://%s/tables".formatted(bucket),
              S3Properties.ofIceberg(s3().endpoint()),
              TableBucket.example());
    }
    return catalog;
  }

  /** A text of a page with the nodes and the folder of this test. */
  private String here(String text) {
    if (text.contains("s3a://")) {
      s3();
    }
    return text.replaceAll(
            "10\\.0\\.0\\.11(,10\\.0\\.0\\.12)?|cassandra-1:9042,cassandra-2:9042",
            cassandra.contactPointsText())
        .replaceAll("\\bdc1\\b", cassandra.localDatacenter())
        .replaceAll("arn:aws:s3tables:\\S+", TableBucket.example().arn())
        .replace("s3a://lake/", "s3a://%s/".formatted(bucket))
        .replace("/data/", folder + "/");
  }
}
