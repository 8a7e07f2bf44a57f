package io.ringlake.projection;

import io.ringlake.config.WrittenRange;
import java.util.ArrayList;
import java.util.List;

/**
 * The write times that decide whether a row is kept, those of columns that are not exported too.
 *
 * @param tested their items of the SELECT; empty if rows are not tested, or no column has any
 * @param untested columns whose write times are not tested
 */
public record WrittenTests(WrittenRange range, List<SelectItem> tested, List<Untested> untested) {

  /** All rows are kept. */
  public static final WrittenTests NONE = new WrittenTests(WrittenRange.ALL, List.of(), List.of());

  public WrittenTests {
    tested = List.copyOf(tested);
    untested = List.copyOf(untested);
  }

  /** What an operator should be told, a clause each: of what is not tested. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (range.isBounded() && tested.isEmpty()) {
      warnings.add("no column has a write time that can be tested, so all rows are kept");
    }
    for (Untested each : untested) {
      warnings.add("when %s was written is not tested: %s".formatted(each.column(), each.reason()));
    }
    return warnings;
  }
}
