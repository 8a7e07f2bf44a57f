package io.ringlake.writetime.cql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is no value of its type. The bytes of those that are stand in the tests of the functions.
 */
class CellBytesTest {

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "8f1c2b600c4e4c2a9d7f3f1f0e2b6a55",
        "8f1c2b60-0c4e-4c2a-9d7f-3f1f0e2b6a5g",
        "8f1c2b6-00c4e-4c2a-9d7f-3f1f0e2b6a55",
        "8f1c2b60-0c4e-4c2a-9d7f-3f1f0e2b6aé"
      })
  void rejectsWhatIsNoUuid(String text) {
    assertThatThrownBy(() -> CellBytes.uuid(text(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is not a uuid: expected 36 characters such as 50554d6e-29bb-11e5-b345-feff819cdc9f"
                .formatted(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10.1.2",
        "10.1.2.256",
        "10.1.2.3.4",
        "localhost",
        "::g",
        "g::1",
        "1:2",
        "1::2::3",
        "fe80::1%eth0",
        "[::1]",
        "cafe",
        ":",
        "10.1.2.3:80"
      })
  void rejectsWhatIsNoAddressWithoutAskingANameServer(String text) {
    assertThatThrownBy(() -> CellBytes.inet(text(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is not an address: expected one such as 10.1.2.3 or 2001:db8::1".formatted(text));
  }

  @Test
  void keepsAnIpv4AddressInTheGuiseOfIpv6Apart() {
    assertThat(CellBytes.inet(text("::ffff:10.0.0.1")))
        .isEqualTo(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1})
        .isEqualTo(CellBytes.inet(text("0:0:0:0:0:ffff:a00:1")));
    assertThat(CellBytes.inet(text("10.0.0.1"))).isEqualTo(new byte[] {10, 0, 0, 1});
  }

  @Test
  void rejectsWhatIsNoNumber() {
    assertThatThrownBy(() -> CellBytes.decimal(text("12,5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'12,5' is not a decimal: expected digits such as 12.50 or 1E+400");
    assertThatThrownBy(() -> CellBytes.varint(text("1.5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'1.5' is not a varint: expected decimal digits such as -42");
  }

  @Test
  void changesNoArrayOfSpark() {
    byte[] spark = {1, 2, 3};

    byte[] blob = CellBytes.blob(spark);
    blob[0] = 9;

    assertThat(spark).containsExactly(1, 2, 3);
  }
}
