package io.ringlake.sink.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringlake.checkpoint.TargetTables;
import io.ringlake.config.WriteMode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who writes to a Delta table.
 *
 * @param givenUp earlier passes that were given up unfinished
 * @param kept what the checkpoint keeps of the table
 * @param about what each commit tells
 * @param spans which spans of the plan a batch has
 * @param staging where rows of an overwrite may wait, for this pass alone; null for a pass that has
 *     not begun
 * @param hold called before each batch and each destructive step; throws if this driver must not go
 *     on
 */
public record DeltaPass(
    UUID id,
    Set<UUID> givenUp,
    WriteMode mode,
    TargetTables kept,
    Map<String, String> about,
    LongFunction<String> spans,
    @Nullable Path staging,
    Runnable hold) {

  static final String PASS = "ringlake.pass";
  static final String BATCH = "ringlake.batch";
  private static final String SPANS = "ringlake.spans";

  private static final ObjectMapper JSON = new ObjectMapper();

  public DeltaPass {
    givenUp = Set.copyOf(givenUp);
    about = Map.copyOf(about);
  }

  /** What Delta tells its commits by: one of a batch that the table has is left out. */
  String transactionId() {
    return "ringlake " + id;
  }

  /** What the commit of a batch tells of it, in JSON. */
  String metadata(long batchId) {
    return metadata(Long.toString(batchId), Map.of(SPANS, spans.apply(batchId)));
  }

  /**
   * What another commit of this pass tells of it, in JSON.
   *
   * @param what a word
   */
  String metadata(String what) {
    return metadata(what, Map.of());
  }

  private String metadata(String batch, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(about);
    all.putAll(more);
    all.put(PASS, id.toString());
    all.put(BATCH, batch);
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
