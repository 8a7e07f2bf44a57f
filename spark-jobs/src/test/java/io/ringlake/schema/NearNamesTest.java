package io.ringlake.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {

  @Test
  void offersFirstWhatDiffersInCase() {
    assertThat(NearNames.of("orderid", List.of("orderid2", "OrderId", "order_id")))
        .containsExactly("OrderId", "order_id", "orderid2");
  }

  @Test
  void takesTwoLettersSwappedForOneSlip() {
    assertThat(NearNames.of("yaer", List.of("year", "clear"))).containsExactly("year");
  }

  @Test
  void offersNothingThatIsFar() {
    assertThat(NearNames.of("price", List.of("customer", "region", "ts"))).isEmpty();
    assertThat(NearNames.of("ts", List.of("id"))).isEmpty();
  }

  @Test
  void offersThreeAtMost() {
    assertThat(NearNames.of("a1", List.of("a2", "a3", "a4", "a5")))
        .containsExactly("a2", "a3", "a4");
  }
}
