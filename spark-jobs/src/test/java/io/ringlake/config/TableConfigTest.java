package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.TableConfig.SortTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableConfigTest {

  @Test
  void everySettingReachesItsRecord() {
    ExportConfig config =
        export(
            "sort-by= ordered_at DESC , \"a, \"\"b\"\"\" asc,id",
            "table-properties= write.a = 1 ,b=");

    assertThat(config.output().table())
        .isEqualTo(
            new TableConfig(
                List.of(
                    new SortTerm("ordered_at", true),
                    new SortTerm("a, \"b\"", false),
                    new SortTerm("id", false)),
                Map.of("write.a", "1", "b", "")));
    assertThat(config.identity())
        .containsEntry("sort-by", "ordered_at desc,\"a, \"\"b\"\"\",id")
        .doesNotContainKey("table-properties");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sort-by=a b           | sort-by is 'a b', where 'a b' is not a column.
          sort-by=a,a desc      | sort-by is 'a,a desc', where a is there twice.
          sort-by=a,            | sort-by is 'a,', where '' is not a column.
          table-properties=a    | table-properties is 'a', where 'a' is not a property.
          table-properties=write.target-file-size-bytes=1 | where write.target-file-size-bytes is decided by file-size. Leave it out.
          table-properties=a=,a= | table-properties is 'a=,a=', where a is there twice.
          """)
  void refusesWhatCannotBe(String argument, String problem) {
    assertThatThrownBy(() -> export(argument)).hasMessageContaining(problem);
  }

  @Test
  void meansNothingToFolders() {
    List<GivenValue> values =
        List.of(
            GivenValue.of("table", "a.b"),
            GivenValue.of("output", "/lake"),
            GivenValue.of("format", "csv"),
            GivenValue.of("sort-by", "a"));

    assertThatThrownBy(() -> export(values))
        .hasMessageContaining("sort-by means nothing to format csv. Leave it out.");
    assertThat(export(values.subList(0, 3)).identity()).doesNotContainKey("sort-by");
  }

  private static ExportConfig export(String... arguments) {
    List<GivenValue> values = new ArrayList<>();
    values.add(GivenValue.of("table", "a.b"));
    values.add(GivenValue.of("format", "iceberg"));
    values.add(GivenValue.of("output", "lake.a.b"));
    values.add(GivenValue.of("checkpoint", "/checkpoint"));
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      values.add(GivenValue.of(parts[0], parts[1]));
    }
    return export(values);
  }

  private static ExportConfig export(List<GivenValue> values) {
    return ExportConfig.from(new Settings(Scope.EXPORT, List.of(), values, new Problems()));
  }
}
