package io.ringlake.runtime;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How write times or TTLs are spread: a histogram of at most {@value #MOST_BINS} bins of one width,
 * a power of two, that doubles when they would become more. So it takes the same room for any
 * number of values, needs to know nothing of them before, and two of them can be made one. Bins
 * without values take no room: one value far from all others costs one bin, not the width of the
 * others. Not safe for use by several threads.
 */
public final class CellHistogram implements Serializable {

  private static final long serialVersionUID = 1L;

  /** More than a page shows, and few enough to be sent with each span. */
  static final int MOST_BINS = 64;

  private static final int SLOT_BITS = 7;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

  /** A hash table: the bin of a slot, which is the values' upper bits, if it counts anything. */
  private long[] bins = new long[SLOTS];

  private long[] counts = new long[SLOTS];
  private int size;
  private int widthBits;
  private long values;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;

  /**
   * All of a histogram, to be stored.
   *
   * @param least of no use without values, as the greatest
   * @param widthBits the width of a bin is 2 to this
   * @param counts by bin: the values of a bin without their lowest bits
   */
  public record State(
      long values, long least, long greatest, int widthBits, SortedMap<Long, Long> counts) {}

  /** A histogram as it was stored. */
  public static CellHistogram of(State state) {
    CellHistogram histogram = new CellHistogram();
    histogram.values = state.values();
    histogram.least = state.least();
    histogram.greatest = state.greatest();
    histogram.widthBits = state.widthBits();
    state.counts().forEach(histogram::count);
    return histogram;
  }

  /** All of it, to be stored. */
  public State state() {
    SortedMap<Long, Long> stored = new TreeMap<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] > 0) {
        stored.put(bins[slot], counts[slot]);
      }
    }
    return new State(values, least, greatest, widthBits, stored);
  }

  /** How many values there are. */
  public long values() {
    return values;
  }

  /** The least value, exactly; of no use if there is none. */
  public long least() {
    return least;
  }

  /** The greatest value, exactly; of no use if there is none. */
  public long greatest() {
    return greatest;
  }

  /** Adds a value. */
  public void add(long value) {
    values++;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    count(value >> widthBits, 1);
  }

  /** Adds the values of another one, which stays as it is. */
  public void addAll(CellHistogram other) {
    values += other.values;
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
    if (widthBits < other.widthBits) {
      widen(other.widthBits);
    }
    for (int slot = 0; slot < SLOTS; slot++) {
      if (other.counts[slot] > 0) {
        // The width may grow with each bin.
        count(other.bins[slot] >> (widthBits - other.widthBits), other.counts[slot]);
      }
    }
  }

  private void count(long bin, long count) {
    int slot = slotOf(bin);
    if (counts[slot] > 0) {
      counts[slot] += count;
    } else if (size < MOST_BINS) {
      bins[slot] = bin;
      counts[slot] = count;
      size++;
    } else {
      widen(widthBits + 1);
      count(bin >> 1, count);
    }
  }

  /** The slot of a bin, or the empty one that it can have; half of them are empty at least. */
  private int slotOf(long bin) {
    int slot = (int) ((bin * GOLDEN_RATIO) >>> (Long.SIZE - SLOT_BITS));
    while (counts[slot] > 0 && bins[slot] != bin) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  private void widen(int bits) {
    long[] narrow = bins;
    long[] counted = counts;
    bins = new long[SLOTS];
    counts = new long[SLOTS];
    size = 0;
    int by = bits - widthBits;
    widthBits = bits;
    for (int i = 0; i < SLOTS; i++) {
      if (counted[i] > 0) {
        count(narrow[i] >> by, counted[i]);
      }
    }
  }

  /** The bins that have values, in order. */
  public List<Bin> bins() {
    List<Bin> sorted = new ArrayList<>(size);
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] > 0) {
        long first = bins[slot] << widthBits;
        sorted.add(new Bin(first, first + ((1L << widthBits) - 1), counts[slot]));
      }
    }
    sorted.sort(Comparator.comparingLong(Bin::first));
    return sorted;
  }

  /**
   * A range of values and how many are in it.
   *
   * @param first least value that it may hold
   * @param last greatest value that it may hold
   */
  public record Bin(long first, long last, long values) {}
}
