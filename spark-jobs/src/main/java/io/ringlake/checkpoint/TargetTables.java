package io.ringlake.checkpoint;

import java.util.Optional;

/**
 * What a checkpoint keeps of the table that a pass writes to. Both methods throw {@link
 * io.ringlake.failure.RunFailure} if the store is not reached or refuses.
 */
public interface TargetTables {

  /** Of a pass that has not begun. */
  TargetTables NONE =
      new TargetTables() {
        @Override
        public Optional<TargetTable> read() {
          return Optional.empty();
        }

        @Override
        public void write(TargetTable table) {
          throw new IllegalStateException("The pass has not begun");
        }
      };

  /** What was kept last; empty before the first. */
  Optional<TargetTable> read();

  /** Takes the place of what is there, whole or not at all. */
  void write(TargetTable table);
}
