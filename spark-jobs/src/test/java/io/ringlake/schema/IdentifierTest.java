package io.ringlake.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdentifierTest {

  @Test
  void isAlwaysQuotedInCql() {
    assertThat(new Identifier("id").cql()).isEqualTo("\"id\"");
    assertThat(new Identifier("say \"hi\"").cql()).isEqualTo("\"say \"\"hi\"\"\"");
  }

  @Test
  void isShownInQuotesOnlyWhereItNeedsThem() {
    assertThat(new Identifier("order_id2")).hasToString("order_id2");
    assertThat(new Identifier("OrderId")).hasToString("\"OrderId\"");
    assertThat(new Identifier("a.b")).hasToString("\"a.b\"");
  }

  @Test
  void isNotEmpty() {
    assertThatThrownBy(() -> new Identifier("")).hasMessage("An identifier is empty");
  }

  @Test
  void namesATableInCqlAndForPeople() {
    TableName name = TableName.of("shop", "Orders");

    assertThat(name.cql()).isEqualTo("\"shop\".\"Orders\"");
    assertThat(name).hasToString("shop.\"Orders\"");
  }
}
