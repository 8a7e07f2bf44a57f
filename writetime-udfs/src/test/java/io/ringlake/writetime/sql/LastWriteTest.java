package io.ringlake.writetime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.apache.spark.sql.AnalysisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastWriteTest {

  /** CQL type, two values, the one that {@code Cells.reconcile} of Cassandra 5.0.9 chooses. */
  private static final String TIES =
      """
      int       | 1                        | -1                       | -1
      int       | 1                        | 2                        | 2
      int       | -2                       | -1                       | -1
      tinyint   | 127                      | -128                     | -128
      smallint  | 256                      | -1                       | -1
      bigint    | 9223372036854775807      | -9223372036854775808     | -9223372036854775808
      text      | a                        | b                        | b
      text      | a                        | aa                       | aa
      text      | Z                        | a                        | a
      text      | z                        | é                        | é
      text      |                          | a                        | a
      ascii     | 9                        | 10                       | 9
      varchar   | ab                       | b                        | b
      blob      | 7f                       | 80                       | 80
      blob      | ff                       | ff00                     | ff00
      boolean   | true                     | false                    | true
      float     | 1.5                      | -1.5                     | -1.5
      float     | -1.5                     | -2.5                     | -2.5
      double    | 1.0                      | -1.0                     | -1.0
      double    | NaN                      | Infinity                 | NaN
      double    | NaN                      | -1.0                     | -1.0
      decimal   | 1.0                      | 1.00                     | 1.00
      decimal   | 9                        | 10                       | 10
      decimal   | 1E+2                     | 5                        | 1E+2
      decimal   | 128                      | 1                        | 1
      varint    | 1                        | -1                       | -1
      varint    | 127                      | 128                      | 127
      varint    | 2                        | 300                      | 2
      uuid      | 8f1c2b60-0c4e-4c2a-9d7f-3f1f0e2b6a55 | 7f1c2b60-0c4e-4c2a-9d7f-3f1f0e2b6a55 | 8f1c2b60-0c4e-4c2a-9d7f-3f1f0e2b6a55
      timeuuid  | 00000001-29bb-11e5-8000-000000000000 | f0000000-29ba-11e5-8000-000000000000 | f0000000-29ba-11e5-8000-000000000000
      inet      | 9.255.255.255            | 10.0.0.0                 | 10.0.0.0
      inet      | 200.0.0.1                | 2001:db8:0:0:0:0:0:1     | 200.0.0.1
      date      | 1969-12-31               | 1970-01-01               | 1970-01-01
      time      | 00:00:01                 | 23:00:00                 | 23:00:00
      timestamp | 1969-12-31T23:59:59.999Z | 2024-01-01T00:00:00.000Z | 1969-12-31T23:59:59.999Z
      """;

  @Test
  void ofTwoWritesAtTheSameTimeTheGreaterBytesWin() {
    StringJoiner columns = new StringJoiner(", ");
    StringJoiner one = new StringJoiner(", ", "(", ")");
    StringJoiner other = new StringJoiner(", ", "(", ")");
    StringJoiner names = new StringJoiner(", ");
    List<String> lines = TIES.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      List<String> cells = Arrays.stream(lines.get(i).split("[|]", -1)).map(String::strip).toList();
      String type = cells.get(0);
      one.add(CqlLiteral.of(type, cells.get(1)));
      other.add(CqlLiteral.of(type, cells.get(2)));
      names.add("c" + i);
      String winner = CqlLiteral.of(type, cells.get(3));
      columns.add(
          "IF(last_write('%s', c%d, 7L) <=> %s, '', \"%s\")"
              .formatted(type, i, winner, lines.get(i)));
    }
    String query = "SELECT concat(%s) FROM VALUES %s, %s AS t(%s)";

    assertThat(LocalSpark.rows(query.formatted(columns, one, other, names))).containsExactly("");
    assertThat(LocalSpark.rows(query.formatted(columns, other, one, names))).containsExactly("");
  }

  @Test
  void theGreaterWriteTimeWinsWhateverTheValues() {
    assertThat(
            LocalSpark.rows(
                """
                SELECT id, last_write('text', v, w) FROM VALUES
                  (1, 'z', 1L), (1, 'a', 2L),
                  (2, 'z', -2L), (2, 'a', -1L), (2, 'y', -3L),
                  (3, 'a', 5L), (3, CAST(NULL AS STRING), 4L)
                AS t(id, v, w) GROUP BY id ORDER BY id"""))
        .containsExactly("1,a", "2,a", "3,a");
  }

  @Test
  void aDeletionWinsOverAValueOfTheSameTime() {
    assertThat(
            LocalSpark.rows(
                "SELECT last_write('int', v, w) FROM VALUES (5, 7L), (NULL, 7L), (-1, 7L) AS t(v, w)"))
        .containsExactly("null");
  }

  @Test
  void rowsWithoutWriteTimeAreSkipped() {
    assertThat(
            LocalSpark.rows(
                "SELECT last_write('int', v, w) FROM VALUES (5, NULL), (4, 1L), (NULL, NULL) AS t(v, w)"))
        .containsExactly("4");
    assertThat(
            LocalSpark.rows(
                "SELECT last_write('int', v, w) FROM VALUES (5, CAST(NULL AS BIGINT)) AS t(v, w)"))
        .containsExactly("null");
    assertThat(LocalSpark.rows("SELECT last_write('int', 1, 1L) FROM range(0)"))
        .containsExactly("null");
  }

  /** Seen at {@code Cells.reconcile} of Cassandra 5.0.9, too. */
  @Test
  void ofTheSameTimeWhatExpiresWinsAndWhatExpiresLaterStillMore() {
    String query =
        """
        SELECT last_write('int', v, 7L, e) FROM VALUES %s AS t(v, e)""";
    String lasting = "(-1, CAST(NULL AS TIMESTAMP))";
    String soon = "(1, TIMESTAMP'2024-01-01 00:00:00')";
    String sameButGreater = "(-3, TIMESTAMP'2024-01-01 00:00:00')";
    String later = "(-5, TIMESTAMP'2024-01-01 00:00:01')";
    String latest = "(0, TIMESTAMP'2024-01-01 00:00:02')";
    String deleted = "(NULL, NULL)";

    assertThat(LocalSpark.rows(query.formatted(soon + "," + lasting))).containsExactly("1");
    assertThat(LocalSpark.rows(query.formatted(soon + "," + sameButGreater))).containsExactly("-3");
    assertThat(LocalSpark.rows(query.formatted(latest + "," + later + "," + soon)))
        .containsExactly("0");
    assertThat(LocalSpark.rows(query.formatted(latest + "," + deleted + "," + lasting)))
        .containsExactly("null");
  }

  @Test
  void isTheSameHoweverRowsAreSpreadAndMerged() {
    String query =
        """
        SELECT id %% 7 AS k,
          last_write('varint', CAST((id * 31) %% 257 AS STRING), id %% 5) AS v
        FROM range(0, 10000, 1, %d) GROUP BY k ORDER BY k""";

    assertThat(LocalSpark.rows(query.formatted(8)))
        .hasSize(7)
        .isEqualTo(LocalSpark.rows(query.formatted(1)));
  }

  @Test
  void worksWithFilterAndAsAWindowFunction() {
    assertThat(
            LocalSpark.rows(
                """
                SELECT last_write('int', v, w) FILTER (WHERE w < 3) FROM VALUES
                  (1, 1L), (2, 2L), (3, 3L) AS t(v, w)"""))
        .containsExactly("2");
    assertThat(
            LocalSpark.rows(
                """
                SELECT last_write('int', v, w) OVER (ORDER BY v) FROM VALUES
                  (1, 1L), (2, 3L), (3, 2L) AS t(v, w)"""))
        .containsExactly("1", "2", "2");
  }

  @Test
  void givesBackTheValueAsItWasGiven() {
    assertThat(
            LocalSpark.rows(
                """
                SELECT last_write('double', v, 1L) FROM VALUES
                  (CAST('-0.0' AS DOUBLE)), (0.0D) AS t(v)"""))
        .containsExactly("-0.0");
    assertThat(
            LocalSpark.rows(
                "SELECT typeof(last_write('bigint', v, 1L)) FROM VALUES (1), (2) AS t(v)"))
        .containsExactly("bigint");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'int', 1              | found 2 arguments
          'int', 'a', 1L        | value is of type string; expected int for CQL's int
          'int', 1, 'a'         | writetime is of type string; expected bigint
          'int', 1, 1L, 5       | expires_at is of type int; expected timestamp
          'int,int', 1, 1L      | 'int,int' is not a CQL type that it knows. Use one of: ascii,
          """)
  void refusesWhatDoesNotFitBeforeAnythingRuns(String arguments, String why) {
    assertThatThrownBy(() -> LocalSpark.session().sql("SELECT last_write(" + arguments + ")"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageStartingWith("last_write(type, value, writetime[, expires_at]): " + why);
  }
}
