package io.ringlake.checkpoint;

import static java.util.stream.Collectors.joining;

import io.ringlake.ring.RingCover;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.TokenSpan;
import io.ringlake.schema.Column;
import io.ringlake.schema.CqlType;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What one pass over a table does, fixed when it begins: the contents of {@code plan.json}. A plan
 * whose spans leave a gap or overlap cannot exist.
 *
 * @param version of this format, always {@link #VERSION}
 * @param runId as given, else made by us
 * @param passId names this pass in file names and in the target
 * @param givenUp earlier passes that were given up unfinished: what they left does not count
 * @param table as an operator types it
 * @param tableId changes when the table is dropped and made again
 * @param schema the columns read, in the order of the SELECT, as {@link #schemaOf} writes them
 * @param identity the settings that decided the output
 * @param cql the SELECT of one span
 * @param part the part of the ring that is read
 * @param spans in the order in which they are read; they cover the part exactly once
 * @param batchSpans spans of one batch, at least 1
 * @param taskSpans spans that one task reads, at least 1
 * @param target what is written to: a path; empty for a stream that others write
 * @param createdAt when the plan was stored
 */
public record ScanPlan(
    int version,
    String runId,
    UUID passId,
    Set<UUID> givenUp,
    String table,
    UUID tableId,
    List<String> schema,
    SortedMap<String, String> identity,
    String cql,
    RingPart part,
    List<TokenSpan> spans,
    int batchSpans,
    int taskSpans,
    String target,
    Instant createdAt) {

  /** The version that this code writes, and the only one that it reads. */
  public static final int VERSION = 4;

  public ScanPlan {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "Version %d is not the version of plans that this Ringlake knows, %d"
              .formatted(version, VERSION));
    }
    if (batchSpans < 1 || taskSpans < 1) {
      throw new IllegalArgumentException(
          "A batch of %d spans in tasks of %d is not at least 1 in 1"
              .formatted(batchSpans, taskSpans));
    }
    givenUp = Collections.unmodifiableSortedSet(new TreeSet<>(givenUp));
    schema = List.copyOf(schema);
    identity = Collections.unmodifiableSortedMap(new TreeMap<>(identity));
    spans = List.copyOf(spans);
    RingCover.check(part, spans);
  }

  /** The first span of a batch, 0 and above. */
  public int firstSpan(long batchId) {
    return Math.toIntExact(batchId * batchSpans);
  }

  /** The span after the last of a batch, at most as many as there are. */
  public int endSpan(long batchId) {
    return (int) Math.min(spans.size(), (batchId + 1) * batchSpans);
  }

  /** What a plan keeps of the columns it reads: each {@code name type}, as CQL spells them. */
  public static List<String> schemaOf(List<Column> columns) {
    return columns.stream().map(column -> column.name() + " " + spelled(column.type())).toList();
  }

  /** With the fields of user-defined types, which may gain some. */
  private static String spelled(CqlType type) {
    return Stream.concat(
            Stream.of(type.cql()),
            type.userTypes().stream()
                .map(
                    userType ->
                        userType.fields().stream()
                            .map(field -> field.name() + " " + field.type().cql())
                            .collect(joining(", ", userType.name() + "(", ")"))))
        .collect(joining("; "));
  }

  /**
   * The share of {@link #part} that the first spans cover.
   *
   * @param done how many spans, 0 to all
   * @return 0 to 1
   */
  public double share(int done) {
    return done == spans.size()
        ? 1
        : spans.subList(0, done).stream().mapToDouble(TokenSpan::share).sum() / part.share();
  }
}
