package io.ringlake.job;

import io.ringlake.testing.DuckLake;
import io.ringlake.testing.ExportCheck;
import java.util.ArrayList;
import java.util.List;

/** Files in folders. */
final class FolderTarget extends ExportTarget {

  private final String format;

  FolderTarget(Store store, String format) {
    super(store);
    this.format = format;
  }

  @Override
  List<String> flags() {
    List<String> flags =
        new ArrayList<>(List.of("--format", format, "--output", store().uri("out")));
    if (!format.equals("parquet")) {
      flags.addAll(List.of("--writetime-format", "micros"));
    }
    return flags;
  }

  @Override
  Halt beforeCommit(long batchId) {
    return Halt.before(
        "the sink's commit of batch " + batchId,
        "rename",
        "/_spark_metadata/%d$".formatted(batchId));
  }

  @Override
  DuckLake rows() throws Exception {
    return new DuckLake(store().local("out"));
  }

  @Override
  void assertTidy() throws Exception {
    new ExportCheck(store().local("out")).holdsItsManifestAndNothingElse();
  }
}
