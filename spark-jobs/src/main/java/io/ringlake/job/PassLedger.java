package io.ringlake.job;

import io.ringlake.checkpoint.Pass;
import io.ringlake.checkpoint.TableCheckpoint;
import io.ringlake.checkpoint.TargetTable;
import io.ringlake.iceberg.Ledger;
import java.util.Optional;

/** The ledger of a pass, in its checkpoint. */
final class PassLedger implements Ledger {

  /** Of a pass that has not begun. */
  static final Ledger NONE =
      new Ledger() {
        @Override
        public Optional<Entry> read() {
          return Optional.empty();
        }

        @Override
        public void write(Entry entry) {
          throw new IllegalStateException("The pass has not begun");
        }
      };

  private final TableCheckpoint checkpoint;
  private final Pass pass;

  PassLedger(TableCheckpoint checkpoint, Pass pass) {
    this.checkpoint = checkpoint;
    this.pass = pass;
  }

  @Override
  public Optional<Entry> read() {
    return checkpoint
        .targetTable(pass)
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
    checkpoint.keepTargetTable(
        pass,
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
