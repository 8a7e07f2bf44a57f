package io.ringlake.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What somebody may have meant who typed a name that is not there. */
public final class NearNames {

  private static final int MOST = 3;

  private NearNames() {}

  /**
   * The names nearest to one that is not among them: those that differ in case only first, then
   * those that a few letters set apart (a third of the name's length, at least one).
   *
   * @return at most three; empty if none is near
   */
  public static List<String> of(String wanted, Collection<String> known) {
    int limit = Math.max(1, wanted.length() / 3);
    return known.stream()
        .distinct()
        .map(name -> new Near(name, name.equalsIgnoreCase(wanted) ? 0 : distance(wanted, name)))
        .filter(near -> near.distance <= limit)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(MOST)
        .map(Near::name)
        .toList();
  }

  private record Near(String name, int distance) {}

  /**
   * Letters inserted, deleted, replaced or swapped with the next between two names (optimal string
   * alignment).
   */
  private static int distance(String one, String other) {
    int[][] distances = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        distances[i][j] = distance(one, other, distances, i, j);
      }
    }
    return distances[one.length()][other.length()];
  }

  private static int distance(String one, String other, int[][] distances, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int distance =
        Math.min(
            distances[i - 1][j - 1] + (same ? 0 : 1),
            1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(distance, distances[i - 2][j - 2] + 1) : distance;
  }
}
