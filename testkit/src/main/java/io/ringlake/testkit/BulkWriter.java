package io.ringlake.testkit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes many statements, some of them at the same time. For one thread. */
public final class BulkWriter implements AutoCloseable {

  private static final int REQUESTS_AT_ONCE = 128;

  private final CqlSession session;
  private final Semaphore free = new Semaphore(REQUESTS_AT_ONCE);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  public BulkWriter(CqlSession session) {
    this.session = session;
  }

  /**
   * Sends a statement as soon as fewer than {@value #REQUESTS_AT_ONCE} are on their way.
   *
   * @throws IllegalStateException if one before it failed
   */
  public void write(Statement<?> statement) {
    requireNoFailure();
    free.acquireUninterruptibly();
    session
        .executeAsync(statement)
        .whenComplete(
            (rows, error) -> {
              free.release();
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
  }

  /**
   * Waits until all are written.
   *
   * @throws IllegalStateException if one failed
   */
  @Override
  public void close() {
    free.acquireUninterruptibly(REQUESTS_AT_ONCE);
    free.release(REQUESTS_AT_ONCE);
    requireNoFailure();
  }

  private void requireNoFailure() {
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("A statement could not be written", cause);
    }
  }
}
