package io.ringlake.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import org.junit.jupiter.api.Test;

/** Errors are the driver's own; which node answered makes no difference here, so it is null. */
class ClusterFailureTest {

  private final Throwable timeout = new DriverTimeoutException("Query timed out after PT15S");
  private final Throwable invalid = new InvalidQueryException(null, "Undefined column totl");
  private final Throwable denied = new UnauthorizedException(null, "User etl may not read");
  private final Throwable unavailable =
      new UnavailableException(null, ConsistencyLevel.LOCAL_QUORUM, 2, 1);
  private final Throwable readTimeout =
      new ReadTimeoutException(null, ConsistencyLevel.LOCAL_QUORUM, 1, 2, false);

  @Test
  void tellsARefusedReadByWhatIsToBeDone() {
    assertThat(onRead(denied))
        .hasMessageStartingWith(
            "RL-SOURCE-004 The cluster does not allow to read a.b: User etl may not read")
        .hasMessageContaining("GRANT SELECT");
    assertThat(onRead(invalid))
        .hasMessageStartingWith("RL-USAGE-002 The cluster refuses the query of a.b")
        .hasMessageContaining("Undefined column totl");
    assertThat(onRead(timeout))
        .hasMessageStartingWith("RL-SOURCE-005 a.b cannot be read: Query timed out after PT15S");
  }

  @Test
  void findsWhatIsWrappedAndLeavesOurOwnFailuresAsTheyAre() {
    RunFailure ours = new RunFailure(ErrorCode.VALUE_OUT_OF_RANGE, "Too far.", "Leave it out.");

    assertThat(onRead(new IllegalStateException(ours))).isSameAs(ours);
    assertThat(onRead(new IllegalStateException(denied)).code()).isEqualTo(ErrorCode.PERMISSION);
  }

  @Test
  void asksAgainUnlessThatCannotHelp() {
    assertThat(ClusterFailure.isFinal(invalid)).isTrue();
    assertThat(ClusterFailure.isFinal(denied)).isTrue();
    assertThat(ClusterFailure.isFinal(timeout)).isFalse();
    assertThat(ClusterFailure.isFinal(unavailable)).isFalse();
    assertThat(ClusterFailure.isFinal(new NoNodeAvailableException())).isFalse();
  }

  @Test
  void asksForLessWhereAPageTookTooLong() {
    assertThat(ClusterFailure.isTooMuchAtOnce(timeout)).isTrue();
    assertThat(ClusterFailure.isTooMuchAtOnce(readTimeout)).isTrue();
    assertThat(ClusterFailure.isTooMuchAtOnce(unavailable)).isFalse();
  }

  private static RunFailure onRead(Throwable error) {
    return ClusterFailure.onRead(error, "a.b");
  }
}
