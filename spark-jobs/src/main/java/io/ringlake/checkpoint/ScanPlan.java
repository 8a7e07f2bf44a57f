package io.ringlake.checkpoint;

import io.ringlake.ring.TokenSpan;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What one pass over a table does, fixed when it begins: the contents of {@code plan.json}.
 *
 * @param version of this format
 * @param runId as given, else made by us
 * @param passId names this pass in file names and in the target
 * @param table as an operator types it
 * @param tableId changes when the table is dropped and made again
 * @param schema name and CQL type of each column read, in the order of the SELECT
 * @param identity the settings that decided the output
 * @param cql the SELECT of one span
 * @param spans in the order in which they are read; they cover the ring exactly once
 * @param batchSpans spans of one batch
 * @param target what is written to: a path
 * @param mode error, append or overwrite, in lower case
 * @param createdAt when the plan was stored
 */
public record ScanPlan(
    int version,
    String runId,
    UUID passId,
    String table,
    UUID tableId,
    List<String> schema,
    SortedMap<String, String> identity,
    String cql,
    List<TokenSpan> spans,
    int batchSpans,
    String target,
    String mode,
    Instant createdAt) {

  /** The version that this code writes, and the only one that it reads. */
  public static final int VERSION = 1;

  public ScanPlan {
    schema = List.copyOf(schema);
    spans = List.copyOf(spans);
  }
}
