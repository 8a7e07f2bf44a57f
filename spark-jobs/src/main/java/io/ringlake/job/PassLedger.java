package io.ringlake.job;

import io.ringlake.checkpoint.TargetTable;
import io.ringlake.checkpoint.TargetTables;
import io.ringlake.iceberg.Ledger;
import java.util.Optional;

/** The ledger of an Iceberg table, in the checkpoint of a pass. */
final class PassLedger implements Ledger {

  private final TargetTables kept;

  PassLedger(TargetTables kept) {
    this.kept = kept;
  }

  @Override
  public Optional<Entry> read() {
    return kept.read()
        .map(
            table ->
                new Entry(
                    table.tableId(),
                    table.nextBatchId(),
                    table.snapshotId(),
                    table.rows(),
                    table.bytes(),
                    table.files()));
  }

  @Override
  public void write(Entry entry) {
    kept.write(
        new TargetTable(
            TargetTable.VERSION,
            entry.tableId(),
            entry.nextBatchId(),
            entry.snapshotId(),
            entry.rows(),
            entry.bytes(),
            entry.files()));
  }
}
