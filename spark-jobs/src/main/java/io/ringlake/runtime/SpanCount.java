package io.ringlake.runtime;

import java.io.Serializable;

/**
 * What one attempt at one span has read since it began. Counts are running totals, not differences:
 * a message that is lost is made good by the next one.
 *
 * @param scanId as the driver registered it
 * @param span index in the scan's plan, from 0
 * @param attempt unique in its executor
 * @param rows read so far
 * @param bytes of the cells of these rows
 * @param pageRetries pages asked for again so far
 * @param figures of a span that is done; none before
 */
record SpanCount(
    String scanId,
    int span,
    long attempt,
    long rows,
    long bytes,
    long pageRetries,
    SpanFigures figures,
    State state)
    implements Serializable {

  /** How far an attempt has come; the last two are final. */
  enum State {
    RUNNING,
    /** Read to the end. */
    DONE,
    /** Ended before the end of the span: failed, killed, or enough rows for a LIMIT. */
    GIVEN_UP
  }
}
