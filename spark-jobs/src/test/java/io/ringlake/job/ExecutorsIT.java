package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringlake.schema.TableName;
import io.ringlake.testing.Command;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.DriverProcess;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.FailingAttempts;
import io.ringlake.testing.TaskEnds;
import io.ringlake.testing.TwoHosts;
import io.ringlake.testkit.OrdersTable;
import io.ringlake.testkit.SharedCassandra;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Exports by executors in JVMs of their own, which die or lose attempts while rows are inserted: a
 * task that runs again reads more rows than the first time, and must not move those that were
 * there.
 */
class ExecutorsIT {

  private static final int ORDERS = 4_000;
  private static final int INSERTED_AT_ONCE = 20;
  private static final String KEYSPACE = "executors_it";
  private static final TableName ORDERS_TABLE = TableName.of(KEYSPACE, "orders");
  private static final String COLUMNS = "order_id, ordered_at, amount, status, %s";

  private final CqlSession cql = SharedCassandra.get().session();
  private final List<String> before = new ArrayList<>();
  private OrdersTable orders;
  private long inserted = ORDERS;

  @TempDir private Path folder;

  @BeforeEach
  void fill() {
    cql.execute("DROP KEYSPACE IF EXISTS " + KEYSPACE);
    orders = new OrdersTable(cql, KEYSPACE);
    orders.insert(0, ORDERS);
    before.addAll(
        CqlRows.sorted(
            cql,
            "SELECT %s FROM %s.orders"
                .formatted(COLUMNS.formatted("writetime(status)"), KEYSPACE)));
    assertThat(before).hasSize(ORDERS);
  }

  private CompletableFuture<Command> start(Map<String, String> spark, ExportTarget target) {
    Map<String, String> properties = new HashMap<>(target.spark());
    properties.putAll(spark);
    properties.putAll(TaskEnds.listening());
    properties.put(
        "spark.jars", System.getProperty("ringlake.application.jar") + "," + jarsOfTables());
    // The classes of tests, for the file system and for what fails attempts.
    properties.put("spark.executor.extraClassPath", DriverProcess.classPath(true).get(0));
    properties.put("spark.executor.memory", "1g");
    properties.put( // as in DriverProcess
        "spark.executor.extraJavaOptions",
        "-XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "export",
                "--table",
                ORDERS_TABLE.toString(),
                "--writetime",
                "status",
                "--partition-by",
                "year(ordered_at),month(ordered_at)",
                "--contact-points",
                SharedCassandra.get().contactPointsText(),
                "--file-size",
                "4KB",
                "--spans",
                "16",
                "--batch-spans",
                "8",
                "--page-rows",
                "50"));
    arguments.addAll(target.flags());
    return CompletableFuture.supplyAsync(() -> Command.run(properties, arguments));
  }

  /** As {@code --packages} gives them to executors. */
  private static String jarsOfTables() {
    return DriverProcess.classPath(false).stream()
        .filter(jar -> jar.matches(".*/(iceberg-spark-runtime|delta-spark|delta-storage)[^/]*"))
        .collect(Collectors.joining(","));
  }

  private void insertSome() {
    orders.insert(inserted, inserted + INSERTED_AT_ONCE);
    inserted += INSERTED_AT_ONCE;
  }

  private void assertThatEveryRowOfBeforeIsThereOnce(ExportTarget target) throws Exception {
    List<String> found;
    try (DuckLake lake = target.rows()) {
      found =
          lake.sortedRows("SELECT %s FROM lake".formatted(COLUMNS.formatted("status_writetime")));
    }
    Set<String> once = new HashSet<>();
    assertThat(found.stream().filter(row -> !once.add(row))).as("rows found twice").isEmpty();
    assertThat(before.stream().filter(row -> !once.contains(row))).as("rows missing").isEmpty();
    target.assertTidy();
  }

  @Test
  void movesNoRowWhenAnExecutorDiesWithTheMapOutputOfADistributedBatch() throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    AtomicBoolean mappedAgain = new AtomicBoolean();
    ExportTarget target = ExportTarget.Kind.PARQUET.in(folder, ORDERS_TABLE);
    CompletableFuture<Command> run =
        start(Map.of("spark.master", "local-cluster[2,1,1024]"), target);

    TaskEnds.during(
        run,
        end -> {
          insertSome();
          boolean reduces = end.taskType().equals("ResultTask");
          if (reduces && end.taskInfo().successful() && killed.compareAndSet(false, true)) {
            killExecutor(end.taskInfo().executorId());
          }
          mappedAgain.compareAndSet(false, !reduces && end.stageAttemptId() > 0);
        });

    run.get().succeeded();
    assertThat(killed).isTrue();
    assertThat(mappedAgain).isTrue();
    assertThatEveryRowOfBeforeIsThereOnce(target);
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "ICEBERG_HADOOP", "DELTA"})
  @Tag("full")
  void movesNoRowWhenOneAttemptInTenDiesAndSlowOnesAreRunTwice(ExportTarget.Kind kind)
      throws Exception {
    ExportTarget target = kind.in(folder.resolve("target"), ORDERS_TABLE);
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger speculated = new AtomicInteger();
    try (TwoHosts spark = new TwoHosts(folder)) {
      CompletableFuture<Command> run = start(failing(spark.url()), target);

      TaskEnds.during(
          run,
          end -> {
            insertSome();
            ended.incrementAndGet();
            failed.addAndGet(end.taskInfo().failed() ? 1 : 0);
            speculated.addAndGet(end.taskInfo().speculative() ? 1 : 0);
          });

      run.get().succeeded();
    }
    assertThat(failed.get()).isGreaterThanOrEqualTo(ended.get() / 20);
    assertThat(speculated).hasPositiveValue();
    assertThatEveryRowOfBeforeIsThereOnce(target);
  }

  private static Map<String, String> failing(String master) {
    Map<String, String> properties = new HashMap<>();
    properties.put("spark.master", master);
    properties.put("spark.plugins", FailingAttempts.class.getName());
    properties.put("spark.locality.wait", "0");
    properties.put("spark.speculation", "true");
    properties.put("spark.speculation.interval", "50ms");
    properties.put("spark.speculation.quantile", "0.1");
    // In each executor the fifth file cannot be made.
    properties.put("spark.hadoop.ringlake.faulty.action", "fail");
    properties.put("spark.hadoop.ringlake.faulty.operation", "create");
    properties.put("spark.hadoop.ringlake.faulty.path", "\\.parquet$");
    properties.put("spark.hadoop.ringlake.faulty.nth", "5");
    return properties;
  }

  /** SIGKILL to the executor of that id; only children of this JVM are looked at. */
  private static void killExecutor(String id) {
    ProcessHandle executor =
        ProcessHandle.current()
            .descendants()
            .filter(process -> isExecutor(process, id))
            .findFirst()
            .orElseThrow();
    executor.destroyForcibly();
    executor.onExit().join();
  }

  private static boolean isExecutor(ProcessHandle process, String id) {
    List<String> arguments = Arrays.asList(process.info().arguments().orElse(new String[0]));
    int at = arguments.indexOf("--executor-id");
    return at >= 0 && arguments.get(at + 1).equals(id);
  }
}
