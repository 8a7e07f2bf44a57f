package io.ringlake.source;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.ringlake.cassandra.ClusterFailure;
import io.ringlake.runtime.ExecutorChannel;
import io.ringlake.runtime.SpanMeter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the spans of one task, one after another, and hands out their rows as views of the page
 * that is at hand. Holds two pages at most.
 */
final class SpanReader implements PartitionReader<InternalRow> {

  private final SpanRead read;
  private final Iterator<PlannedSpan> spans;
  private final PageCells page = new PageCells();
  private final Cells cells;
  private final PageSize pageSize;
  private final RowView row;
  private final RowChecker checker;
  private final CqlSession session;
  private final PreparedStatement statement;
  private Iterator<Row> rows = Collections.emptyIterator();
  private @Nullable SpanPages pages;
  private @Nullable SpanMeter meter;

  SpanReader(SpanRead read, SpanPartition partition) {
    this.read = read;
    this.spans = partition.spans().iterator();
    this.pageSize = new PageSize(read.pageRows());
    this.cells = read.fieldTtls().over(page);
    this.row = new RowView(read.layout(), cells);
    this.checker = new RowChecker(read.checks());
    this.session = read.sessions().open();
    this.statement = prepare(session, read);
  }

  @Override
  public boolean next() throws IOException {
    do {
      if (!nextRow()) {
        return false;
      }
    } while (!checker.keeps(cells));
    return true;
  }

  /** Puts the next row of a page at hand; false if there is none. */
  private boolean nextRow() throws IOException {
    while (!rows.hasNext()) {
      SpanPages.Page next = pages == null ? null : pages.next();
      if (next != null) {
        checkWanted();
        rows = next.rows().currentPage().iterator();
        page.arrivedMicros = next.arrivedMicros();
      } else if (!nextSpan()) {
        return false;
      }
    }
    page.row = rows.next();
    return true;
  }

  /** Spark looks whether a task is still wanted at each row that it gets: it may get none. */
  private static void checkWanted() {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.killTaskIfInterrupted();
    }
  }

  /** Ends the span at hand and begins the next; false if there is none. */
  private boolean nextSpan() {
    if (meter != null) {
      meter.done(checker.take());
      meter = null;
      pages = null;
    }
    if (!spans.hasNext()) {
      return false;
    }
    PlannedSpan span = spans.next();
    meter = ExecutorChannel.current().meter(read.scanId(), span.index());
    pages = new SpanPages(session, statement, read, span, pageSize, meter);
    return true;
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public void close() {
    if (meter != null) {
      meter.close();
    }
    session.close();
  }

  private static PreparedStatement prepare(CqlSession session, SpanRead read) {
    try {
      return session.prepare(read.cql());
    } catch (RuntimeException e) {
      session.close();
      // Without its cause, which names nodes: these do not cross to the driver.
      throw ClusterFailure.onRead(e, read.table().toString()).withoutCause();
    }
  }

  /** The cells of a row of a CQL page. */
  private static final class PageCells implements Cells {
    private @Nullable Row row;
    private long arrivedMicros;

    @Override
    @SuppressWarnings("NullAway") // a row is at hand whenever a getter is called: next() said so
    public @Nullable ByteBuffer cell(int index) {
      return row.getBytesUnsafe(index);
    }

    @Override
    public long arrivedMicros() {
      return arrivedMicros;
    }
  }
}
