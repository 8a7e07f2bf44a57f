package io.ringlake.writetime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.AnalysisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFunctionsTest {

  private static Timestamp at(String time) {
    return Timestamp.from(Instant.parse(time));
  }

  @Test
  void turnsAWriteTimeIntoATimestampAndBack() {
    assertThat(LocalSpark.value("writetime_timestamp(1704067509062502)"))
        .isEqualTo(at("2024-01-01T00:05:09.062502Z"));
    assertThat(LocalSpark.value("writetime_timestamp(-1L)"))
        .isEqualTo(at("1969-12-31T23:59:59.999999Z"));
    assertThat(LocalSpark.value("timestamp_writetime(TIMESTAMP'2024-01-01 00:05:09.062502')"))
        .isEqualTo(1704067509062502L);
    assertThat(LocalSpark.value("timestamp_writetime(writetime_timestamp(-1234567L))"))
        .isEqualTo(-1234567L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          writetime_timestamp(NULL)
          timestamp_writetime(NULL)
          expires_at(NULL, 5)
          expires_at(TIMESTAMP'2024-01-01', NULL)
          is_expired(TIMESTAMP'2024-01-01', CAST(NULL AS TIMESTAMP))
          latest_writetime(NULL)
          latest_writetime(NULL, CAST(NULL AS BIGINT))
          timeuuid_timestamp(NULL)
          """)
  void isNullIf(String call) {
    assertThat(LocalSpark.value(call)).isNull();
  }

  @Test
  void addsWhatWasLeftToTheTimeOfReading() {
    assertThat(LocalSpark.value("expires_at(TIMESTAMP'2024-02-28 23:59:59.5', 86401)"))
        .isEqualTo(at("2024-03-01T00:00:00.5Z"));
  }

  @Test
  void addsMoreSecondsThanAnIntHasMicroseconds() {
    assertThat(LocalSpark.value("expires_at(TIMESTAMP'2024-01-01 00:00:00', 630720000)"))
        .isEqualTo(at("2043-12-27T00:00:00Z"));
  }

  @Test
  void refusesAnExpiryAfterTheLastTimestamp() {
    assertThatThrownBy(
            () -> LocalSpark.value("expires_at(timestamp_micros(9223372036854775807), 1)"))
        .hasStackTraceContaining("ArithmeticException: long overflow");
  }

  @Test
  void isGoneFromTheMomentThatItExpires() {
    String expiry = "TIMESTAMP'2024-01-01 00:00:01'";

    assertThat(
            LocalSpark.value("is_expired(" + expiry + ", TIMESTAMP'2024-01-01 00:00:00.999999')"))
        .isEqualTo(false);
    assertThat(LocalSpark.value("is_expired(" + expiry + ", TIMESTAMP'2024-01-01 00:00:01')"))
        .isEqualTo(true);
  }

  @Test
  void isNeverGoneWithoutExpiry() {
    assertThat(LocalSpark.value("is_expired(NULL)")).isEqualTo(false);
    assertThat(LocalSpark.value("is_expired(NULL, CAST(NULL AS TIMESTAMP))")).isEqualTo(false);
  }

  @Test
  void asksForNowUnlessATimeIsGiven() {
    assertThat(LocalSpark.value("is_expired(TIMESTAMP'1999-01-01')")).isEqualTo(true);
    assertThat(LocalSpark.value("is_expired(TIMESTAMP'9999-01-01')")).isEqualTo(false);
  }

  @Test
  void takesTheGreatestWriteTimeThatThereIs() {
    assertThat(LocalSpark.value("latest_writetime(5)")).isEqualTo(5L);
    assertThat(LocalSpark.value("latest_writetime(-3L, NULL, -2L)")).isEqualTo(-2L);
  }

  @Test
  void takesAllWriteTimesOfAStruct() {
    assertThat(
            LocalSpark.value(
                "latest_writetime(named_struct('a', 3L, 'b', 9L, 'c', CAST(NULL AS BIGINT)))"))
        .isEqualTo(9L);
    assertThat(LocalSpark.value("latest_writetime(named_struct('a', 3L), 4L)")).isEqualTo(4L);
  }

  @Test
  void readsTheTimeOfATimeuuid() {
    assertThat(LocalSpark.value("timeuuid_timestamp('50554d6e-29bb-11e5-b345-feff819cdc9f')"))
        .isEqualTo(at("2015-07-14T00:00:18.805899Z"));
    assertThat(LocalSpark.value("timeuuid_timestamp('13814000-1DD2-11B2-8080-808080808080')"))
        .isEqualTo(at("1970-01-01T00:00:00Z"));
    assertThat(LocalSpark.value("timeuuid_timestamp('13813fff-1dd2-11b2-8080-808080808080')"))
        .isEqualTo(at("1969-12-31T23:59:59.999999Z"));
  }

  @Test
  void refusesAUuidThatHoldsNoTime() {
    assertThatThrownBy(
            () -> LocalSpark.value("timeuuid_timestamp('8f1c2b60-0c4e-4c2a-9d7f-3f1f0e2b6a55')"))
        .hasStackTraceContaining(
            "'8f1c2b60-0c4e-4c2a-9d7f-3f1f0e2b6a55' is a uuid of version 4, which holds no time: expected version 1 (timeuuid)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          writetime_timestamp()            | writetime_timestamp(writetime): found 0 arguments
          writetime_timestamp('1')         | writetime_timestamp(writetime): writetime is of type string; expected bigint
          writetime_timestamp(1.5)         | writetime_timestamp(writetime): writetime is of type decimal(2,1); expected bigint
          timestamp_writetime(DATE'2024-01-01') | timestamp_writetime(at): at is of type date; expected timestamp
          expires_at(current_timestamp(), 5L) | expires_at(read_at, ttl): ttl is of type bigint; expected int
          is_expired(1)                    | is_expired(expires_at[, at]): expires_at is of type int; expected timestamp
          latest_writetime()               | latest_writetime(writetime, ...): found 0 arguments
          latest_writetime(1L, 'a')        | latest_writetime(writetime, ...): writetime 2 is of type string; expected bigint
          latest_writetime(struct(1L, 2))  | latest_writetime(writetime, ...): writetime 1 is of type struct<col1:bigint,col2:int>; expected bigint, or a struct of nothing but bigint
          timeuuid_timestamp(1)            | timeuuid_timestamp(timeuuid): timeuuid is of type int; expected string
          """)
  void refusesWhatDoesNotFitBeforeAnythingRuns(String call, String message) {
    assertThatThrownBy(() -> LocalSpark.session().sql("SELECT " + call))
        .isInstanceOf(AnalysisException.class)
        .hasMessageStartingWith(message);
  }
}
