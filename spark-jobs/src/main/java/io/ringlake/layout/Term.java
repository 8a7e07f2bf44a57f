package io.ringlake.layout;

import io.ringlake.schema.Identifier;

/** One term of {@code --partition-by}: what a level of folders is named by. */
public sealed interface Term {

  /** The term as an operator may type it. */
  @Override
  String toString();

  /** The value of an exported column. */
  record Value(Identifier column) implements Term {
    @Override
    public String toString() {
      return column.toString();
    }
  }

  /** A part of a column's time, in UTC. */
  record TimeOfColumn(TimePart part, Identifier column) implements Term {
    @Override
    public String toString() {
      return "%s(%s)".formatted(part.folder(), column);
    }
  }

  /** A part of the time at which a column's cell was written, in UTC. */
  record TimeOfWrite(TimePart part, Identifier column) implements Term {
    @Override
    public String toString() {
      return "%s(writetime(%s))".formatted(part.folder(), column);
    }
  }

  /** A hash of a column, which tables have that partition by themselves. */
  record ColumnBucket(int buckets, Identifier column) implements Term {
    @Override
    public String toString() {
      return "bucket(%d,%s)".formatted(buckets, column);
    }
  }

  /** The beginning of a column, which tables have that partition by themselves. */
  record Truncation(int width, Identifier column) implements Term {
    @Override
    public String toString() {
      return "truncate(%d,%s)".formatted(width, column);
    }
  }

  /**
   * A hash of the whole partition key, 0 to {@code buckets} - 1.
   *
   * @param buckets 1 to {@link #MOST}
   */
  record KeyBucket(int buckets) implements Term {

    static final int MOST = 10_000;

    public KeyBucket {
      if (buckets < 1 || buckets > MOST) {
        throw new IllegalArgumentException(
            "%d buckets are not between 1 and %d".formatted(buckets, MOST));
      }
    }

    @Override
    public String toString() {
      return "bucket(%d,key)".formatted(buckets);
    }
  }
}
