package io.ringlake.checkpoint;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a checkpoint holds: its tables by name. It is found by reading alone, beside a run or
 * without one, and needs no Spark session and no cluster.
 */
public record CheckpointStatus(Path checkpoint, List<TableStatus> tables) {

  public CheckpointStatus {
    tables = List.copyOf(tables);
  }

  /**
   * Looks at a checkpoint.
   *
   * @param checkpoint the folder of all tables, as {@code --checkpoint} names it
   * @throws RunFailure {@link ErrorCode#NO_CHECKPOINT} if there is none
   */
  public static CheckpointStatus of(Path checkpoint, Configuration configuration) {
    CheckpointFiles files = new CheckpointFiles(checkpoint, configuration);
    List<TableStatus> tables =
        files.list(checkpoint).stream()
            .filter(TableCheckpoint::isFolderOfATable)
            .map(folder -> TableStatus.of(folder, files))
            .toList();
    if (tables.isEmpty()) {
      throw new RunFailure(
          ErrorCode.NO_CHECKPOINT,
          "There is no checkpoint in " + checkpoint,
          "Give --checkpoint the path that the export had, or <output>/_ringlake/checkpoint if it"
              + " had none.");
    }
    return new CheckpointStatus(checkpoint, tables);
  }

  /** For people: one paragraph a table. */
  public String toText() {
    String gap = System.lineSeparator() + System.lineSeparator();
    return tables.stream().map(TableStatus::toText).collect(Collectors.joining(gap));
  }
}
