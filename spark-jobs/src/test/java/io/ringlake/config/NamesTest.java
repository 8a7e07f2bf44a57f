package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.schema.Identifier;
import io.ringlake.schema.TableName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How columns and tables are named in settings. */
class NamesTest {

  @Test
  void columnsAreExactNamesSeparatedByCommas() {
    assertThat(ColumnChoice.parse("id, Total ,\"a,b\",\"say \"\"hi\"\"\",\"*\",\"a.b\""))
        .isEqualTo(named("id", "Total", "a,b", "say \"hi\"", "*", "a.b"));
  }

  @Test
  void aStarIsAllColumnsAndBlankIsNone() {
    assertThat(ColumnChoice.parse(" * ")).isEqualTo(new ColumnChoice.All());
    assertThat(ColumnChoice.parse(" ")).isEqualTo(new ColumnChoice.None());
  }

  @Test
  void columnsAreSpelledSoThatTheyAreReadAgain() {
    ColumnChoice choice = named("id", "Total", "a,b", "say \"hi\"", "*");

    assertThat(choice).hasToString("id,\"Total\",\"a,b\",\"say \"\"hi\"\"\",\"*\"");
    assertThat(ColumnChoice.parse(choice.toString())).isEqualTo(choice);
    assertThat(new ColumnChoice.All()).hasToString("*");
    assertThat(new ColumnChoice.None()).hasToString("");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "a,,b;where a name is missing.",
        "a,;where a name is missing.",
        ",;where a name is missing.",
        "\"\";where a name is missing.",
        "\"a;where a double quote is not closed.",
        "\"a\"b;where b follows a name. Separate names by commas.",
        "a\"b\";where \"b\" follows a name. Separate names by commas.",
        "a.b;where a column has a dot. Names with dots need double quotes: \"a.b\".",
        "a,*;where * stands beside names. Use one or the other.",
        "a,b,a;where a column stands twice."
      })
  void columnsThatCannotBeReadAreRefused(String text, String message) {
    assertThatThrownBy(() -> ColumnChoice.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void tablesAreExactOrGlobs() {
    assertThat(TablePattern.parseList("shop.orders, Shop.Orders,\"a.b\".\"T*\",shop.*,sh?p.\"x\""))
        .containsExactly(
            new TablePattern("shop", "orders", false, false),
            new TablePattern("Shop", "Orders", false, false),
            new TablePattern("a.b", "T*", false, false),
            new TablePattern("shop", "*", false, true),
            new TablePattern("sh?p", "x", true, false));
  }

  @Test
  void tablesAreSpelledSoThatTheyAreReadAgain() {
    List<TablePattern> patterns =
        TablePattern.parseList("shop.orders,Shop.Orders,\"a.b\".\"T*\",sh?p.o*");

    assertThat(patterns)
        .map(TablePattern::toString)
        .containsExactly("shop.orders", "\"Shop\".\"Orders\"", "\"a.b\".\"T*\"", "sh?p.o*");
    assertThat(patterns)
        .allSatisfy(
            each -> assertThat(TablePattern.parseList(each.toString())).containsExactly(each));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {"orders", "a.b.c", "shop.orders,x"})
  void aTableIsNamedWithItsKeyspace(String text) {
    assertThatThrownBy(() -> TablePattern.parseList(text))
        .hasMessage(
            "where a table is not keyspace.table. Names with dots need double quotes:"
                + " \"a.b\".\"T\".");
  }

  @ParameterizedTest
  @CsvSource({
    "shop.*, shop, orders, true",
    "shop.*, shopx, orders, false",
    "sh?p.o*, ship, orders, true",
    "sh?p.o*, shp, orders, false",
    "*.*_v2, Any, a.b_v2, true",
    "*.*_v2, Any, av2, false",
    "shop.Orders, shop, orders, false",
    "s.p*, s, p[x], true"
  })
  void globsMatchWholeNamesAndCaseMatters(
      String pattern, String keyspace, String table, boolean matches) {
    assertThat(TablePattern.parseList(pattern).get(0).matches(TableName.of(keyspace, table)))
        .isEqualTo(matches);
  }

  @Test
  void onlyAnExactPatternNamesATable() {
    assertThat(TablePattern.parseList("\"a.b\".T").get(0).exactName())
        .isEqualTo(TableName.of("a.b", "T"));
    assertThatThrownBy(() -> TablePattern.parseList("shop.*").get(0).exactName())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Pattern shop.* may name many tables");
  }

  @Test
  void aPatternCannotExistInAWrongState() {
    assertThatThrownBy(() -> new TablePattern("", "t", false, false))
        .hasMessage("A table pattern has an empty name");
    assertThatThrownBy(() -> new TablePattern("shop", "orders", false, true))
        .hasMessage("Table pattern shop.orders has a glob without a wildcard");
    assertThatThrownBy(() -> new ColumnChoice.Named(List.of()))
        .hasMessage("A choice of columns by name has no name");
  }

  private static ColumnChoice named(String... names) {
    return new ColumnChoice.Named(Stream.of(names).map(Identifier::new).toList());
  }
}
