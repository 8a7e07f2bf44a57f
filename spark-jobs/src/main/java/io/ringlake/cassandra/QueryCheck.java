package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.projection.Projection;
import io.ringlake.projection.SelectStatement;
import org.jspecify.annotations.Nullable;

/**
 * Has the cluster check the query of a span before anything is read: its filter, and the right to
 * read the table.
 */
public final class QueryCheck {

  private final CqlSession session;

  public QueryCheck(CqlSession session) {
    this.session = session;
  }

  /**
   * The query as the cluster takes it: with ALLOW FILTERING where a filter needs that.
   *
   * @param filter null for none
   * @throws RunFailure with Cassandra's own words if the filter is wrong or the table may not be
   *     read
   */
  public SelectStatement check(Projection projection, @Nullable String filter) {
    String what = "the reading of %s".formatted(projection.table().name());
    SelectStatement plain = new SelectStatement(projection, filter, false);
    try {
      tryOn(plain);
      return plain;
    } catch (InvalidQueryException e) {
      if (filter == null) {
        throw changed(projection, e);
      }
      if (!String.valueOf(e.getMessage()).contains("ALLOW FILTERING")) {
        throw ClusterFailure.onRequest(e, what);
      }
    } catch (DriverException e) {
      throw ClusterFailure.onRequest(e, what);
    }
    SelectStatement filtering = new SelectStatement(projection, filter, true);
    try {
      tryOn(filtering);
      return filtering;
    } catch (DriverException e) {
      throw ClusterFailure.onRequest(e, what);
    }
  }

  /** All of the query but its filter was made from what the cluster said of the table. */
  private static RunFailure changed(Projection projection, InvalidQueryException e) {
    return new RunFailure(
        ErrorCode.UNKNOWN_TABLE,
        "Table %s has changed since the cluster told of it: %s"
            .formatted(projection.table().name(), ClusterFailure.words(e)),
        "Look who changes it, then run the same command again.",
        e);
  }

  /** Prepares the query and runs it on one token, which asks for the right to read. */
  private void tryOn(SelectStatement select) {
    PreparedStatement prepared = session.prepare(select.cql());
    try {
      session.execute(prepared.bind(Long.MAX_VALUE - 1, Long.MAX_VALUE).setPageSize(1));
    } catch (QueryValidationException e) {
      throw e;
    } catch (DriverException e) {
      // The replicas of that token are away. The scan retries what this does not.
      return;
    }
  }
}
