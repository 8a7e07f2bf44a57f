package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.ring.TokenSpan;
import io.ringlake.schema.TableName;
import io.ringlake.source.SpanFailed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** Errors as Spark wraps them: what a task threw is behind that of its stage. */
class QueryFailureTest {

  private static final TokenSpan SPAN = new TokenSpan(10, 20);
  private static final List<String> REPLICAS = List.of("10.0.0.1:9042", "10.0.0.2:9042");

  @Test
  void keepsAFailureThatTellsWhatToDo() {
    RunFailure known = new RunFailure(ErrorCode.CHECKPOINT_HELD, "Taken over.", "Look.");

    assertThat(of(aborted(known))).isSameAs(known);
  }

  @Test
  void namesReplicasThatAreDownAndOffersALowerConsistency() {
    SpanFailed failed =
        new SpanFailed(4, SPAN, "Not enough replicas", REPLICAS, List.of("10.0.0.2:9042"));

    assertThat(of(aborted(failed)))
        .hasMessageStartingWith(
            "RL-SOURCE-001 shop.orders cannot be read at LOCAL_QUORUM: 10.0.0.2:9042 is not up. Span 5"
                + " (10, 20] has its replicas on 10.0.0.1:9042, 10.0.0.2:9042.")
        .hasMessageContaining("Bring 10.0.0.2:9042 back or lower --consistency");
  }

  @Test
  void pointsAtTheLoadWhereAllReplicasAreUp() {
    SpanFailed failed = new SpanFailed(4, SPAN, "Read timed out", REPLICAS, List.of());

    assertThat(of(aborted(failed)))
        .hasMessageStartingWith("RL-SOURCE-005 shop.orders cannot be read at LOCAL_QUORUM: span 5")
        .hasMessageContaining("--page-rows");
  }

  @Test
  void blamesTheTargetForOtherInputAndOutput() {
    assertThat(of(aborted(new IOException("No space left on device"))))
        .hasMessageStartingWith(
            "RL-TARGET-001 Writing shop.orders failed: No space left on device");
  }

  @Test
  void tellsExecutorsThatDied() {
    String killed =
        "ExecutorLostFailure (executor 3 exited caused by one of the running tasks) Reason: Container"
            + " killed by YARN for exceeding memory limits";

    assertThat(of(new SparkException("Job aborted due to stage failure: " + killed + "\nDriver:")))
        .hasMessageStartingWith("RL-INTERNAL-002 Spark cannot go on with shop.orders: " + killed)
        .hasMessageContaining("spark.executor.memory");
    assertThat(of(aborted(new OutOfMemoryError("Java heap space"))))
        .hasMessageContaining(
            "RL-INTERNAL-002 Spark cannot go on with shop.orders: Java heap space");
  }

  @Test
  void takesNobodysFaultForADefect() {
    IllegalStateException defect = new IllegalStateException("Span 7 is read twice");

    assertThat(of(defect)).isSameAs(defect);
    assertThat(of(aborted(new InterruptedIOException("The task was stopped"))))
        .isInstanceOf(IllegalStateException.class);
  }

  private static SparkException aborted(Throwable cause) {
    return new SparkException("Job aborted due to stage failure", cause);
  }

  private static RuntimeException of(Throwable error) {
    return QueryFailure.of(error, TableName.of("shop", "orders"), "LOCAL_QUORUM");
  }
}
