package io.ringlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.schema.Identifier;
import org.apache.spark.sql.types.DecimalType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTypesTest {

  private static final Identifier AMOUNT = new Identifier("amount");
  private static final Identifier OTHER = new Identifier("other");

  @Test
  void nothingIsTextForAll() {
    assertThat(DecimalTypes.parse(" ").of(AMOUNT)).isNull();
    assertThat(DecimalTypes.parse("")).isEqualTo(DecimalTypes.NONE).hasToString("");
  }

  @Test
  void aTypeIsForAllOrForOneColumn() {
    DecimalTypes types = DecimalTypes.parse("decimal(38,10), amount=decimal(18,2)");

    assertThat(types.of(AMOUNT)).isEqualTo(new DecimalType(18, 2));
    assertThat(types.of(OTHER)).isEqualTo(new DecimalType(38, 10));
    assertThat(DecimalTypes.parse("amount=decimal(18,2)").of(OTHER)).isNull();
  }

  @Test
  void namesAreExactAndMayBeQuoted() {
    DecimalTypes types = DecimalTypes.parse("\"a.b,(=)\"\"\" = decimal(1,0),T=decimal(2,2)");

    assertThat(types.of(new Identifier("a.b,(=)\""))).isEqualTo(new DecimalType(1, 0));
    assertThat(types.of(new Identifier("T"))).isEqualTo(new DecimalType(2, 2));
    assertThat(types.of(new Identifier("t"))).isNull();
  }

  @Test
  void isSpelledSoThatItIsReadAgain() {
    DecimalTypes types = DecimalTypes.parse("T=decimal(2,2),a=DECIMAL( 9 , 0 ),decimal(38,0)");

    assertThat(types).hasToString("decimal(38,0),\"T\"=decimal(2,2),a=decimal(9,0)");
    assertThat(DecimalTypes.parse(types.toString())).isEqualTo(types);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "amount; where 'amount' is not the type of a column.",
        "amount=decimal(18); where 'amount=decimal(18)' is not the type of a column.",
        "decimal(9,2),x=int; where 'x=int' is not the type of a column.",
        "decimal(9,2) decimal(9,3); where 'decimal(9,2) decimal(9,3)' is not the type",
        "` =decimal(9,2)`; where '=decimal(9,2)' is not the type of a column.",
        "a=decimal(1,0), =decimal(2,0); where '=decimal(2,0)' is not the type of a column.",
        "decimal(9,2),; where 'decimal(9,2),' is not the type of a column.",
        "=decimal(9,2); where '=decimal(9,2)' is not the type of a column.",
        "decimal(39,2); where decimal(39,2) is not a type: its digits are 1 to 38",
        "decimal(0,0); where decimal(0,0) is not a type",
        "a=decimal(5,6); where decimal(5,6) is not a type",
        "decimal(9,2),decimal(9,3); where what is not named has two types.",
        "a=decimal(9,2),a=decimal(9,2); where column a has two types.",
        "a.b=decimal(9,2); where a column has a dot.",
      })
  void refusesWhatIsNotAType(String text, String why) {
    assertThatThrownBy(() -> DecimalTypes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(why);
  }
}
