package io.ringlake.projection;

import io.ringlake.config.WrittenRange;
import java.util.ArrayList;
import java.util.List;

/**
 * The write times that decide whether a row is kept, those of columns that are not exported too.
 *
 * @param tested their items of the SELECT; empty if rows are not tested, or no column has any
 * @param untold the write times that the cluster does not tell, and why
 */
public record WrittenTests(WrittenRange range, List<SelectItem> tested, List<LeftOut> untold) {

  /** All rows are kept. */
  public static final WrittenTests NONE = new WrittenTests(WrittenRange.ALL, List.of(), List.of());

  public WrittenTests {
    tested = List.copyOf(tested);
    untold = List.copyOf(untold);
  }

  /** What an operator should be told, a clause each: of what is not tested. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (range.isBounded() && tested.isEmpty()) {
      warnings.add("no column has a write time that can be tested, so all rows are kept");
    }
    for (LeftOut left : untold) {
      warnings.add("when %s was written is not tested: %s".formatted(left.column(), left.reason()));
    }
    return warnings;
  }
}
