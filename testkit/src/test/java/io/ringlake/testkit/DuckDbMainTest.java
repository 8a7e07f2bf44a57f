package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DuckDbMainTest {

  @Test
  void showsAQuerysResultInColumns() throws SQLException {
    assertThat(DuckDbMain.run("SELECT 1 AS id, 'a' AS name UNION ALL SELECT 1000, NULL ORDER BY 1"))
        .isEqualTo(
            """
            id    name
            1     a
            1000  null
            """);
  }
}
