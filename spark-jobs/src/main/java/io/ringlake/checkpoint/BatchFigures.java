package io.ringlake.checkpoint;

import io.ringlake.runtime.SpanFigures;

/**
 * What was found out about the rows of one batch: the contents of {@code figures/<batch>.json}.
 *
 * @param isWhole whether all that read the batch have told; if not, the figures are too low
 */
public record BatchFigures(int version, boolean isWhole, SpanFigures figures) {

  /** The version that this code writes, and the only one that it reads. */
  public static final int VERSION = 1;
}
