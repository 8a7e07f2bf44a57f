package io.ringlake.testkit;

import java.util.Random;
import java.util.stream.Collectors;

/**
 * The tokens of a node: spread over the ring unevenly, as real ones are, but the same at every
 * start, so that what a test finds can be found again.
 */
final class Tokens {

  private Tokens() {}

  /**
   * Tokens of the Murmur3 partitioner, separated by commas.
   *
   * @param node its number in the cluster; nodes with different numbers have different tokens
   */
  static String murmur3(int node, int count) {
    return new Random(node)
        .longs()
        .filter(token -> token != Long.MIN_VALUE) // the partitioner's minimum is no token
        .distinct()
        .limit(count)
        .sorted()
        .mapToObj(Long::toString)
        .collect(Collectors.joining(","));
  }
}
