package io.ringlake.checkpoint;

import io.ringlake.runtime.SpanFigures;

/**
 * What was found out about the rows of all batches of a pass that are committed, by whichever
 * driver read them.
 *
 * @param batchesUnknown batches whose figures are missing or not whole
 */
public record PassFigures(SpanFigures figures, int batchesUnknown) {

  /** Of a pass without batches. */
  public static final PassFigures NONE = new PassFigures(SpanFigures.NONE, 0);
}
