package io.ringlake.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.ring.TokenSpan;
import io.ringlake.testing.SharedSpark;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RinglakePluginTest {

  private static final int SPANS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SparkSession spark = session();

  @AfterEach
  void stop() {
    spark.stop();
  }

  @Test
  void tellsTheDriverWhatTasksRead() throws InterruptedException {
    RunningScan scan = DriverChannel.current().register("orders", ring(), 0);

    read("orders", -1);

    scan.committed(SPANS);
    assertThat(scan.settle(0, SPANS, PATIENCE)).isTrue();
    assertThat(scan.counts())
        .isEqualTo(new ScanCounts(16, 16, 16, 1, 1, 3_200, 0, 160_000, 3_200, 16));
  }

  @Test
  void countsTheSpanOfATaskThatFailedAndWasRetriedOnce() throws InterruptedException {
    RunningScan scan = DriverChannel.current().register("orders", ring(), 0);

    read("orders", 3);

    scan.committed(SPANS);
    assertThat(scan.settle(0, SPANS, PATIENCE)).isTrue();
    ScanCounts counts = scan.counts();
    assertThat(counts.spansRead()).isEqualTo(16);
    assertThat(counts.rows()).isEqualTo(3_200);
    assertThat(counts.rowsFetched()).isEqualTo(3_300);
  }

  @Test
  void keepsTwoScansApart() throws InterruptedException {
    RunningScan orders = DriverChannel.current().register("orders", ring(), 0);
    RunningScan items = DriverChannel.current().register("items", ring(), 0);

    read("orders", -1);
    read("items", -1);
    read("a notebook's scan that nobody registered", -1);

    orders.committed(SPANS);
    items.committed(SPANS);
    assertThat(orders.settle(0, SPANS, PATIENCE)).isTrue();
    assertThat(items.settle(0, SPANS, PATIENCE)).isTrue();
    assertThat(orders.counts().rowsFetched()).isEqualTo(3_200);
    assertThat(items.counts().rowsFetched()).isEqualTo(3_200);
  }

  @Test
  void refusesASecondScanOfOneId() {
    DriverChannel channel = DriverChannel.current();
    try (RunningScan first = channel.register("orders", ring(), 0)) {
      assertThatThrownBy(() -> channel.register(first.id(), ring(), 0))
          .hasMessage("Scan orders is registered already");
    }
    assertThat(channel.register("orders", ring(), 0).id()).isEqualTo("orders");
  }

  @Test
  void drainsUntilTheContextEnds() {
    assertThat(DriverChannel.current().draining()).isFalse();

    DriverChannel.current().drain();
    assertThat(DriverChannel.current().draining()).isTrue();

    spark.stop();
    assertThat(DriverChannel.current().draining()).isFalse();
  }

  @Test
  void isNotMissedByANotebook() {
    spark.stop();
    try (SparkSession notebook =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      RunningScan scan = DriverChannel.current().register("orders", ring(), 0);

      new JavaSparkContext(notebook.sparkContext())
          .parallelize(IntStream.range(0, SPANS).boxed().toList(), SPANS)
          .foreach(span -> readSpan("orders", span, -1));
      scan.committed(SPANS);

      assertThat(scan.counts().share()).isEqualTo(1);
      assertThat(scan.counts().rowsFetched()).isZero();
      assertThatThrownBy(() -> DriverChannel.current().drain())
          .hasMessage(
              "io.ringlake.runtime.RinglakePlugin is not among spark.plugins, so nothing drains");
    }
  }

  @Test
  void joinsThePluginsOfTheOperator() {
    SparkConf conf = new SparkConf(false).set("spark.plugins", "com.example.Theirs");

    RinglakePlugin.addTo(conf);

    assertThat(conf.get("spark.plugins"))
        .isEqualTo("com.example.Theirs,io.ringlake.runtime.RinglakePlugin");
  }

  private void read(String scanId, int failingSpan) {
    new JavaSparkContext(spark.sparkContext())
        .parallelize(IntStream.range(0, SPANS).boxed().toList(), SPANS)
        .foreach(span -> readSpan(scanId, span, failingSpan));
  }

  /** Reads two pages of 100 rows; the first attempt at the failing span dies after the first. */
  private static void readSpan(String scanId, int span, int failingSpan) {
    try (SpanMeter meter = ExecutorChannel.current().meter(scanId, span)) {
      meter.page(100, 5_000);
      if (span == failingSpan && TaskContext.get().attemptNumber() == 0) {
        throw new IllegalStateException("this attempt fails, as the test wants");
      }
      meter.retried();
      meter.page(100, 5_000);
      meter.done(SpanFigures.NONE);
    }
  }

  private static List<TokenSpan> ring() {
    long width = Long.MIN_VALUE / -(SPANS / 2);
    return LongStream.range(0, SPANS)
        .mapToObj(
            span ->
                new TokenSpan(
                    Long.MIN_VALUE + span * width,
                    span == SPANS - 1 ? Long.MAX_VALUE : Long.MIN_VALUE + (span + 1) * width))
        .toList();
  }

  private static SparkSession session() {
    SparkConf conf = new SparkConf(false).setMaster("local[2,4]");
    RinglakePlugin.addTo(conf);
    return SharedSpark.newSession(conf);
  }
}
