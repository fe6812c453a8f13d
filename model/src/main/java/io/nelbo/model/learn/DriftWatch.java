package io.nelbo.model.learn;

import java.util.OptionalDouble;

/**
 * Watches the incumbent's p-values from one piece of a slide to the next, and says when they have
 * become too small for too long. Pure.
 */
public final class DriftWatch {
  private static final int PIECES_PER_SLIDE = 8;

  private final long pieceMillis;
  private final long coolDownMillis;
  private PageHinkley test;
  private long quietUntilMillis;
  private long watchedMillis;
  private long lookedAtMillis;
  private long orderedMillis;

  /** Goes on where another one has stood. */
  public DriftWatch(Slides slides, DriftState state) {
    pieceMillis = pieceMillis(slides);
    coolDownMillis = slides.slideMillis();
    test = state.test();
    quietUntilMillis = state.quietUntilMillis();
    watchedMillis = state.watchedMillis();
    lookedAtMillis = state.lookedAtMillis();
    orderedMillis = state.orderedMillis();
  }

  /** All that another one needs to go on from here. */
  public DriftState state() {
    return new DriftState(test, quietUntilMillis, watchedMillis, lookedAtMillis, orderedMillis);
  }

  /**
   * End of the piece to look at: one whose look a restart has cut off, or else the newest that is
   * over and has not been watched; MIN_VALUE for none.
   */
  public long due(long watermarkMillis) {
    if (lookedAtMillis > Long.MIN_VALUE) {
      return lookedAtMillis;
    }
    long end = Math.floorDiv(watermarkMillis + 1, pieceMillis) * pieceMillis;
    return end > watchedMillis ? end : Long.MIN_VALUE;
  }

  /** Event time of one piece. */
  public static long pieceMillis(Slides slides) {
    return Math.max(1, slides.slideMillis() / PIECES_PER_SLIDE);
  }

  /** The same of this watch. */
  public long pieceMillis() {
    return pieceMillis;
  }

  /** The piece that ends here is being looked at. */
  public void lookingAt(long endMillis) {
    lookedAtMillis = endMillis;
  }

  /** The span that ends here is trained on for drift. */
  public void ordered(long endMillis) {
    orderedMillis = endMillis;
  }

  /** End of the span that is to be trained on for drift; MIN_VALUE for none. */
  public long orderedMillis() {
    return orderedMillis;
  }

  /** What was ordered has its decision. */
  public void decided() {
    orderedMillis = Long.MIN_VALUE;
  }

  /**
   * Takes a piece.
   *
   * @param share of rare p-values; empty when there were too few records
   * @return whether drift is spoken of now
   */
  public boolean watched(long endMillis, OptionalDouble share) {
    watchedMillis = Math.max(watchedMillis, endMillis);
    lookedAtMillis = Long.MIN_VALUE;
    if (share.isEmpty() || endMillis <= quietUntilMillis) {
      return false;
    }
    test = test.after(share.getAsDouble(), RareShare.EXPECTED);
    if (!test.isDrift()) {
      return false;
    }
    startAnew();
    quietUntilMillis = endMillis + coolDownMillis;
    return true;
  }

  /** Another model governs: what was seen under the one before does not count. */
  public void startAnew() {
    test = PageHinkley.START;
  }
}
