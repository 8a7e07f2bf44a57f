package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.retry.RetryDecision;
import com.datastax.oss.driver.api.core.retry.RetryPolicy;
import com.datastax.oss.driver.api.core.retry.RetryVerdict;
import com.datastax.oss.driver.api.core.servererrors.CoordinatorException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteType;
import com.datastax.oss.driver.api.core.session.Request;

/**
 * Asks the next node, at most twice, and never the same one again: what one coordinator could not
 * do in time, another one with other replicas near it may. What remains is the reader's to retry,
 * later and with a smaller page ({@code io.ringlake.source}). Reads only: writes are rethrown.
 *
 * <p>Made by the driver, which finds this constructor by reflection.
 */
public final class NextNodeRetryPolicy implements RetryPolicy {

  private static final int MOST_RETRIES = 2;

  /** Called by the driver. */
  public NextNodeRetryPolicy(DriverContext context, String profileName) {}

  @Override
  public RetryVerdict onReadTimeoutVerdict(
      Request request,
      ConsistencyLevel consistency,
      int blockFor,
      int received,
      boolean dataPresent,
      int retryCount) {
    return nextNode(retryCount);
  }

  @Override
  public RetryVerdict onWriteTimeoutVerdict(
      Request request,
      ConsistencyLevel consistency,
      WriteType writeType,
      int blockFor,
      int received,
      int retryCount) {
    return RetryVerdict.RETHROW;
  }

  @Override
  public RetryVerdict onUnavailableVerdict(
      Request request, ConsistencyLevel consistency, int required, int alive, int retryCount) {
    return nextNode(retryCount);
  }

  @Override
  public RetryVerdict onRequestAbortedVerdict(Request request, Throwable error, int retryCount) {
    return nextNode(retryCount);
  }

  @Override
  public RetryVerdict onErrorResponseVerdict(
      Request request, CoordinatorException error, int retryCount) {
    // A replica that failed to read (too many tombstones, for one) fails again elsewhere.
    if (error instanceof ReadFailureException || error instanceof WriteFailureException) {
      return RetryVerdict.RETHROW;
    }
    return nextNode(retryCount);
  }

  private static RetryVerdict nextNode(int retryCount) {
    return retryCount < MOST_RETRIES ? RetryVerdict.RETRY_NEXT : RetryVerdict.RETHROW;
  }

  @Override
  @Deprecated
  public RetryDecision onReadTimeout(
      Request request,
      ConsistencyLevel consistency,
      int blockFor,
      int received,
      boolean dataPresent,
      int retryCount) {
    throw new UnsupportedOperationException("The driver asks onReadTimeoutVerdict");
  }

  @Override
  @Deprecated
  public RetryDecision onWriteTimeout(
      Request request,
      ConsistencyLevel consistency,
      WriteType writeType,
      int blockFor,
      int received,
      int retryCount) {
    throw new UnsupportedOperationException("The driver asks onWriteTimeoutVerdict");
  }

  @Override
  @Deprecated
  public RetryDecision onUnavailable(
      Request request, ConsistencyLevel consistency, int required, int alive, int retryCount) {
    throw new UnsupportedOperationException("The driver asks onUnavailableVerdict");
  }

  @Override
  @Deprecated
  public RetryDecision onRequestAborted(Request request, Throwable error, int retryCount) {
    throw new UnsupportedOperationException("The driver asks onRequestAbortedVerdict");
  }

  @Override
  @Deprecated
  public RetryDecision onErrorResponse(
      Request request, CoordinatorException error, int retryCount) {
    throw new UnsupportedOperationException("The driver asks onErrorResponseVerdict");
  }

  @Override
  public void close() {}
}
