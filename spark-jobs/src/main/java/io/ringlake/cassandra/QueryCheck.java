package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.ringlake.config.ReadConfig;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.projection.Projection;
import io.ringlake.projection.Relation;
import io.ringlake.projection.SelectStatement;
import io.ringlake.schema.TableName;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the cluster check the query of a span before anything is read: its filter, and the right to
 * read the table.
 */
public final class QueryCheck {

  private static final Logger LOG = LoggerFactory.getLogger(QueryCheck.class);

  private final CqlSession session;
  private final ReadConfig read;

  /**
   * @param read how the table is to be read: a cluster may forbid a consistency level or a page
   *     size
   */
  public QueryCheck(CqlSession session, ReadConfig read) {
    this.session = session;
    this.read = read;
  }

  /**
   * The query as the cluster takes it: with ALLOW FILTERING where a filter needs that.
   *
   * @throws RunFailure with Cassandra's own words if the filter is wrong or the table may not be
   *     read
   */
  public SelectStatement check(Projection projection) {
    String filter = read.filter();
    SelectStatement plain = new SelectStatement(projection, filter);
    try {
      tryOn(plain);
      return plain;
    } catch (InvalidQueryException e) {
      if (filter == null || !String.valueOf(e.getMessage()).contains("ALLOW FILTERING")) {
        throw failed(e, plain);
      }
    } catch (DriverException e) {
      throw failed(e, plain);
    }
    SelectStatement filtering = plain.allowingFiltering();
    try {
      tryOn(filtering);
      return filtering;
    } catch (DriverException e) {
      throw failed(e, filtering);
    }
  }

  /**
   * The same query with those relations that the cluster takes, with ALLOW FILTERING where they
   * need that. One that it refuses, or cannot answer for now, is left out: who asks for it has to
   * drop rows himself.
   */
  public SelectStatement narrow(SelectStatement select, List<Relation> relations) {
    SelectStatement narrowed = select;
    for (Relation relation : relations) {
      SelectStatement further = narrowed.with(relation);
      if (isTaken(further)) {
        narrowed = further;
      } else if (isTaken(further.allowingFiltering())) {
        narrowed = further.allowingFiltering();
      }
    }
    return narrowed;
  }

  private boolean isTaken(SelectStatement select) {
    try {
      execute(session.prepare(select.cql()));
      return true;
    } catch (DriverException e) {
      LOG.debug("The cluster does not take a filter: problem={}", ClusterFailure.words(e));
      return false;
    }
  }

  /** All of the query but its filter was made from what the cluster said of the table. */
  private static RunFailure failed(DriverException e, SelectStatement select) {
    TableName table = select.projection().table().name();
    boolean isDenied = e instanceof UnauthorizedException;
    if (select.filter() != null && e instanceof QueryValidationException && !isDenied) {
      return new RunFailure(
          ErrorCode.BAD_FILTER,
          "The cluster does not understand the filter of %s: %s"
              .formatted(table, ClusterFailure.words(e)),
          "Correct --filter: a CQL relation such as \"region = 'eu' AND amount > 10\".",
          e);
    }
    return ClusterFailure.onRead(e, table.toString());
  }

  /** Prepares the query and runs it on one token, which asks for the right to read. */
  private void tryOn(SelectStatement select) {
    PreparedStatement prepared = session.prepare(select.cql());
    try {
      execute(prepared);
    } catch (QueryValidationException e) {
      throw e;
    } catch (DriverException e) {
      // The replicas of that token are away. The scan retries what this does not.
      return;
    }
  }

  private void execute(PreparedStatement prepared) {
    session.execute(
        prepared
            .bind(Long.MAX_VALUE - 1, Long.MAX_VALUE)
            .setPageSize(read.pageRows())
            .setConsistencyLevel(DefaultConsistencyLevel.valueOf(read.consistency())));
  }
}
