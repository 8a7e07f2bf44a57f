package io.ringlake.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.schema.TableName;
import org.junit.jupiter.api.Test;

class RunningBatchTest {

  private static final TableName ORDERS = TableName.of("shop", "orders");

  @Test
  void countsFromOneForPeople() {
    assertThat(new RunningBatch(ORDERS, 3, 4, 128, 192, 256).description())
        .isEqualTo("shop.orders: batch 3 of 4, spans 129 to 192 of 256");
  }

  @Test
  void refusesABatchWithoutSpans() {
    assertThatThrownBy(() -> new RunningBatch(ORDERS, 3, 4, 128, 128, 256))
        .hasMessage("Batch 3 of 4 with spans 128 to 128 of 256 is none");
  }
}
