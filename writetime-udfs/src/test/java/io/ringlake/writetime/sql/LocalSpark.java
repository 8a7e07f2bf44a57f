package io.ringlake.writetime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.writetime.WritetimeExtensions;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/** A Spark in this JVM that has our functions, shared by all tests. */
public final class LocalSpark {

  private static final SparkSession FOLDING = session();
  private static final SparkSession GENERATING = generating();

  private LocalSpark() {}

  /** A session with settings of its own, in UTC. */
  public static SparkSession session() {
    SparkSession shared =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.extensions", WritetimeExtensions.class.getName())
            .getOrCreate();
    shared.sparkContext().setLogLevel("ERROR");
    return shared.newSession();
  }

  /** One that computes constants in generated code, too, and shows that code in its plans. */
  static SparkSession generating() {
    SparkSession session = session();
    session.conf().set("spark.sql.adaptive.enabled", false);
    session
        .conf()
        .set(
            "spark.sql.optimizer.excludedRules",
            "org.apache.spark.sql.catalyst.optimizer.ConstantFolding");
    return session;
  }

  /** All rows of a query, each as its values with commas between them. */
  static List<String> rows(String query) {
    return FOLDING.sql(query).collectAsList().stream().map(row -> row.mkString(",")).toList();
  }

  /**
   * The values of expressions of literals, which must be the same if Spark's optimizer computes
   * them and if generated code does.
   */
  static List<@Nullable Object> values(List<String> expressions) {
    String query = "SELECT " + String.join(", ", expressions) + " FROM range(1)";
    Row folded = FOLDING.sql(query).head();
    Row generated = GENERATING.sql(query).head();

    assertThat(generated).as("by generated code").isEqualTo(folded);
    return JavaConverters.seqAsJavaList(folded.toSeq());
  }

  /** The value of one expression of literals. */
  static @Nullable Object value(String expression) {
    return values(List.of(expression)).get(0);
  }
}
