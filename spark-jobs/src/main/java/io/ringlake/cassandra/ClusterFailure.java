package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the driver says, told as what an operator can act on. */
public final class ClusterFailure {

  /** Before an address, as Java writes it where there is no name. */
  private static final Pattern WITHOUT_HOST_NAME = Pattern.compile("(?<![^ ])/(?=\\d)");

  private ClusterFailure() {}

  /** Why no session could be opened. */
  static RunFailure onConnect(Throwable error, String contactPoints) {
    if (find(error, RunFailure.class::isInstance) instanceof RunFailure ours) {
      return ours;
    }
    Throwable refused = find(error, AuthenticationException.class::isInstance);
    if (refused != null) {
      return new RunFailure(
          ErrorCode.AUTHENTICATION,
          "The cluster at %s refuses the credentials: %s".formatted(contactPoints, words(refused)),
          "Check --username and --password-file (or spark.cassandra.auth.username in Spark's configuration).",
          error);
    }
    return new RunFailure(
        ErrorCode.UNREACHABLE,
        "No node of the cluster is reached at %s: %s"
            .formatted(contactPoints, words(deepest(error))),
        "Check --contact-points (host[:port],…), the network, and that native transport is on.",
        error);
  }

  /**
   * Why a query failed that the cluster should understand, since it was made from what the cluster
   * says of its tables.
   *
   * @param table {@code shop.orders}, or one of the cluster's own
   */
  public static RunFailure onRead(Throwable error, String table) {
    if (find(error, RunFailure.class::isInstance) instanceof RunFailure ours) {
      return ours;
    }
    Throwable denied = find(error, UnauthorizedException.class::isInstance);
    if (denied != null) {
      return new RunFailure(
          ErrorCode.PERMISSION,
          "The cluster does not allow to read %s: %s".formatted(table, words(denied)),
          "Grant the role SELECT on the table: GRANT SELECT ON <table> TO <role>.",
          error);
    }
    Throwable invalid = find(error, QueryValidationException.class::isInstance);
    if (invalid != null) {
      return new RunFailure(
          ErrorCode.UNKNOWN_TABLE,
          "The cluster refuses the query of %s, which was made from what it had told of the table: %s"
              .formatted(table, words(invalid)),
          "Look who has just changed the table, or which guardrail of the cluster forbids it; then run"
              + " the same command again.",
          error);
    }
    return new RunFailure(
        ErrorCode.READ_FAILED,
        "%s cannot be read: %s".formatted(table, words(error)),
        "Check that the replicas are up and reached from here, then run the same command again.",
        error);
  }

  /** Whether asking again, later or elsewhere, cannot help. */
  public static boolean isFinal(Throwable error) {
    return find(
            error,
            cause ->
                cause instanceof QueryValidationException
                    || cause instanceof AuthenticationException)
        != null;
  }

  /** Whether a request that asks for less may help. */
  public static boolean isTooMuchAtOnce(Throwable error) {
    return find(
            error,
            cause ->
                cause instanceof DriverTimeoutException
                    || cause instanceof ReadTimeoutException
                    || cause instanceof ReadFailureException
                    || cause instanceof FrameTooLongException)
        != null;
  }

  /** The driver's own words for an error; those of each node where all of them failed. */
  public static String words(Throwable error) {
    if (error instanceof AllNodesFailedException failed && !failed.getAllErrors().isEmpty()) {
      return words(failed.getAllErrors());
    }
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : words(message);
  }

  private static String words(String message) {
    return WITHOUT_HOST_NAME.matcher(message.replace('\n', ' ')).replaceAll("");
  }

  private static String words(Map<Node, List<Throwable>> errorsByNode) {
    List<String> parts = new ArrayList<>();
    Map<String, List<String>> nodesByWords = new LinkedHashMap<>();
    errorsByNode.forEach(
        (node, errors) -> {
          Throwable last = errors.get(errors.size() - 1);
          // Its own message tells a step of the protocol; why there is no connection stands there.
          Optional<Throwable> noConnection =
              Arrays.stream(last.getSuppressed())
                  .filter(ConnectException.class::isInstance)
                  .findFirst();
          if (noConnection.isPresent()) {
            parts.add(words(noConnection.get())); // names the node
          } else {
            nodesByWords
                .computeIfAbsent(words(last), words -> new ArrayList<>())
                .add(NodeAddress.of(node));
          }
        });
    nodesByWords.forEach(
        (words, nodes) -> parts.add("%s: %s".formatted(String.join(", ", nodes), words)));
    return String.join("; ", parts);
  }

  private static Throwable deepest(Throwable error) {
    Throwable all = find(error, AllNodesFailedException.class::isInstance);
    if (all != null) {
      return all;
    }
    Throwable deepest = error;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  /** The first of an error's causes, and of what each node answered, that is looked for. */
  private static @Nullable Throwable find(Throwable error, Predicate<Throwable> wanted) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (wanted.test(cause)) {
        return cause;
      }
      if (cause instanceof AllNodesFailedException failed) {
        for (List<Throwable> errors : failed.getAllErrors().values()) {
          for (Throwable nodeError : errors) {
            Throwable found = find(nodeError, wanted);
            if (found != null) {
              return found;
            }
          }
        }
      }
    }
    return null;
  }
}
