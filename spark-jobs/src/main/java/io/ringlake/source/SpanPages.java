package io.ringlake.source;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.internal.core.metadata.token.Murmur3Token;
import io.ringlake.cassandra.Cluster;
import io.ringlake.cassandra.ClusterFailure;
import io.ringlake.cassandra.NodeAddress;
import io.ringlake.runtime.SpanMeter;
import io.ringlake.schema.TableName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of one span, in order. The next page is on its way while this one is used; so two pages
 * are held at most. A page that fails is asked for again, from its own beginning, after a pause,
 * and with fewer rows if it took too long: the driver asks the replicas in another order each time,
 * and paging states move between nodes. Spark tries a task four times, so a replica that is away is
 * waited for about a minute, one that does not answer three. The span ends when no paging state is
 * left: a short or even an empty page is not the last one.
 */
final class SpanPages {

  /** A page of rows, and when it arrived in microseconds since the epoch. */
  record Page(AsyncResultSet rows, long arrivedMicros) {}

  private static final Logger LOG = LoggerFactory.getLogger(SpanPages.class);
  private static final int LEAST_TRIES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  private final CqlSession session;
  private final TableName table;
  private final PlannedSpan span;
  private final BoundStatement firstPage;
  private final SpanMeter meter;
  private final PageSize pageSize;
  private @Nullable ByteBuffer pagingState;
  private @Nullable CompletionStage<Page> requested;

  SpanPages(
      CqlSession session,
      PreparedStatement statement,
      SpanRead read,
      PlannedSpan span,
      PageSize pageSize,
      SpanMeter meter) {
    this.session = session;
    this.table = read.table();
    this.span = span;
    this.meter = meter;
    this.pageSize = pageSize;
    // A token range has no routing key: without these two the driver asks any node.
    this.firstPage =
        statement
            .bind(span.span().startExclusive(), span.span().endInclusive())
            .setRoutingKeyspace(CqlIdentifier.fromInternal(table.keyspace().name()))
            .setRoutingToken(new Murmur3Token(span.span().endInclusive()))
            .setConsistencyLevel(DefaultConsistencyLevel.valueOf(read.consistency()))
            .setIdempotent(true);
    this.requested = request();
  }

  /**
   * The next page, which may be empty.
   *
   * @return null after the last one
   * @throws SpanFailed if the page was asked for in vain, at least {@value #LEAST_TRIES} times, for
   *     15 s after the first failure
   * @throws io.ringlake.failure.RunFailure if asking again cannot help
   */
  @Nullable Page next() throws IOException {
    if (requested == null) {
      return null;
    }
    Page page = await(requested);
    ExecutionInfo info = page.rows().getExecutionInfo();
    pageSize.arrived(page.rows().remaining(), info.getResponseSizeInBytes());
    pagingState = info.getPagingState();
    requested = pagingState == null ? null : request();
    meter.page(page.rows().remaining(), info.getResponseSizeInBytes());
    return page;
  }

  private CompletionStage<Page> request() {
    return session
        .executeAsync(firstPage.setPagingState(pagingState).setPageSize(pageSize.rows()))
        .thenApply(rows -> new Page(rows, nowMicros()));
  }

  private Page await(CompletionStage<Page> first) throws IOException {
    CompletionStage<Page> request = first;
    Duration pause = FIRST_PAUSE;
    long firstFailure = 0;
    for (int tries = 1; ; tries++) {
      try {
        return request.toCompletableFuture().get();
      } catch (ExecutionException e) {
        Throwable error = e.getCause() == null ? e : e.getCause();
        if (ClusterFailure.isFinal(error)) {
          // Without its cause, which names nodes: these do not cross to the driver.
          throw ClusterFailure.onRead(error, table.toString()).withoutCause();
        }
        LOG.warn(
            "A page failed: span={} tries={} pageRows={} problem={}",
            span.index(),
            tries,
            pageSize.rows(),
            ClusterFailure.words(error));
        long now = System.nanoTime();
        firstFailure = tries == 1 ? now : firstFailure;
        if (tries >= LEAST_TRIES && now - firstFailure >= PATIENCE.toNanos()) {
          throw failed(ClusterFailure.words(error));
        }
        meter.retried();
        pause(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        if (ClusterFailure.isTooMuchAtOnce(error)) {
          pageSize.tooMuch();
        }
        request = request();
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private static void pause(Duration duration) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException stopped =
        new InterruptedIOException("The task was stopped while it waited for a page");
    stopped.initCause(e);
    return stopped;
  }

  private SpanFailed failed(String problem) {
    List<String> replicas = Cluster.ring(session, table.keyspace()).replicasOf(span.span());
    List<String> notUp =
        session.getMetadata().getNodes().values().stream()
            .filter(node -> node.getState() != NodeState.UP)
            .map(NodeAddress::of)
            .filter(replicas::contains)
            .sorted()
            .toList();
    return new SpanFailed(span.index(), span.span(), problem, replicas, notUp);
  }

  private static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
