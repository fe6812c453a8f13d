package io.nelbo.jobs.retrain;

import java.util.OptionalDouble;

/**
 * Watches the incumbent's p-values from one piece of a slide to the next, and says when they have
 * become too small for too long. Pure.
 */
final class DriftWatch {
  /** A model that fits finds a tenth of the records below it. */
  private static final double RARE = 0.1;

  private static final int PIECES_PER_SLIDE = 8;

  /** The share of fewer records says little. */
  private static final int LEAST_ROWS = 50;

  private final long pieceMillis;
  private final long coolDownMillis;
  private PageHinkley test = PageHinkley.START;
  private long quietUntilMillis;
  private long watchedMillis;

  /**
   * @param quietUntilMillis drift before this event time is not spoken of
   */
  DriftWatch(Slides slides, long quietUntilMillis) {
    pieceMillis = Math.max(1, slides.slideMillis() / PIECES_PER_SLIDE);
    coolDownMillis = slides.slideMillis();
    this.quietUntilMillis = quietUntilMillis;
    watchedMillis = quietUntilMillis;
  }

  /** End of the newest piece that is over and has not been watched; MIN_VALUE for none. */
  long due(long watermarkMillis) {
    long end = Math.floorDiv(watermarkMillis + 1, pieceMillis) * pieceMillis;
    return end > watchedMillis ? end : Long.MIN_VALUE;
  }

  long pieceMillis() {
    return pieceMillis;
  }

  /**
   * Takes a piece.
   *
   * @param share of rare p-values; empty when there were too few records
   * @return whether drift is spoken of now
   */
  boolean watched(long endMillis, OptionalDouble share) {
    watchedMillis = Math.max(watchedMillis, endMillis);
    if (share.isEmpty() || endMillis <= quietUntilMillis) {
      return false;
    }
    test = test.after(share.getAsDouble(), RARE);
    if (!test.isDrift()) {
      return false;
    }
    startAnew();
    quietUntilMillis = endMillis + coolDownMillis;
    return true;
  }

  /** Another model governs: what was seen under the one before does not count. */
  void startAnew() {
    test = PageHinkley.START;
  }

  /**
   * Share of rare p-values among every W-th record, since neighbouring windows share records. A
   * series that alarms at half of its records is in an episode, which is no drift, and is left out.
   */
  static OptionalDouble share(IncumbentScores scores, int windowLength) {
    int rows = 0;
    int rare = 0;
    for (double[] pValues : scores.pValues()) {
      int ownRows = 0;
      int ownRare = 0;
      int alarms = 0;
      for (int row = windowLength - 1; row < pValues.length; row += windowLength) {
        if (!Double.isNaN(pValues[row])) {
          ownRows++;
          ownRare += pValues[row] < RARE ? 1 : 0;
          alarms += pValues[row] <= scores.border() ? 1 : 0;
        }
      }
      if (2 * alarms < ownRows) {
        rows += ownRows;
        rare += ownRare;
      }
    }
    return rows < LEAST_ROWS ? OptionalDouble.empty() : OptionalDouble.of((double) rare / rows);
  }
}
