package io.ringlake.writetime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The expected tokens are those of Cassandra 5.0.9: {@code AbstractType.fromString}, {@code
 * CompositeType.build} and {@code Murmur3Partitioner.getToken}.
 */
class CassandraTokenTest {

  /** CQL type, value, token. */
  private static final String OF_ONE_COLUMN =
      """
      ascii     | k                                              | 5303797501861836210
      text      |                                                | -9223372036854775808
      text      | Zürich                                         | -5540362457254946660
      text      | 日本 🦉                                           | -1812220526904754321
      varchar   | a text of more than one block of sixteen bytes | 6192344484035509425
      text      | z                                              | -8910172594085141869
      text      | é                                              | 5461403030378599040
      text      | éz                                             | 6529353541853926805
      text      | éé                                             | -4859257964324313853
      text      | ééz                                            | -5037963424386938844
      text      | ééé                                            | 8286226453483032790
      text      | éééz                                           | 6347403107248045618
      text      | éééé                                           | -2328660326389430996
      text      | ééééz                                          | -1972200932343425524
      text      | ééééé                                          | 5922212692979827277
      text      | éééééz                                         | 8666190793778901758
      text      | éééééé                                         | 7404889313845430615
      text      | ééééééz                                        | 235712917494660643
      text      | ééééééé                                        | -7177157220599082109
      text      | éééééééz                                       | 8551583382621466274
      text      | éééééééé                                       | 3176951534295895533
      text      | ééééééééz                                      | 3009365538663600746
      blob      | 00                                             | 5048724184180415669
      blob      | ff                                             | -4442228696663692417
      blob      | 80ff7f0080ff7f0080ff7f0080ff7f                 | -1748611451738877831
      blob      | 80ff7f0080ff7f0080ff7f0080ff7f00fe             | 6787012482717623817
      boolean   | true                                           | 8849112093580131862
      boolean   | false                                          | 5048724184180415669
      tinyint   | -128                                           | -5284281814142962636
      tinyint   | 127                                            | 5072634478945617755
      smallint  | -32768                                         | -1753184955657554102
      smallint  | 258                                            | -6527078709368617801
      int       | 0                                              | -3485513579396041028
      int       | 1                                              | -4069959284402364209
      int       | -1                                             | 7297452126230313552
      int       | 2147483647                                     | -765994672030311617
      bigint    | 1                                              | 6292367497774912474
      bigint    | -9223372036854775808                           | 9204767954415360687
      float     | 1.5                                            | 731613433076368549
      float     | -0.0                                           | -420533958509279465
      float     | NaN                                            | -7253780401204684297
      float     | Infinity                                       | 6155692986288147404
      double    | 1.5                                            | -2904970586342177944
      double    | -0.0                                           | 9204767954415360687
      double    | NaN                                            | -1046509390464631383
      double    | -1.7976931348623157E308                        | -3644908840525881370
      decimal   | 12.50                                          | 6300983439523623981
      decimal   | 12.5                                           | 796405485419979103
      decimal   | -1E+400                                        | -2889871414404035969
      decimal   | 0                                              | 4464299780005672250
      decimal   | -0.00000001                                    | 6586485214809508332
      decimal   | 123456789012345678901234567890.123             | -3726908366924660811
      varint    | 0                                              | 5048724184180415669
      varint    | 127                                            | 5072634478945617755
      varint    | 128                                            | -5553052187789492088
      varint    | -1                                             | -4442228696663692417
      varint    | -129                                           | 7965412786603682042
      varint    | 170141183460469231731687303715884105728        | 3030267484971692576
      uuid      | 8f1c2b60-0c4e-4c2a-9d7f-3f1f0e2b6a55           | 8761326863293164848
      uuid      | ffffffff-ffff-4fff-bfff-ffffffffffff           | -5207082310825530663
      timeuuid  | 50554d6e-29bb-11e5-b345-feff819cdc9f           | 5656618555219578417
      inet      | 10.1.2.3                                       | -856992470842734883
      inet      | 255.255.255.255                                | 7297452126230313552
      inet      | 2001:db8:0:0:0:0:0:1                           | 7690651592769139653
      inet      | 0:0:0:0:0:ffff:a00:1                           | 575139024684962276
      date      | 1970-01-01                                     | -420533958509279465
      date      | 1969-12-31                                     | -765994672030311617
      date      | 2024-02-29                                     | -6510212219662530605
      time      | 00:00:00                                       | 2945182322382062539
      time      | 23:59:59.999999999                             | 7126115000263948325
      timestamp | 1969-12-31T23:59:59.999Z                       | 7071048584287372947
      timestamp | 2024-02-29T12:34:56.789Z                       | 7532702350409010692
      """;

  /** CQL types, values, token. */
  private static final String OF_SEVERAL_COLUMNS =
      """
      uuid,text                     | 8f1c2b60-0c4e-4c2a-9d7f-3f1f0e2b6a55 ; Zürich     | 7718592696103844124
      text,blob                     |  ; ff                                             | 3041776680891558901
      int,int                       | -1 ; 1                                            | 7390212079147457855
      date,time,boolean             | 2024-02-29 ; 23:59:59.999999999 ; true            | -1973624154634916611
      inet,varint,decimal,timestamp | 10.1.2.3 ; 128 ; 12.50 ; 2024-02-29T12:34:56.789Z | -4442085181860974407
      text,text                     |  ;                                                | 9027482631457916009
      """;

