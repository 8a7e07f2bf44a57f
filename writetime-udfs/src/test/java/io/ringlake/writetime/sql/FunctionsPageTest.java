package io.ringlake.writetime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * The examples of {@code docs/functions.md}: each block marked {@code sql} is run, and what it
 * shows is the block marked {@code text} behind it, if one is. Those marked {@code python} are run
 * by {@code functions_page.py}.
 */
class FunctionsPageTest {

  private static final Path PAGE = Path.of("../docs/functions.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?ms)^```sql\\n(.*?)^```\\n(?:\\n^```text\\n(.*?)^```$)?");
  private static final int ROWS = 100;

  @Test
  void showsWhatItsExamplesGive() throws IOException {
    SparkSession spark = LocalSpark.session();
    List<MatchResult> examples = EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
    assertThat(examples).hasSizeGreaterThan(5);

    for (MatchResult example : examples) {
      Dataset<Row> result = spark.sql(example.group(1));
      String shown = result.columns().length == 0 ? "" : result.showString(ROWS, 0, false);
      String expected = example.group(2) == null ? "" : example.group(2);

      assertThat(shown.strip()).as(example.group(1)).isEqualTo(expected.strip());
    }
  }

  @Test
  void namesAllFunctions() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(SqlFunctions.ALL)
        .hasSize(8)
        .allSatisfy(function -> assertThat(page).contains("| `" + function.name() + "("));
  }

  @Test
  void namesAllCqlTypes() throws IOException {
    String page = Files.readString(PAGE);
    String types = page.substring(page.indexOf("## CQL types"));

    assertThat(CqlType.values())
        .allSatisfy(
            type -> assertThat(types).containsPattern("(?m)^\\| .*\\b" + type.cql() + "\\b"));
  }
}
