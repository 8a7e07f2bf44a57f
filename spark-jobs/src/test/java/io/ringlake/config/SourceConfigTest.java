package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.schema.TableName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;

class SourceConfigTest {

  @Test
  void optionsAreTheSettingsAndCaseDoesNotMatterInKeys() {
    SourceConfig config =
        SourceConfig.from(
            new CaseInsensitiveStringMap(
                Map.of(
                    "Table",
                    "shop.\"Orders\"",
                    "WriteTime",
                    "*",
                    "spans",
                    "4",
                    "plan",
                    "/p.json")));

    assertThat(config.table()).isEqualTo(TableName.of("shop", "Orders"));
    assertThat(config.cells().writetime()).isEqualTo(new ColumnChoice.All());
    assertThat(config.read().spans()).hasValue(4);
    assertThat(config.plan()).isEqualTo("/p.json");
    assertThat(config.pushdown()).isTrue();
  }

  @Test
  void allProblemsAreToldAtOnce() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("path", "/x");
    options.put("Tabel", "a.b");
    options.put("output", "/x");
    options.put("password", "hunter2");
    options.put("page-rows", "0");

    assertThatThrownBy(() -> SourceConfig.from(options))
        .hasMessage(
            """
            RL-USAGE-001 load() names a path, but a table is read. Use option("table", "shop.orders") and load() without a path.
            tabel is not an option of format("ringlake"). Did you mean table?
            output is not an option of format("ringlake"), only of export, plan, status.
            password is not an option of format("ringlake"), since others can see it there. Use password-file with a file or env:NAME.
            table is missing. Set it, for example to shop.orders.
            page-rows is '0', which is not a whole number from 1 to 100000.
            docs/settings.md lists the options.""");
  }

  @Test
  void filtersStayWithSparkIfAsked() {
    assertThat(SourceConfig.from(Map.of("table", "a.b", "pushdown", "false")).pushdown()).isFalse();
  }

  @Test
  void aTableIsNamedExactly() {
    for (String tables : new String[] {"shop.*", "a.b,a.c"}) {
      assertThatThrownBy(() -> SourceConfig.from(Map.of("table", tables)))
          .hasMessage(
              """
              RL-USAGE-001 table names more than one table. Name one, for example shop.orders.
              docs/settings.md lists the options.""");
    }
  }
}
