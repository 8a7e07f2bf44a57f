package io.ringlake.ring;

import io.ringlake.text.Figures;
import org.jspecify.annotations.Nullable;

/**
 * What of the ring is to be read.
 *
 * @param tokenRange the part that is asked for
 * @param sample what is chosen of it; null for all of it
 */
public record RingChoice(RingPart tokenRange, @Nullable Sample sample) {

  /** All of the ring. */
  public static final RingChoice WHOLE_RING = new RingChoice(RingPart.WHOLE_RING, null);

  /** The part of the ring that is read. */
  public RingPart part() {
    return sample == null ? tokenRange : sample.of(tokenRange);
  }

  /**
   * For people: {@code the ring}, {@code 12.5 % of the ring}, {@code a sample of 1 % of the ring}.
   */
  public String inWords() {
    return (sample == null ? "" : "a sample of ") + part().inWords();
  }

  /** As {@link #inWords}, with all that decides it. */
  public String inDetail() {
    String range = "token range " + tokenRange;
    if (sample == null) {
      return tokenRange.isWholeRing() ? inWords() : inWords() + ", " + range;
    }
    return "%s, %s%s, seed %d"
        .formatted(
            inWords(),
            Figures.count(part().pieces().size(), "interval"),
            tokenRange.isWholeRing() ? "" : " of " + range,
            sample.seed());
  }
}