  @Test
  void isTheTokenThatCassandraGivesAKeyOfOneColumn() {
    assertTokens(OF_ONE_COLUMN);
  }

  @Test
  void isTheTokenThatCassandraGivesAKeyOfSeveralColumns() {
    assertTokens(OF_SEVERAL_COLUMNS);
  }

  private static void assertTokens(String table) {
    List<String> calls = new ArrayList<>();
    List<Long> tokens = new ArrayList<>();
    for (String line : table.lines().toList()) {
      List<String> cells = cells(line, "[|]");
      calls.add(call(cells.get(0), cells.get(1)));
      tokens.add(Long.valueOf(cells.get(2)));
    }

    List<@Nullable Object> values = LocalSpark.values(calls);

    for (int i = 0; i < calls.size(); i++) {
      assertThat(values.get(i)).as(calls.get(i)).isEqualTo(tokens.get(i));
    }
  }

  private static List<String> cells(String line, String between) {
    return Arrays.stream(line.split(between, -1)).map(String::strip).toList();
  }

  private static String call(String types, String texts) {
    List<String> type = cells(types, ",");
    List<String> text = cells(texts, ";");
    StringJoiner columns = new StringJoiner(", ");
    for (int i = 0; i < type.size(); i++) {
      columns.add(CqlLiteral.of(type.get(i), text.get(i)));
    }
    return "cassandra_token('%s', %s)".formatted(types, columns);
  }

  @Test
  void isNullIfAColumnIs() {
    assertThat(LocalSpark.value("cassandra_token('int', NULL)")).isNull();
    assertThat(LocalSpark.value("cassandra_token('int,text', 1, CAST(NULL AS STRING))")).isNull();
  }

  @Test
  void takesWhatHoldsTheSameValueInAnotherTypeOfSpark() {
    assertThat(LocalSpark.value("cassandra_token('bigint', 1)"))
        .isEqualTo(LocalSpark.value("cassandra_token('bigint', 1L)"));
    assertThat(LocalSpark.value("cassandra_token('varint', 128)"))
        .isEqualTo(LocalSpark.value("cassandra_token('varint', '128')"));
    assertThat(LocalSpark.value("cassandra_token('varint', CAST(128 AS DECIMAL(38,0)))"))
        .isEqualTo(LocalSpark.value("cassandra_token('varint', '128')"));
    assertThat(LocalSpark.value("cassandra_token('decimal', CAST(12.5 AS DECIMAL(10,2)))"))
        .isEqualTo(LocalSpark.value("cassandra_token('decimal', '12.50')"));
    assertThat(LocalSpark.value("cassandra_token('decimal', CAST('-0.00000001' AS DECIMAL(9,8)))"))
        .isEqualTo(LocalSpark.value("cassandra_token('decimal', '-1E-8')"));
    assertThat(LocalSpark.value("cassandra_token('uuid', 'FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF')"))
        .isEqualTo(
            LocalSpark.value("cassandra_token('uuid', 'ffffffff-ffff-4fff-bfff-ffffffffffff')"));
    assertThat(LocalSpark.value("cassandra_token('inet', '2001:db8::1')"))
        .isEqualTo(LocalSpark.value("cassandra_token('inet', '2001:db8:0:0:0:0:0:1')"));
  }

  @Test
  void cutsATimestampToTheMillisecondsThatCqlHas() {
    assertThat(
            LocalSpark.value("cassandra_token('timestamp', TIMESTAMP'1969-12-31 23:59:59.9999')"))
        .isEqualTo(
            LocalSpark.value("cassandra_token('timestamp', TIMESTAMP'1969-12-31 23:59:59.999')"));
  }

  @Test
  void namesTypesInAnyCaseAndWithSpaces() {
    assertThat(LocalSpark.value("cassandra_token('Int, TEXT', 1, 'a')"))
        .isEqualTo(LocalSpark.value("cassandra_token('int,text', 1, 'a')"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'int'               | found 1 argument
          'int,text', 1       | types names 2, found 1 to make a token of
          'int', 1, 2         | types names 1, found 2 to make a token of
          'int', 'a'          | column 1 is of type string; expected int for CQL's int
          'text,int', 'a', 1L | column 2 is of type bigint; expected int for CQL's int
          'uuid', 1           | column 1 is of type int; expected string for CQL's uuid
          'decimal', 1.5D     | column 1 is of type double; expected string or decimal for CQL's decimal
          'varint', 1.5       | column 1 is of type decimal(2,1); expected string, a whole number or decimal without a fraction for CQL's varint
          'date', TIMESTAMP'2024-01-01' | column 1 is of type timestamp; expected date for CQL's date
          'duration', 1       | 'duration' is not a CQL type that it knows. Use one of: ascii, text, varchar, blob, boolean, tinyint, smallint, int, bigint, float, double, decimal, varint, uuid, timeuuid, inet, date, time, timestamp
          'int,', 1, 2        | '' is not a CQL type that it knows. Use one of: ascii, text,
          id, 1               | types is t.id; expected a literal text such as 'uuid'
          1, 1                | types is 1; expected a literal text such as 'uuid'
          CAST(NULL AS STRING), 1 | types is null
          """)
  void refusesWhatDoesNotFitBeforeAnythingRuns(String arguments, String why) {
    assertThatThrownBy(
            () ->
                LocalSpark.session()
                    .sql("SELECT cassandra_token(" + arguments + ") FROM VALUES ('a') AS t(id)"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageStartingWith("cassandra_token(types, column, ...): " + why);
  }
}
