package io.ringlake.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.testing.DeltaLake;
import io.ringlake.testing.DuckLake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Delta table at a path, which also has the checkpoint. */
final class DeltaTarget extends ExportTarget {

  DeltaTarget(Store store) {
    super(store);
  }

  @Override
  Map<String, String> spark() {
    Map<String, String> properties = new HashMap<>(super.spark());
    properties.put("spark.delta.logStore.faulty.impl", "io.delta.storage.LocalLogStore");
    return properties;
  }

  @Override
  List<String> flags() {
    return List.of("--format", "delta", "--output", store().uri("out"));
  }

  /** Version 0 is the table without rows. */
  @Override
  Halt beforeCommit(long batchId) {
    return Halt.before(
        "the sink's commit of batch " + batchId,
        "rename",
        "/_delta_log/%020d\\.json$".formatted(batchId + 1));
  }

  @Override
  DuckLake rows() throws Exception {
    return DuckLake.ofParquet(new DeltaLake(store().local("out")).files());
  }

  @Override
  Map<String, List<Long>> added() throws Exception {
    return new DeltaLake(store().local("out"))
        .added().stream()
            .collect(
                Collectors.groupingBy(
                    file -> file.version() + " " + file.partition(),
                    Collectors.mapping(DeltaLake.Added::bytes, Collectors.toList())));
  }

  /** Files of tasks that died are in no version, and stay. */
  @Override
  void assertTidy() throws Exception {
    DeltaLake lake = new DeltaLake(store().local("out"));
    assertThat(lake.batches()).startsWith("0", "1").doesNotHaveDuplicates();
  }
}
